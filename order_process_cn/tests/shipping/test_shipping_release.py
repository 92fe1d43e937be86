from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .shipping_common import ShippingCommon


@tagged("post_install", "-at_install")
class TestShippingRelease(ShippingCommon):
    """[SHP-1] 发货申请单: asked for by sales, released by finance."""

    def test_only_finance_lets_go(self):
        release = self._request(self._shipping_order())
        for user in (self.salesman, self.stocker):
            with self.assertRaises(AccessError):
                self._rpc(user, release, "action_release")
            with self.assertRaises(AccessError):
                self._rpc(user, release, "write", {"state": "released"})
        self._rpc(self.finance, release, "action_release")
        self.assertEqual(release.state, "released")
        self.assertEqual(release.released_by_id, self.finance)
        self.assertTrue(release.released_on)

    def test_never_more_than_is_left_of_the_order(self):
        """[SHP-1] two requests together ask for what was ordered, at most."""
        order = self._shipping_order(quantity=5)
        self._request(order, 3)
        second = order.with_user(self.salesman).action_request_shipping()
        second = self.env["order.shipping.release"].browse(second["res_id"])
        own = second.with_user(self.salesman)
        self.assertEqual(own.line_ids.quantity, 2)
        self.assertEqual(own.line_ids.open_qty, 2)
        own.line_ids.quantity = 3
        with self._refused("at most 2 Units"):
            own.action_request()
        own.line_ids.quantity = 0
        with self._refused("enter what is to leave"):
            own.action_request()
        with self.assertRaises(UserError):
            own.line_ids.quantity = -1

    def test_what_was_asked_for_does_not_change(self):
        release = self._request(self._shipping_order())
        own = release.with_user(self.salesman)
        with self.assertRaises(UserError):
            own.line_ids.quantity = 1
        with self.assertRaises(UserError):
            own.valid_until = "2030-01-01"
        with self.assertRaises(AccessError):
            self._rpc(self.salesman, release.line_ids, "write", {"used_qty": 0})

    def test_refused_corrected_and_asked_again(self):
        release = self._request(self._shipping_order())
        self._rpc(self.finance, release, "action_refuse")
        self.assertEqual(release.state, "refused")
        self._rpc(self.salesman, release, "action_correct")
        release.with_user(self.salesman).line_ids.quantity = 1
        self._rpc(self.salesman, release, "action_request")
        self._rpc(self.finance, release, "action_release")
        self.assertEqual(release.line_ids.quantity, 1)

    def test_given_up_unless_something_has_left(self):
        order = self._shipping_order()
        release = self._let_go(order)
        self._rpc(self.salesman, release, "action_cancel")
        self.assertStays(lambda: self._ship(order), "requests a shipping release")
        release = self._let_go(order)
        self._ship(order, 2)
        with self._refused("have left"):
            self._rpc(self.salesman, release, "action_cancel")

    def test_an_order_that_is_not_in_effect(self):
        """[SHP-1] cancelled meanwhile: nothing is let go."""
        order = self._shipping_order()
        release = self._request(order)
        order._action_cancel()
        with self._refused("Order in effect"):
            self._rpc(self.finance, release, "action_release")

    def test_the_worker_proposes_and_follows(self):
        """[SHP-1] goods are ready: a request is there with a to-do; when they have
        left, the release is done."""
        order = self._shipping_order()
        self._run_worker()
        release = order.shipping_release_ids
        self.assertEqual(release.state, "draft")
        self.assertEqual(release.line_ids.quantity, 5)
        self.assertEqual(release.activity_ids.user_id, self.salesman)
        self._run_worker()
        self.assertEqual(order.shipping_release_ids, release)
        self._let_go(order)
        self.assertFalse(release.activity_ids)
        self._ship(order)
        self._run_worker()
        self.assertEqual(release.state, "shipped")
        self.assertEqual(release.line_ids.shipped_qty, 5)
        self.assertEqual(order.shipping_release_ids, release)

    def test_nothing_is_proposed_before_goods_are_there(self):
        """[SHP-1] the worker waits for goods, a person need not."""
        absent = self.env["product.product"].create(
            {"name": "Not there", "is_storable": True}
        )
        order = self._shipping_order(
            order_line=[Command.create({"product_id": absent.id, "product_uom_qty": 2})]
        )
        self._run_worker()
        self.assertFalse(order.shipping_release_ids)
        self.assertEqual(self._request(order).line_ids.quantity, 2)


@tagged("post_install", "-at_install")
class TestShippingReview(ShippingCommon):
    """[SHP-1] [DEP-5] signed by finance, unless goods leave on the contract (P28)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.departments["finance"].member_ids = cls.finance
        cls.env.ref("order_process_cn.order_review_route_shipping").active = True

    def _ask(self, order):
        action = order.with_user(self.salesman).action_request_shipping()
        release = self.env["order.shipping.release"].browse(action["res_id"])
        self._rpc(self.salesman, release, "action_request")
        return release

    def test_finance_signs(self):
        order = self._shipping_order()
        release = self._ask(order)
        self.assertEqual(
            (release.state, release.review_state), ("requested", "running")
        )
        with self._refused("those who sign"):
            self._rpc(self.finance, release, "action_release")
        self._sign(release, self.finance)
        self.assertEqual(release.state, "released")
        self._ship(order)

    def test_declined_and_asked_again(self):
        release = self._ask(self._shipping_order())
        self._sign(release, self.finance, decision="decline", opinion="Owes too much")
        self.assertEqual((release.state, release.review_state), ("refused", "declined"))
        self._rpc(self.salesman, release, "action_correct")
        release.with_user(self.salesman).line_ids.quantity = 1
        self._rpc(self.salesman, release, "action_request")
        self._sign(release, self.finance)
        self.assertEqual(release.state, "released")

    def test_on_the_contract_nobody_signs(self):
        """[DEP-5] class A ships on contract."""
        order = self._shipping_order()
        order.payment_term_id = self.env["account.payment.term"].create(
            {"name": "Monthly", "settlement": "monthly"}
        )
        release = self._ask(order)
        self.assertEqual(release.state, "released")

    def test_agreed_and_waiting_for_the_money(self):
        """[DEP-5] finance agrees; the goods go as soon as the money is there."""
        order = self._shipping_order()
        order.payment_term_id = self.customer_terms
        release = self._ask(order)
        self._sign(release, self.finance)
        self.assertEqual(
            (release.state, release.review_state), ("requested", "approved")
        )
        self._advance(order, order.amount_total)
        self._end_of_transaction()
        self._run_worker()
        self.assertEqual(release.state, "released")

    def test_withdrawn_it_is_open_again(self):
        release = self._ask(self._shipping_order())
        release.review_id.with_user(self.salesman).action_withdraw("Not yet")
        self.assertEqual(release.state, "draft")
