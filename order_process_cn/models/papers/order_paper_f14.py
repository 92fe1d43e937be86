from odoo import models

from ...tools.paper_blocks import Column, Facts, Row, Table
from ..confirmation.slip import spell_promised_date


class OrderPaperF14(models.AbstractModel):
    """Release list (F14): what went to production in one window. [PLN-1]"""

    _name = "order.paper.f14"
    _inherit = ["order.paper"]
    _description = "Release List"

    _code = "F14"

    def _get_blocks(self, doc):
        return [
            Facts(doc._get_form_head()),
            Table(
                [
                    Column(self.env._("Item"), 6, "center"),
                    Column(self.env._("Order"), 14),
                    Column(self.env._("Customer"), 15),
                    Column(self.env._("Order Type"), 9),
                    Column(self.env._("Goods"), 23),
                    Column(self.env._("Promised Date"), 11),
                    Column(self.env._("Remarks"), 22),
                ],
                [
                    self._get_row(number, line)
                    for number, line in enumerate(doc.line_ids, start=1)
                ],
            ),
        ]

    def _get_row(self, number, line):
        order = [line.order_id.name]
        if line.is_urgent:
            order.append(self.env._("Urgent"))
        return Row(
            [
                number,
                order,
                line.partner_id.name or "",
                line.order_type_id.name or "",
                line.order_id._get_review_lines(),
                spell_promised_date(line.order_id),
                line.message or "",
            ],
            "mark" if line.is_urgent else "",
        )
