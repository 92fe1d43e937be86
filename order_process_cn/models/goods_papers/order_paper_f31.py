from odoo import models

from ...tools.paper_blocks import Column, Facts, Row, Table


class OrderPaperF31(models.AbstractModel):
    """Daily production report (F31): order, plan, done, scrap, remarks. [MFG-11]"""

    _name = "order.paper.f31"
    _inherit = ["order.paper"]
    _description = "Daily Production Report"

    _code = "F31"

    def _check_may_print(self, records):
        records.check_access("read")

    def _get_blocks(self, doc):
        report = doc.sudo()  # whoever may read a report may read all of its paper
        facts = [
            (self.env._("Day"), report._spell_date(report.date)),
            (self.env._("Made by"), report.user_id.name),
            (self.env._("Handed In on"), report._spell_moment(report.handed_on)),
        ]
        if report.note:
            facts.append((self.env._("Remark"), report.note))
        return [
            Facts(facts),
            Table(
                [
                    Column(self.env._("Item"), 6, "center"),
                    Column(self.env._("Order"), 12),
                    Column(self.env._("Production Order"), 14),
                    Column(self.env._("Product"), 20),
                    Column(self.env._("Planned"), 10, "end"),
                    Column(self.env._("Done Today"), 9, "end"),
                    Column(self.env._("Scrap Today"), 8, "end"),
                    Column(self.env._("Done So Far"), 9, "end"),
                    Column(self.env._("Remark"), 12),
                ],
                [
                    self._get_row(number, line)
                    for number, line in enumerate(report.line_ids, start=1)
                ],
            ),
            *self._get_countersign(
                [
                    self._get_box(self.env._("Production"), report.user_id.name),
                    self._get_box(self.env._("Sales")),
                    self._get_box(self.env._("Quality")),
                ]
            ),
        ]

    def _get_row(self, number, line):
        unit = line.product_uom_id
        return Row(
            [
                number,
                line.order_name or "",
                line.production_name,
                line.product_id.display_name,
                unit._spell_with_unit(line.quantity_planned),
                unit._spell_quantity(line.quantity_good),
                unit._spell_quantity(line.quantity_scrap),
                unit._spell_quantity(line.quantity_total),
                line.remark or "",
            ],
            # urgent in red, as everywhere
            "mark" if line.is_urgent else "",
        )
