from odoo import models

from ...tools.paper_blocks import Boxes, Cell, Facts, Row


class OrderPaperF01(models.AbstractModel):
    """Order confirmation (F01), returned signed by the customer."""

    _name = "order.paper.f01"
    _inherit = ["order.paper"]
    _description = "Order Confirmation"

    _code = "F01"
    _for_customer = True
    _has_prices = True
    _goods = {
        "number": 6,
        "code": 11,
        "product": 19,
        "specification": 16,
        "quantity": 12,
        "unit": 7,
        "price": 12,
        "amount": 17,
    }

    def _get_blocks(self, doc):
        return [
            Facts(doc._get_customer_head()),
            self._get_goods(doc, after=self._get_totals(doc)),
            Facts(doc._get_terms_head()),
            Boxes(
                [
                    (
                        self.env._("For the Supplier"),
                        [doc.user_id.name or "", doc.company_id.name],
                    ),
                    (
                        self.env._("Returned by the Customer (signature, stamp, date)"),
                        self._get_return(doc),
                    ),
                ]
            ),
        ]

    def _get_totals(self, doc):
        money = doc._format_money
        rows = []
        if doc.amount_tax:
            rows = [
                (self.env._("Amount without Taxes"), money(doc.amount_untaxed)),
                (doc._name_taxes(), money(doc.amount_tax)),
            ]
        rows.append((self.env._("Total with Taxes"), money(doc.amount_total)))
        capitals = doc._spell_amount(doc.amount_total)
        beside = len(self._goods) - 2
        return [
            Row(
                [
                    Cell(
                        [label, *([capitals] if at == len(rows) else [])],
                        beside,
                        align="end",
                    ),
                    Cell([amount], 2, bold=True, align="end"),
                ]
            )
            for at, (label, amount) in enumerate(rows, start=1)
        ]

    def _get_return(self, doc):
        if not doc.signed_by:
            return ""
        texts = [doc.signed_by, doc._spell_date(doc.signed_on)]
        return Cell(texts, picture=self._picture(doc.signature))
