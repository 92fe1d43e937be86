from odoo import models

from ...tools.paper_blocks import Boxes, Facts, Words
from ..pickup.balance import get_balance_figures
from ..pickup.pickup_clock import spell_pickup_deadline


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
        self._check_sees_prices(records)

    def _get_customer(self, doc):
        return doc.partner_invoice_id

    def _get_blocks(self, doc):
        rows = self._get_balance_rows(doc)
        return [
            Facts(self._get_reminder_head(doc)),
            Words(
                self.env._(
                    "Thank you for your order. Its goods are finished as listed below. "
                    "Please pay the balance by the day named here, so that they can be "
                    "delivered."
                )
            ),
            self._get_goods(doc),
            self._get_balance(doc, rows, self._spell_amount(doc, rows[-1][1])),
            Facts(self._get_money_facts(doc)),
            Facts(self._get_payment_head(doc)),
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

    def _get_reminder_head(self, doc):
        """Return label and value of what identifies the order on the reminder."""
        customer = doc.partner_invoice_id.commercial_partner_id
        return [
            (self.env._("Customer"), customer.name),
            (self.env._("Customer Code"), customer.ref or ""),
            (self.env._("Order"), doc.name),
            (self.env._("Customer Order No."), doc.client_order_ref or ""),
            (
                self.env._("All Goods in Stock on"),
                doc._spell_date(doc.goods_in_stock_on),
            ),
            (self.env._("To Be Taken by"), spell_pickup_deadline(doc)),
        ]

    def _get_payment_head(self, doc):
        """Return label and value of until when and where to pay."""
        due = get_balance_figures(doc)["due_date"]
        day = doc._spell_date(due) or self.env._("receipt of this notice")
        if due and due == doc.pickup_deadline:
            day = spell_pickup_deadline(doc)
        payee = doc.company_id._get_payee_head(doc.currency_id)
        return [(self.env._("To Be Paid by"), day), *payee]
