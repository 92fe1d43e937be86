from odoo import models

from ...tools.paper_blocks import Boxes, Facts, Words


class OrderPaperF16(models.AbstractModel):
    """Balance reminder (F16). [DEP-5]"""

    _name = "order.paper.f16"
    _inherit = ["order.paper"]
    _description = "Balance Reminder"

    _code = "F16"
    _for_customer = True
    _has_prices = True
    _goods = {
        "number": 6,
        "full_product": 24,
        "specification": 16,
        "ordered": 14,
        "finished": 14,
        "unit": 8,
        "amount": 18,
    }

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
