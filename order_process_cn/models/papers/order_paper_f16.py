from odoo import models

from ...tools.paper_blocks import Boxes, Column, Facts, Table, Words


class OrderPaperF16(models.AbstractModel):
    """Balance reminder (F16). [DEP-5]"""

    _name = "order.paper.f16"
    _inherit = ["order.paper"]
    _description = "Balance Reminder"

    _code = "F16"
    _for_customer = True

    def _check_may_print(self, records):
        records._check_money_form()

    def _get_customer(self, doc):
        return doc.partner_invoice_id

    def _get_blocks(self, doc):
        rows = doc._get_balance_rows()
        return [
            Facts(doc._get_reminder_head()),
            Words(
                self.env._(
                    "Thank you for your order. Its goods are finished as listed below. "
                    "Please pay the balance by the day named here, so that they can be "
                    "delivered."
                )
            ),
            self._get_goods(doc),
            self._get_balance(doc, rows, doc._spell_amount(rows[-1][1])),
            Facts(doc._get_money_facts()),
            Facts(doc._get_payment_head()),
            Boxes(
                [
                    (self.env._("Sales"), doc.user_id.name or ""),
                    (self.env._("Finance"), ""),
                    (
                        self.env._("Received by the Customer (signature, stamp, date)"),
                        "",
                    ),
                ]
            ),
        ]

    def _get_goods(self, doc):
        return Table(
            [
                Column(self.env._("No."), 6, "center"),
                Column(self.env._("Product"), 24),
                Column(self.env._("Specification"), 16),
                Column(self.env._("Ordered"), 14, "end"),
                Column(self.env._("Finished"), 14, "end"),
                Column(self.env._("Unit"), 8, "center"),
                Column(self.env._("Amount with Taxes"), 18, "end"),
            ],
            [
                [
                    number,
                    line.product_id.display_name or line.name,
                    line.specification or "",
                    line.product_uom_id._spell_quantity(line.product_uom_qty),
                    line.product_uom_id._spell_quantity(
                        doc._get_finished_quantity(line)
                    ),
                    line.product_uom_id.name or "",
                    doc._format_money(line.price_total),
                ]
                for number, line in enumerate(doc._get_form_lines(), start=1)
            ],
        )
