from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.account_payment.tests.common import AccountPaymentCommon

from ..common import DEPARTMENTS, OrderCommon

# what a client might send in the hope that some module skips a check
HOSTILE = {
    "skip_review_check": True,
    "skip_procurement": True,
    "skip_sanity_check": True,
    "mark_so_as_sent": True,
    "default_review_state": "approved",
    "default_state": "draft",
    "tracking_disable": True,
    "install_mode": True,
}


@tagged("post_install", "-at_install")
class TestConfirmationPaths(OrderCommon):
    """[REV-6] every road to a confirmed order, without and with an approval."""

    def _assert_refused(self, order, act):
        with self.assertRaisesRegex(UserError, "Approved review"), self.cr.savepoint():
            act()
        self.assertNotEqual(order.state, "sale")
        self.assertFalse(order.sudo().picking_ids)

    def _assert_gated(self, act):
        """Try ``act(order)`` unsubmitted, under review and approved."""
        order = self._order()
        self._assert_refused(order, lambda: act(order))
        self._submit(order)
        self._assert_refused(order, lambda: act(order))
        self._sign(order, "sales", *DEPARTMENTS)
        act(order)
        self.assertEqual(order.state, "sale")

    def test_button(self):
        self._assert_gated(
            lambda order: self._rpc(self.supervisor, order, "action_confirm")
        )

    def test_button_with_hostile_context(self):
        self._assert_gated(
            lambda order: self._rpc(
                self.supervisor, order, "action_confirm", context=HOSTILE
            )
        )

    def test_write(self):
        self._assert_gated(
            lambda order: self._rpc(
                self.salesman, order, "write", {"state": "sale"}, context=HOSTILE
            )
        )

    def test_create(self):
        orders = self.env["sale.order"]
        values = {
            "partner_id": self.partner.id,
            "state": "sale",
            "order_line": [Command.create({"product_id": self.product.id})],
        }
        before = orders.search_count([])
        with self.assertRaisesRegex(UserError, "not submitted"), self.cr.savepoint():
            self._rpc(self.salesman, orders, "create", [values], context=HOSTILE)
        self.assertEqual(orders.search_count([]), before)

    def test_copy(self):
        """[REV-5] a copy of an approved order carries no approval over."""
        order = self._approve()
        with self.assertRaisesRegex(UserError, "not submitted"), self.cr.savepoint():
            self._rpc(self.salesman, order, "copy", {"state": "sale"})
        copy = order.copy()
        self.assertFalse(copy.review_id or copy.review_state or copy.order_type_id)

    def test_import(self):
        """[INT-6] import obeys the rules of the screen."""
        rows = [["S-IMPORT", self.partner.name, "sale", self.product.name]]
        columns = ["name", "partner_id", "state", "order_line/product_id"]
        result = self.env["sale.order"].with_user(self.salesman).load(columns, rows)
        self.assertFalse(result["ids"])
        self.assertIn("Approved review", str(result["messages"]))

    def test_server_action(self):
        action = self.env["ir.actions.server"].create(
            {
                "name": "Confirm",
                "model_id": self.env["ir.model"]._get_id("sale.order"),
                "state": "object_write",
                "update_path": "state",
                "evaluation_type": "value",
                "selection_value": self.env["ir.model.fields.selection"]
                .search(
                    [
                        ("field_id.model", "=", "sale.order"),
                        ("field_id.name", "=", "state"),
                        ("value", "=", "sale"),
                    ]
                )
                .id,
            }
        )

        def act(order):
            action.with_context(
                active_model="sale.order", active_ids=order.ids, active_id=order.id
            ).with_user(self.env.ref("base.user_admin")).run()
            order.flush_recordset()

        self._assert_gated(act)

    def test_earned_fields_cannot_be_written(self):
        """[SEC-2] review and its state are nobody's to write."""
        approved = self._approve()
        order = self._order()
        for values in (
            {"review_state": "approved"},
            {"review_id": approved.sudo().review_id.id},
        ):
            with self.assertRaisesRegex(UserError, "cannot be entered"):
                self._rpc(self.salesman, order, "write", values)

    def test_somebody_elses_review(self):
        """[REV-6] a review counts for the document it was held on."""
        approved = self._approve()
        order = self._order()
        order.sudo().write(
            {"review_id": approved.sudo().review_id.id, "review_state": "approved"}
        )
        self._assert_refused(
            order, lambda: self._rpc(self.salesman, order, "action_confirm")
        )


@tagged("post_install", "-at_install")
class TestCustomerPaths(OrderCommon, AccountPaymentCommon):
    """[REV-6] what a customer does is kept; the order waits."""

    def setUp(self):
        self.enable_post_process_patcher = False
        super().setUp()
        self.order = self._order()
        self.order.sudo().write({"state": "sent"})

    def _approve_order(self):
        self._submit(self.order, user=self.salesman)
        self._sign(self.order, "sales", *DEPARTMENTS)

    def test_signature(self):
        order = self.order.sudo()
        order.require_signature = True
        self.assertFalse(order._has_to_be_signed())
        order.write({"signed_by": "Customer", "signed_on": "2030-01-01"})
        order.with_user(self.env.ref("base.public_user")).sudo()._validate_order()
        self.assertEqual((order.state, order.signed_by), ("sent", "Customer"))
        self._approve_order()
        self.assertEqual(order.state, "sent")
        self._run_worker()
        self.assertEqual(order.state, "sale")

    def test_online_payment(self):
        order = self.order.sudo()
        order.state = "draft"
        order.write({"require_payment": True, "prepayment_percent": 1.0})
        order.state = "sent"
        transaction = self._create_transaction(
            "direct",
            sale_order_ids=[Command.set(order.ids)],
            amount=order.amount_total,
            currency_id=order.currency_id.id,
            state="done",
        )
        transaction._post_process()
        self.assertTrue(transaction.is_post_processed)
        self.assertEqual(order.state, "sent")
        self._approve_order()
        self._run_worker()
        self.assertEqual(order.state, "sale")

    def test_cash_on_delivery(self):
        order = self.order.sudo()
        order.state = "draft"
        provider = self.env["payment.provider"].create(
            {
                "name": "Cash",
                "code": "custom",
                "custom_mode": "cash_on_delivery",
                "state": "enabled",
            }
        )
        transaction = self._create_transaction(
            "direct",
            provider_id=provider.id,
            payment_method_id=self.payment_method_id,
            sale_order_ids=[Command.set(order.ids)],
            amount=order.amount_total,
            currency_id=order.currency_id.id,
            state="pending",
        )
        transaction._post_process()
        self.assertTrue(transaction.is_post_processed)
        self.assertEqual(order.state, "sent")
        self._approve_order()
        self._run_worker()
        self.assertEqual(order.state, "sale")
