from odoo import models

from ...tools.paper_blocks import Boxes, Cell, Column, Facts, Row, Table


class OrderPaperF01(models.AbstractModel):
    """Order confirmation (F01), returned signed by the customer."""

    _name = "order.paper.f01"
    _inherit = ["order.paper"]
    _description = "Order Confirmation"

    _code = "F01"
    _for_customer = True

    def _get_blocks(self, doc):
        return [
            Facts(doc._get_customer_head()),
            Table(
                [
                    Column(self.env._("No."), 6, "center"),
                    Column(self.env._("Code"), 12),
                    Column(self.env._("Product"), 19),
                    Column(self.env._("Specification"), 14),
                    Column(self.env._("Quantity"), 13, "end"),
                    Column(self.env._("Unit"), 7, "center"),
                    Column(doc._name_unit_price(), 12, "end"),
                    Column(self.env._("Amount with Taxes"), 17, "end"),
                ],
                [
                    *(
                        self._get_row(doc, number, line)
                        for number, line in enumerate(doc._get_form_lines(), start=1)
                    ),
                    *self._get_totals(doc),
                ],
            ),
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

    def _get_row(self, doc, number, line):
        return [
            number,
            line.product_id.default_code or "",
            line.product_id.name or line.name,
            line.specification or "",
            line.product_uom_id._spell_quantity(line.product_uom_qty),
            line.product_uom_id.name or "",
            doc._spell_price(line.price_unit),
            doc._format_money(line.price_total),
        ]

    def _get_totals(self, doc):
        money = doc._format_money
        rows = []
        if doc.amount_tax:
            rows = [
                (self.env._("Amount without Taxes"), money(doc.amount_untaxed)),
                (self.env._("Taxes"), money(doc.amount_tax)),
            ]
        rows.append((self.env._("Total with Taxes"), money(doc.amount_total)))
        capitals = doc._spell_amount(doc.amount_total)
        return [
            Row(
                [
                    Cell([label, capitals] if label == rows[-1][0] else [label], 6),
                    Cell([amount], 2, bold=True, align="end"),
                ]
            )
            for label, amount in rows
        ]

    def _get_return(self, doc):
        if not doc.signed_by:
            return ""
        texts = [doc.signed_by, doc._spell_date(doc.signed_on)]
        return Cell(texts, picture=self._picture(doc.signature))
