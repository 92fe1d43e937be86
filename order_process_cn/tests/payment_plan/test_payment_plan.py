from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from ...models.payment_plan.allotment import (
    condition_shipping,
    find_conditions,
    freeze_payment_plan,
    refresh_payment_steps,
)
from ...models.progress.steps import confirm_receipt
from .payment_plan_common import PaymentPlanCommon

ALL = [3000, 3000, 3500, 500]


@tagged("post_install", "-at_install")
class TestPaymentPlan(PaymentPlanCommon):
    """[DEP-8] an order is paid in steps, each of which opens something."""

    def _get_closed(self, order):
        """Return what the steps of an order still keep closed."""
        found = {
            "effect": order._collect_conditions("effect")[order],
            "start": find_conditions(order.sudo(), "start")[order],
            "ship": order._collect_conditions("ship")[order],
        }
        return {
            step
            for step, conditions in found.items()
            if any(not condition.met for condition in conditions)
        }

    # -- the shapes of money: each takes an order over 10000 ---------------------------

    def _nothing(self, order):
        return [0, 0, 0, 0], {"effect", "start", "ship"}

    def _a_part(self, order):
        self._advance(order, 2000.0)
        return [2000, 0, 0, 0], {"effect", "start", "ship"}

    def _the_deposit(self, order):
        self._advance(order, 3000.0)
        return [3000, 0, 0, 0], {"start", "ship"}

    def _more_than_the_deposit(self, order):
        self._advance(order, 4500.0)
        return [3000, 1500, 0, 0], {"start", "ship"}

    def _up_to_shipping(self, order):
        self._advance(order, 6000.0)
        self._advance(order, 3500.0)
        return [3000, 3000, 3500, 0], set()

    def _too_much(self, order):
        self._match(self._final_invoice(order), self._advance(order, 12000.0))
        return ALL, set()

    def _foreign_currency(self, order):
        # eight yuan for a dollar on that day
        self._advance(order, 750.0, currency=self.usd, day="2024-01-12")
        return [3000, 3000, 0, 0], {"ship"}

    def _refund(self, order):
        self._advance(order, 6000.0)
        self._pay_back(order, 2000.0)
        return [3000, 1000, 0, 0], {"start", "ship"}

    def _reset_payment(self, order):
        self._advance(order, 6000.0).action_draft()
        return [0, 0, 0, 0], {"effect", "start", "ship"}

    def _down_payment_in_instalments(self, order):
        # odoo/odoo#187504: one invoice, several payments
        invoice = self._deposit_invoice(order, 6000.0)
        for amount in (1000.0, 2500.0, 500.0):
            self._pay(invoice, amount)
        return [3000, 1000, 0, 0], {"start", "ship"}

    def _two_down_payments_one_paid(self, order):
        self._pay(self._deposit_invoice(order, 3000.0))
        self._deposit_invoice(order, 3000.0)
        return [3000, 0, 0, 0], {"start", "ship"}

    def _down_payment_credited(self, order):
        invoice = self._deposit_invoice(order, 3000.0)
        self._pay(invoice)
        self._credit(invoice)
        return [0, 0, 0, 0], {"effect", "start", "ship"}

    def _down_payment_offset_on_the_invoice(self, order):
        self._pay(self._deposit_invoice(order, 3000.0))
        self._pay(self._final_invoice(order), 6500.0)
        return [3000, 3000, 3500, 0], set()

    def _invoice_in_instalments(self, order):
        invoice = self._final_invoice(order)
        for amount in (3000.0, 3000.0, 3000.0):
            self._pay(invoice, amount)
        return [3000, 3000, 3000, 0], {"ship"}

    def _divided_receipt(self, order):
        payment = self._advance(order, 9000.0, sale_order_id=False, post=False)
        self.env["order.payment.allocation"].create(
            {"payment_id": payment.id, "order_id": order.id, "amount": 6000}
        )
        payment.action_post()
        return [3000, 3000, 0, 0], {"ship"}

    def _credit_note(self, order):
        """A tenth is credited: 9000 are left, 2700 of them progress, 450 retained."""
        invoice = self._final_invoice(order)
        credit = self._credit(invoice, post=False)
        credit.invoice_line_ids.price_unit = 1000
        credit.action_post()
        self._match(invoice, credit)
        self._pay(invoice, 8550.0)
        return [3000, 2700, 2850, 0], set()

    SHAPES = (
        _nothing,
        _a_part,
        _the_deposit,
        _more_than_the_deposit,
        _up_to_shipping,
        _too_much,
        _foreign_currency,
        _refund,
        _reset_payment,
        _down_payment_in_instalments,
        _two_down_payments_one_paid,
        _down_payment_credited,
        _down_payment_offset_on_the_invoice,
        _invoice_in_instalments,
        _divided_receipt,
        _credit_note,
    )

    def test_money_is_allotted_in_order(self):
        """[DEP-8] [DEP-2] whatever the books say is counted for the steps in their
        order, and opens what they open; the amounts are the total."""
        for shape in self.SHAPES:
            order = self._deposit_order()
            with self.subTest(shape.__name__):
                expected, closed = shape(self, order)
                self.env.invalidate_all()
                steps = order.payment_step_ids
                self.assertEqual(steps.mapped("received_amount"), expected)
                self.assertEqual(self._get_closed(order), closed)
                total = 9000 if shape.__name__ == "_credit_note" else 10000
                self.assertAlmostEqual(sum(steps.mapped("amount")), total, 2)

    def test_backorder_is_not_paid_twice(self):
        """[DEP-8] what is invoiced by delivery, part by part, is one total."""
        self.product.invoice_policy = "delivery"
        order = self._deposit_order()
        order.order_line.product_uom_qty = 4
        order.order_line.price_unit = 2500
        self._advance(order, 9500.0)
        self._run_worker()
        self.assertEqual(order.effect_state, "effective")
        order.picking_ids.action_assign()
        self._let_go(order)
        self._ship(order, quantity=1)
        self._final_invoice(order, final=False)
        self.env.invalidate_all()
        self.assertEqual(order.payment_step_ids.mapped("amount"), ALL)
        self._ship(order)
        self.assertEqual(sum(order.picking_ids.move_ids.mapped("quantity")), 4)

    def test_goods_stay_until_the_step(self):
        """[DEP-8] [SHP-8] the warehouse cannot ship before the step for shipping is
        received; the retention is no part of it, an emergency goes before it."""
        order = self._deposit_order()
        self._advance(order, 6000.0)
        self._run_worker()
        order.picking_ids.action_assign()
        self.assertEqual(order.goods_leave, "plan")
        release = self._request(order)
        with self._refused("Payment before Shipping"):
            release.with_user(self.finance).action_release()
        self.assertEqual(release.desk_group, "money")
        self._advance(order, 3500.0)
        self._run_worker()
        release.with_user(self.finance).action_release()
        self._ship(order)
        self.assertEqual(order.picking_ids.state, "done")

    def test_production_waits(self):
        """[DEP-8] production of the order begins after the progress payment."""
        order = self._deposit_order()
        self._advance(order, 3000.0)
        self._run_worker()
        production = self.env["mrp.production"].create(
            {"product_id": self.product.id, "product_qty": 1}
        )
        production.reference_ids = order.stock_reference_ids = self.env[
            "stock.reference"
        ].create({"name": order.name})
        worker = self._user("fitter", "mrp.group_mrp_user")
        production.action_confirm()
        with self._refused("Progress Payment"):
            self._rpc(worker, production, "action_start")
        message = production.with_user(worker)._open_conditions_message("start")
        self.assertNotIn("3,000", message)
        self._advance(order, 3000.0)
        self._rpc(worker, production, "action_start")
        self.assertEqual(production.state, "progress")

    def test_retention(self):
        """[DEP-8] what is retained is due so many days after the receipt of the last
        delivery; all of it is an event for time limits."""
        order = self._deposit_order()
        retention = order.payment_step_ids[-1]
        self._advance(order, 9500.0)
        self._run_worker()
        order.picking_ids.action_assign()
        self._let_go(order)
        self._ship(order)
        self.assertFalse(retention.due_by)
        self.assertEqual(retention.state, "waiting")
        confirm_receipt(order, "Customer")
        received = self.company._calendar_day(order.receipt_confirmed_on)
        self.assertEqual((retention.due_by - received).days, 30)
        self.assertEqual(retention.state, "due")
        order.receipt_confirmed_on = "2024-03-01 08:00:00"
        self.env.invalidate_all()
        self.assertEqual(retention.state, "overdue")
        self.assertEqual(
            order.payment_step_ids.mapped(lambda step: bool(step.received_on)),
            [True, True, True, False],
        )
        self._advance(order, 500.0)
        self._run_worker()
        self.assertTrue(retention.received_on)
        events = self.env["order.event"].search([("res_id", "=", order.id)])
        self.assertIn("plan_paid", events.mapped("code"))

    def test_signed_with_the_order(self):
        """[DEP-8] [REV-5] the steps are frozen at submission and signed; a plan that
        changes later changes nothing, a step that changes asks again; nobody but the
        engine writes them."""
        self.route.active = True
        order = self._submit(self._order(quantity=1, price=10000.0))
        self.assertEqual(order.sudo().payment_step_ids.mapped("amount"), ALL)
        terms = order.sudo()._collect_review_facts()[order.sudo()]["terms"]
        self.assertIn("retention", terms["payment_step_ids.terms"])
        self.plan.line_ids[-1].percent = 10
        self._sign(order, "sales")
        self.assertEqual(order.sudo().payment_step_ids[-1].percent, 5)
        self.assertEqual(self._states(order)["Sales"], "agreed")
        with self.assertRaises(AccessError):
            self._rpc(
                self.salesman, order.payment_step_ids[-1], "write", {"percent": 1}
            )
        with self.assertRaises(AccessError):
            self._rpc(self.salesman, order, "write", {"payment_plan_id": False})
        order.sudo().payment_step_ids[-1].percent = 10
        order._mark_for_recheck("review")
        self._run_worker()
        self.assertEqual(self._states(order)["Sales"], "open")

    def test_plans_that_cannot_be(self):
        """[DEP-8] a plan adds up, its first step is the deposit, and shipping waits
        only where goods leave on releases."""
        lines = self.plan.line_ids
        for words, change in (
            ("the rest", lambda: lines[2].write({"method": "percent", "percent": 9})),
            ("more than the total", lambda: lines[3].write({"percent": 71})),
            ("first step", lambda: lines[1].write({"opens": "effect"})),
            ("releases", lambda: self.plan.write({"order_type_ids": [(5,)]})),
        ):
            with self.subTest(words):
                self.assertRefused(words, change)
        self.assertRefused(
            "releases", lambda: self.order_type.write({"asks_shipping_release": False})
        )

    def assertRefused(self, words, change):
        with self.assertRaises(ValidationError) as caught, self.env.cr.savepoint():
            change()
            self.plan._check_steps()
        self.env.invalidate_all()
        self.assertIn(words, str(caught.exception))

    def test_orders_without_plan(self):
        """[DEP-8] an order that no plan fits has no steps and costs nothing, whatever
        plans there are for others."""
        self.plan.order_type_ids = self.order_type.copy({"rule_ids": False})
        order = self._deposit_order()
        self.assertFalse(order.payment_plan_id or order.payment_step_ids)
        self.assertFalse(order.goods_leave)
        with self.assertQueryCount(0):
            refresh_payment_steps(order)
            freeze_payment_plan(order)
            self.assertEqual(condition_shipping(order), {})
