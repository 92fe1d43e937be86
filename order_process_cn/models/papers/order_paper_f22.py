from odoo import models

from ...tools.paper_blocks import Column, Facts, Table


class OrderPaperF22(models.AbstractModel):
    """Application for the modification of a product (F22): signed by the sales manager
    and the deputy general manager, R&D gives the finish date. [CHG-2]"""

    _name = "order.paper.f22"
    _inherit = ["order.paper"]
    _description = "Product Modification"

    _code = "F22"

    def _check_may_print(self, records):
        records.check_access("read")

    def _get_blocks(self, doc):
        change = doc.sudo()  # whoever may read a change may read all of its paper
        day = change._spell_date(change.rd_finish_date)
        return [
            Facts(
                [
                    *change._get_review_head(),
                    (self.env._("Salesperson"), change.user_id.name or ""),
                    (
                        self.env._("Requested on"),
                        change._spell_date(change.create_date),
                    ),
                ]
            ),
            Table(
                [
                    Column(self.env._("Item"), 6, "center"),
                    Column(self.env._("Code"), 16),
                    Column(self.env._("Product"), 30),
                    Column(self.env._("Specification"), 30),
                    Column(self.env._("Quantity"), 18, "end"),
                ],
                self._get_products(change),
            ),
            Facts(
                [
                    (self.env._("Change Wanted"), change.wish or ""),
                    (self.env._("R&D Finish Date"), day),
                ]
            ),
            *self._get_countersign(change._get_form_seats()),
        ]

    def _get_products(self, change):
        """Return the rows of the products that are modified: those of which something
        changes, or else all of the order."""
        lines = change.line_ids.filtered("touched") or change.line_ids
        return [
            [
                number,
                line.product_id.default_code or "",
                line.product_id.name,
                line.specification or "",
                line.product_uom_id._spell_with_unit(line.quantity),
            ]
            for number, line in enumerate(lines, start=1)
        ]
