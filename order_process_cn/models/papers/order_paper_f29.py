from odoo import models

from ...tools.paper_blocks import Cell, Column, Facts, Row
from ..confirmation.slip import spell_promised_date


class OrderPaperF29(models.AbstractModel):
    """下单表 (F29): brand, model, quantity and price of an after-sales order, signed by
    the general manager. [SHP-6]"""

    _name = "order.paper.f29"
    _inherit = ["order.paper.sheet"]
    _description = "Order Sheet"

    _code = "F29"
    _has_prices = True
    _goods = {
        "number": 6,
        "brand": 13,
        "model": 14,
        "product": 22,
        "quantity": 11,
        "unit": 7,
        "price": 12,
        "amount": 15,
    }

    def _check_may_print(self, records):
        self._check_sees_prices(records)

    def _get_blocks(self, doc):
        total = Row(
            [
                Cell(
                    [
                        self.env._("Total with Taxes"),
                        self._spell_amount(doc, doc.amount_total),
                    ],
                    len(self._goods) - 2,
                    align="end",
                ),
                Cell([doc._format_money(doc.amount_total)], 2, bold=True, align="end"),
            ]
        )
        return [
            Facts(self._get_order_head(doc)),
            self._get_goods(doc, after=[total]),
            *self._get_seats(
                doc,
                self.env._("Salesperson"),
                self.env._("Order Clerk"),
                self.env._("General Manager"),
            ),
        ]

    def _get_order_head(self, doc):
        """Return label and value of who gets the goods, when, and how he pays."""
        leave = dict(doc._fields["goods_leave"]._description_selection(self.env))
        known = doc.sudo()  # whoever may print the order may see whom to call
        return [
            (self.env._("Customer"), doc.partner_id.commercial_partner_id.name),
            (self.env._("Salesperson"), doc.user_id.name or ""),
            (self.env._("Contact"), known.printed_contact or ""),
            (self.env._("Phone"), known.printed_phone or ""),
            (self.env._("Order Date"), doc._spell_date(doc.date_order)),
            (self.env._("Promised Date"), spell_promised_date(doc)),
            (self.env._("Goods Leave"), leave.get(doc.goods_leave, "")),
            (self.env._("Special Requirements"), doc.special_requirements or ""),
        ]

    def _get_goods_columns(self, order):
        columns = super()._get_goods_columns(order)
        return {**columns, "brand": Column(self.env._("Brand"), 0)}

    def _get_goods_cell(self, name, number, line):
        if name == "brand":
            return line.product_id.brand_name or ""
        return super()._get_goods_cell(name, number, line)
