from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ...models.money.watched_money import (
    is_money_watched,
    watch_money,
)
from ...models.pickup.balance import get_balance_figures
from .money_common import MoneyCommon


@tagged("post_install", "-at_install")
class TestDeposit(MoneyCommon):
    """[DEP-1] [DEP-2] an order takes effect when its deposit was received."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product.is_storable = True
        cls.warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.company.id)], limit=1
        )
        cls.env["stock.quant"]._update_available_quantity(
            cls.product, cls.warehouse.lot_stock_id, 10
        )

    # -- the condition -----------------------------------------------------------------

    def test_held_until_received(self):
        """[DEP-1] no transfer, no reservation before the deposit was received; the
        payment itself releases nothing, the worker does."""
        order = self._deposit_order()
        self.assertEqual(order.effect_state, "held")
        self.assertFalse(order.picking_ids)
        (condition,) = order._collect_open_conditions("effect")[order]
        self.assertEqual((condition.code, condition.owner), ("deposit", "Finance"))
        self.assertIn("0.00", condition.detail)
        self.assertIn("3,000.00", condition.detail)
        self._advance(order, 1000.0)
        self._run_worker()
        self.assertEqual((order.effect_state, order.deposit_state), ("held", "partial"))
        self._pay(self._deposit_invoice(order, 2000.0))
        self.assertEqual(order.effect_state, "held")
        self._run_worker()
        self.assertEqual(
            (order.effect_state, order.deposit_state), ("effective", "received")
        )
        self.assertEqual(order.picking_ids.state, "assigned")

    def test_paid_in_full_instead(self):
        """[DEP-1] whoever paid the whole price paid the deposit."""
        self.company.order_invoice_before_effect = True
        order = self._deposit_order()
        self._pay(self._final_invoice(order))
        self._run_worker()
        self.assertEqual(order.effect_state, "effective")

    def test_refund_takes_the_effect_back(self):
        """[DEP-2] a refund takes the effect back while nothing was done."""
        self.company.order_effect_grace_hours = 0  # see test_launch_roads.py
        order = self._deposit_order()
        payment = self._advance(order)
        self._run_worker()
        self.assertEqual(order.effect_state, "effective")
        picking = order.picking_ids
        payment.action_reject()
        self._run_worker()
        self.assertEqual((order.effect_state, order.deposit_state), ("held", "waiting"))
        self.assertEqual(picking.state, "cancel")
        payment.action_draft()
        payment.action_post()
        self._run_worker()
        self.assertEqual(order.effect_state, "effective")

    def test_refund_after_work_has_begun(self):
        """[DEP-2] when goods have left there is an alarm instead."""
        order = self._deposit_order()
        payment = self._advance(order)
        self._run_worker()
        order.picking_ids.move_ids.picked = True
        order.picking_ids._action_done()
        payment.action_cancel()
        self._run_worker()
        self.assertEqual(order.effect_state, "effective")
        self.assertEqual(order.deposit_state, "waiting")
        self.assertIn("deposit is not received", order.activity_ids.note)

    def test_several_orders_at_once(self):
        """[DEP-2] each order has its own money."""
        orders = self._deposit_order() + self._deposit_order() + self._deposit_order()
        self._advance(orders[0])
        self._advance(orders[1], 10.0)
        self._run_worker()
        self.assertEqual(orders.mapped("effect_state"), ["effective", "held", "held"])
        self.assertEqual(
            orders.mapped("deposit_state"), ["received", "partial", "waiting"]
        )
        self.assertEqual(orders.mapped("deposit_received"), [3000, 10, 0])
        self.assertEqual(orders.mapped("balance_due"), [7000, 9990, 10000])

    # -- noticing ----------------------------------------------------------------------

    def test_everything_that_changes_money_is_noticed(self):
        """[DEP-2] each event marks the order in its own transaction."""
        order = self._deposit_order()
        other = self._deposit_order()
        self._marked(order)

        def noticed(what):
            with self.subTest(what=what):
                self.assertTrue(self._marked(order))

        payment = self._advance(order, 500.0)
        noticed("advance")
        payment.action_reject()
        noticed("rejected")
        payment.action_draft()
        noticed("reset")
        payment.sale_order_id = other
        noticed("moved to another order")
        payment.sale_order_id = order
        noticed("moved here")
        payment.unlink()
        noticed("deleted")
        invoice = self._deposit_invoice(order)
        noticed("invoice posted")
        payment = self._pay(invoice)
        noticed("invoice paid")
        payment.move_id.line_ids.remove_move_reconcile()
        noticed("matching removed")
        self._match(invoice, payment)
        noticed("matched")
        payment.action_reject()
        noticed("payment of the invoice rejected")
        payment.action_draft()
        payment.action_post()
        noticed("posted again")
        payment.move_id.button_draft()
        noticed("entry of the payment reset")
        credit = self._credit(invoice)
        noticed("credited")
        credit.button_cancel()
        noticed("credit note cancelled")
        self.assertFalse(self._marked(order))

    def test_nothing_is_asked_without_rules(self):
        """[DEP-1] in a company without a rule money is not watched at all."""
        company = self._create_company(name="Without rules")
        orders = self.env["sale.order"]
        is_money_watched(self.env, company)
        with self.assertQueryCount(0):
            watch_money(self.env, company, orders=[1], moves=[1])
        name = self.env["order.touched"]._name_of(orders._mark_for_money)
        self.assertNotIn(name, self.cr.precommit.data)

    # -- buttons -----------------------------------------------------------------------

    def test_deposit_invoice_button(self):
        """[DEP-1] the button invoices what is neither invoiced nor received."""
        order = self._deposit_order()
        self._advance(order, 500.0)
        action = order.with_user(self.salesman).action_deposit_invoice()
        invoice = self.env["account.move"].browse(action["res_id"])
        self.assertEqual(invoice.amount_total, 2500)
        self.assertTrue(invoice._is_downpayment())
        with self.assertRaisesRegex(UserError, "invoiced or received"):
            order.with_user(self.salesman).action_deposit_invoice()
        invoice.button_cancel()
        action = order.with_user(self.accountant).action_deposit_invoice()
        invoice = self.env["account.move"].browse(action["res_id"])
        self.assertEqual(invoice.amount_total, 2500)
        outsider = self._user("outsider", "base.group_user")
        with self.assertRaises(AccessError):
            self._rpc(outsider, order, "action_deposit_invoice")

    def test_register_payment_button(self):
        """[DEP-2] accountants register money before any invoice from the order."""
        order = self._deposit_order()
        action = order.with_user(self.accountant).action_register_payment()
        payments = self.env["account.payment"].with_user(self.accountant)
        with Form(payments.with_context(**action["context"])) as form:
            self.assertEqual(form.amount, 3000)
            form.journal_id = self.bank
        payment = form.record
        self.assertEqual(payment.sale_order_id, order)
        payment.action_post()
        self.assertEqual(order.deposit_received, 3000)
        with self.assertRaisesRegex(AccessError, "accountants"):
            self._rpc(self.salesman, order, "action_register_payment")

    def test_only_the_deposit_before_effect(self):
        """[DEP-1] before effect only the deposit may be invoiced, unless the company
        lets more."""
        order = self._deposit_order()
        with self.assertRaisesRegex(UserError, "No items are available"):
            order._create_invoices(final=True)
        self._deposit_invoice(order)
        with self.assertRaisesRegex(UserError, "No items are available"):
            order._create_invoices(final=True)
        self.company.order_invoice_before_effect = True
        self.assertEqual(order._create_invoices(final=True).amount_total, 7000)

    def test_balance_figures(self):
        """[DEP-5] the figures of the balance reminder: due with the open invoice."""
        order = self._deposit_order()
        self._pay(self._deposit_invoice(order))
        self._run_worker()
        final = self._final_invoice(order)
        self._pay(final, 2000.0, day="2024-02-16")
        figures = get_balance_figures(order.with_user(self.salesman))
        self.assertEqual(
            [figures[name] for name in ("total", "deposit", "received", "balance")],
            [10000, 3000, 5000, 5000],
        )
        self.assertEqual(figures["due_date"], final.invoice_date_due)
        self.assertEqual((figures["withheld"], figures["forfeited"]), (0, 0))
