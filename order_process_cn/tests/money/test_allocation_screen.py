from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged
from odoo.tools.safe_eval import safe_eval

from ..common import OrderCommon


@tagged("post_install", "-at_install")
class TestAllocationScreen(OrderCommon):
    """[DEP-2] Accounting divides a receipt and sees what each order still asks, K11."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.route.active = False
        cls.accountant = cls._user("accountant", "account.group_account_invoice")
        cls.orders = cls._order() | cls._order(quantity=5)
        stranger = cls.env["res.partner"].create({"name": "Stranger"})
        cls.foreign = cls._order(partner_id=stranger.id)
        contact = cls.env["res.partner"].create(
            {"name": "Buyer", "parent_id": cls.partner.id}
        )
        cls.of_contact = cls._order(partner_id=contact.id)
        payments = cls.env["account.payment"].with_user(cls.accountant)
        cls.payment = payments.with_context({}).create(
            {
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": cls.partner.id,
                "amount": 600,
            }
        )

    def test_dividing(self):
        first, second = self.orders
        with Form(self.payment) as form:
            with form.order_allocation_ids.new() as line:
                line.order_id = first
                self.assertEqual(line.order_total, first.amount_total)
                self.assertEqual(line.order_balance, first.balance_due)
                line.amount = 150
            self.assertEqual(form.order_undivided, 450)
            with form.order_allocation_ids.new() as line:
                line.order_id = second
                line.amount = 450
            self.assertEqual(form.order_undivided, 0)
        self.assertEqual(self.payment.order_allocation_ids.order_id, self.orders)
        with self.assertRaises(ValidationError), self.cr.savepoint():
            self.payment.order_allocation_ids[0].amount = 151

    def test_orders_of_the_customer_are_offered(self):
        """His own and those of his contacts, and of those whom he is invoiced for."""
        invoiced = self._order(partner_id=self.foreign.partner_id.id)
        invoiced.partner_invoice_id = self.partner
        cancelled = self._order()
        cancelled.action_cancel()
        allocation = self.env["order.payment.allocation"].new(
            {"payment_id": self.payment.id}
        )
        names = {name: allocation[name].id for name in ("company_id", "customer_id")}
        domain = self.env["order.payment.allocation"]._fields["order_id"].domain
        offered = self.env["sale.order"].search(safe_eval(domain, names))
        expected = self.orders | self.of_contact | invoiced
        self.assertLessEqual(expected, offered)
        self.assertFalse(offered & (self.foreign | cancelled))
