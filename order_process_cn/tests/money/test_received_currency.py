from odoo.tests import tagged

from ...models.money.deposits import get_deposit_gaps
from .money_common import MoneyCommon


@tagged("post_install", "-at_install")
class TestReceivedCurrency(MoneyCommon):
    """[DEP-2] other currencies, at the real rates of the days on which money came."""

    def _make_scene(self):
        self.order = self._deposit_order()

    def test_foreign_order_paid_in_its_currency(self):
        """[DEP-2] 300 dollars are 300 dollars; in yuan at the rate of the day."""
        order = self._deposit_order(1000.0, self.usd)
        self.assertEqual(order.deposit_required, 300)
        invoice = self._deposit_invoice(order, 300.0)
        self._pay(invoice, day="2024-03-05")  # a dollar is 6.25 by then, no more 8
        received = order._get_received()[order]
        self.assertEqual(received.deposit_in_order, 300)
        self.assertEqual(received.deposit, 1875)

    def test_foreign_order_paid_in_yuan(self):
        """[DEP-2] yuan on a dollar invoice count as the dollars that they paid."""
        order = self._deposit_order(1000.0, self.usd)
        invoice = self._deposit_invoice(order, 300.0)
        self._pay(invoice, 2400.0, self.company.currency_id)
        received = order._get_received()[order]
        self.assertEqual((received.deposit_in_order, received.deposit), (300, 2400))

    def test_foreign_advance(self):
        """[DEP-2] an advance in another currency counts at the rate of its day."""
        payment = self._advance(self.order, 375.0, self.usd, day="2024-03-02")
        self.assertReceived(2343.75)
        payment.action_draft()
        payment.date = "2024-02-20"
        payment.action_post()
        self.assertReceived(3000)  # what is asked for: more would be no deposit

    def test_yuan_advance_on_foreign_order(self):
        """[DEP-2] an advance in yuan on a dollar order, at the rate of its day."""
        order = self._deposit_order(1000.0, self.usd)
        self._advance(order, 1600.0)
        self._advance(order, 625.0, day="2024-03-02")
        received = order._get_received()[order]
        self.assertEqual((received.deposit_in_order, received.deposit), (300, 2225))

    def test_third_currency(self):
        """[DEP-2] euros on a dollar order: through yuan, at the rates of the day."""
        euro = self._currency("EUR", ("2024-01-01", 0.1))
        order = self._deposit_order(1000.0, self.usd)
        self._advance(order, 100.0, euro)
        received = order._get_received()[order]
        self.assertEqual((received.deposit_in_order, received.deposit), (125, 1000))

    def test_rounding(self):
        """[DEP-2] a third of an odd total is received to the cent."""
        rule = self._rule(percent=33.33, sequence=1)
        order = self._deposit_order(99.97)
        self.assertEqual(order.deposit_rule_id, rule)
        self.assertEqual(order.deposit_required, 33.32)
        invoice = self._deposit_invoice(order, 33.32)
        for amount in (11.11, 11.11, 11.10):
            self._pay(invoice, amount)
        self.assertReceived(33.32, order=order)
        self.assertFalse(get_deposit_gaps(order)[order][1])
