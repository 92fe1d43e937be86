from odoo.tests import HttpCase, tagged

from ..common import DEPARTMENTS
from .money_common import MoneyCommon


@tagged("post_install", "-at_install")
class TestDepositOnline(HttpCase, MoneyCommon):
    """[DEP-1] [DEP-2] the customer pays his deposit in the portal, with Odoo's own
    demonstration provider."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.provider = cls.env.ref("payment.payment_provider_demo").copy(
            {
                "company_id": cls.company.id,
                "state": "test",
                "is_published": True,
                "journal_id": cls.bank.id,
            }
        )
        cls.method = cls.env.ref("payment_demo.payment_method_demo")
        cls.method.active = True
        cls.product.type = "consu"

    def _run_worker(self):
        self._end_of_transaction()
        # the server of this class shares its transaction already
        self.env.ref("order_process_cn.order_recheck_cron").method_direct_trigger()
        self.env.invalidate_all()

    def _quotation(self, amount=10000.0):
        order = self._deposit_order(amount, confirm=False)
        order.action_quotation_sent()
        return order

    def _page(self, document):
        self.env.flush_all()
        return self.url_open(document.get_portal_url()).text

    def _pay_online(self, document, amount, outcome="done"):
        """Pay on the page of an order or invoice, as the browser does; return the
        transaction."""
        token = document._portal_ensure_token()
        self.env.flush_all()
        route = {
            "sale.order": f"/my/orders/{document.id}/transaction",
            "account.move": f"/invoice/transaction/{document.id}",
        }[document._name]
        values = self.make_jsonrpc_request(
            route,
            {
                "access_token": token,
                "provider_id": self.provider.id,
                "payment_method_id": self.method.id,
                "token_id": None,
                "amount": amount,
                "flow": "direct",
                "tokenization_requested": False,
                "landing_route": document.get_portal_url(),
            },
        )
        self._answer(values["reference"], outcome)
        self.make_jsonrpc_request("/payment/status/poll", {})
        self.env.invalidate_all()
        return self.env["payment.transaction"].search(
            [("reference", "=", values["reference"])]
        )

    def _answer(self, reference, outcome):
        """What the provider tells of a payment."""
        self.make_jsonrpc_request(
            "/payment/demo/simulate_payment",
            {
                "reference": reference,
                "payment_details": "1234",
                "simulated_state": outcome,
            },
        )

    def test_paid_on_the_quotation(self):
        """[DEP-1] the page asks for the deposit, the payment confirms the order, and
        the worker has it take effect. The money counts once: as a transaction, then as
        its payment."""
        order = self._quotation()
        page = self._page(order)
        self.assertIn("pay the deposit", page)
        self.assertIn("3,000.00", page)
        transaction = self._pay_online(order, 3000.0)
        self.assertEqual((transaction.state, order.state), ("done", "sale"))
        self.assertEqual(transaction.payment_id.sale_order_id, order)
        self.assertReceived(3000, order=order)
        self._run_worker()
        self.assertEqual(order.effect_state, "effective")
        self.assertEqual(len(order.picking_ids), 1)
        self.assertNotIn("pay the deposit", self._page(order))

    def test_what_is_no_money(self):
        """[DEP-2] a payment that is pending, cancelled or failed opens nothing; part of
        a deposit does not confirm."""
        for outcome in ("pending", "cancel", "error"):
            with self.subTest(outcome):
                order = self._quotation()
                self._pay_online(order, 3000.0, outcome)
                self._run_worker()
                self.assertEqual(order.state, "sent")
                self.assertReceived(0, order=order)
        order = self._quotation()
        self._pay_online(order, 1000.0)
        self._run_worker()
        self.assertEqual((order.state, order.deposit_state), ("sent", "partial"))
        self._pay_online(order, 2000.0)
        self._run_worker()
        self.assertEqual(order.effect_state, "effective")
        self.assertReceived(3000, order=order)

    def test_before_the_review(self):
        """[REV-6] nothing can be paid before the review; what arrives anyway is kept,
        and the approved order is confirmed and takes effect by itself."""
        self.route.active = True
        order = self._submit(self._order(quantity=1, price=10000.0)).sudo()
        page = self._page(order)
        self.assertNotIn("o_sale_portal_paynow", page)
        transaction = self._pay_online(order, 3000.0)
        self.assertEqual((transaction.state, order.state), ("done", "draft"))
        self.assertTrue(transaction.is_post_processed)
        self._sign(order, "sales", *DEPARTMENTS)
        self.assertEqual(order.review_state, "approved")
        self._run_worker()
        self.assertEqual((order.state, order.effect_state), ("sale", "effective"))
        self.assertReceived(3000, order=order)

    def test_paid_on_the_invoice(self):
        """[DEP-1] after the confirmation the page leads to the deposit invoice, which
        is paid there; paid in two parts it takes effect with the second."""
        order = self._deposit_order()
        self.assertEqual(order.effect_state, "held")
        account = self.env["res.partner.bank"].create(
            {"partner_id": self.company.partner_id.id, "acc_number": "3901 2345"}
        )
        wishes = self._wishes(order)
        self.assertNotIn("/my/invoices/", wishes)
        self.assertIn("3,000.00", wishes)
        self.assertIn(account.acc_number, wishes)
        invoice = self._deposit_invoice(order)
        self.assertIn(f"/my/invoices/{invoice.id}", self._wishes(order))
        self._pay_online(invoice, 1000.0)
        self._run_worker()
        self.assertEqual((order.effect_state, order.deposit_state), ("held", "partial"))
        self._pay_online(invoice, 2000.0)
        self._run_worker()
        self.assertEqual(order.effect_state, "effective")
        self.assertReceived(3000, order=order)

    def _wishes(self, order):
        """The box that says what we wait for."""
        page = self._page(order)
        start = page.index("o_order_portal_progress")
        return page[start : page.index('id="informations"')]

    def test_two_payments_at_once(self):
        """[DEP-2] two payments that come before the worker has looked: the order takes
        effect once, and both count."""
        order = self._deposit_order()
        for _n in range(2):
            self._pay_online(order, 3000.0)
        self._end_of_transaction()
        self._run_worker()
        self.assertEqual(order.effect_state, "effective")
        self._run_worker()
        self.assertEqual(len(order.picking_ids), 1)
        self.assertEqual(order.picking_ids.move_ids.product_uom_qty, 1)
        self.assertReceived(3000, 6000, order=order)
