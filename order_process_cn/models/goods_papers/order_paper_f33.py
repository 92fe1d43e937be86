from odoo import models

from ...tools.paper_blocks import Column, Facts, Table


class OrderPaperF33(models.AbstractModel):
    """Shipment plan (F33): what leaves on which day, for PMC and the warehouse."""

    _name = "order.paper.f33"
    _inherit = ["order.paper"]
    _description = "Shipment Plan"

    _code = "F33"

    def _check_may_print(self, records):
        records.check_access("read")

    def _get_blocks(self, doc):
        plan = doc.sudo()  # whoever may read a plan may read all of its paper
        return [
            Facts(self._get_plan_head(plan)),
            Table(
                [
                    Column(self.env._("Item"), 6, "center"),
                    Column(self.env._("Day"), 12, "center"),
                    Column(self.env._("Order"), 13),
                    Column(self.env._("Customer"), 17),
                    Column(self.env._("Product"), 22),
                    Column(self.env._("Quantity"), 10, "end"),
                    Column(self.env._("Unit"), 7, "center"),
                    Column(self.env._("Done"), 10, "end"),
                ],
                [
                    self._get_row(number, line)
                    for number, line in enumerate(plan.line_ids, start=1)
                ],
            ),
            *self._get_countersign(self._get_people(plan)),
        ]

    def _get_plan_head(self, plan):
        kinds = dict(plan._fields["kind"]._description_selection(self.env))
        facts = [
            (self.env._("Kind of Plan"), kinds[plan.kind]),
            (self.env._("Region"), plan.team_id.name or self.env._("All regions")),
            (self.env._("From"), plan._spell_date(plan.date_from)),
            (self.env._("To"), plan._spell_date(plan.date_to)),
        ]
        if plan.note:
            facts.append((self.env._("Remark"), plan.note))
        return facts

    def _get_row(self, number, line):
        unit = line.product_uom_id
        # goods of the week: the remark stands below what it is about
        product = [line.product_id.display_name]
        if line.note:
            product.append(line.note)
        return [
            number,
            line.plan_id._spell_date(line.date),
            line.order_name or "",
            line.partner_name or "",
            product,
            unit._spell_quantity(line.quantity),
            unit.name,
            unit._spell_quantity(line.done_qty),
        ]

    def _get_people(self, plan):
        """Return the boxes: who made it, who has received it."""
        return [
            self._get_box(
                self.env._("Sales"),
                plan.user_id.name,
                self.env._("Handed Over") if plan.handed_on else "",
                plan._spell_moment(plan.handed_on),
            ),
            self._get_box(
                self.env._("PMC"),
                plan.acknowledged_by,
                self.env._("Received") if plan.acknowledged_on else "",
                plan._spell_moment(plan.acknowledged_on),
            ),
        ]
