from odoo import models

from ...tools.paper_blocks import Boxes, Column, Facts, Table


class OrderPaperF28(models.AbstractModel):
    """客户配件单 (F28): what is packed with the goods of an order."""

    _name = "order.paper.f28"
    _inherit = ["order.paper.sheet"]
    _description = "Accessory List"

    _code = "F28"

    def _get_blocks(self, doc):
        columns = [
            Column(self.env._("Item"), 6, "center"),
            Column(self.env._("Accessory"), 24),
            Column(self.env._("Goes With"), 18),
            Column(self.env._("Quantity"), 12, "end"),
            Column(self.env._("How It Is Packed"), 18),
            Column(self.env._("Accessory Ready on"), 11, "center"),
            Column(self.env._("Remarks"), 11),
        ]
        listed = doc.sudo().accessory_ids  # whoever may print the order may see them
        rows = [
            [
                number,
                row.name,
                self._name_line(row.order_line_id),
                row.product_uom_id._spell_with_unit(row.quantity),
                row.packing_way or "",
                doc._spell_date(row.prepared_on),
                row.remark or "",
            ]
            for number, row in enumerate(listed, start=1)
        ]
        return [
            Facts(self._get_sheet_head(doc)),
            Table(columns, rows),
            Boxes(
                [
                    (self.env._("Salesperson"), doc.user_id.name or ""),
                    (self.env._("Tracker of Finished Goods"), ""),
                    (self.env._("Packed (signature, date)"), ""),
                ]
            ),
        ]
