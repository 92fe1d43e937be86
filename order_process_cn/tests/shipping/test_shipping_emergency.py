from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..hold.hold_common import HoldMixin
from .shipping_common import ShippingCommon

SAID = "requests a shipping release"


class EmergencyCommon(HoldMixin, ShippingCommon):
    """Somebody who may let goods go in an emergency, and his head."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rescuer = cls._user(
            "rescuer", "order_process_cn.order_group_shipping_emergency"
        )
        cls.departments["sales"].member_ids += cls.rescuer
        cls.departments["finance"].member_ids = cls.finance

    def _draft(self, order, quantity=None):
        action = order.with_user(self.salesman).action_request_shipping()
        release = self.env["order.shipping.release"].browse(action["res_id"])
        if quantity is not None:
            release.with_user(self.salesman).line_ids.quantity = quantity
        return release

    def _rescue(self, release, reason="The line of the customer stands still"):
        self._rpc(self.rescuer, release, "action_release_emergency", reason)

    def _find_codes(self, release):
        self._end_of_transaction()
        events = self.env["order.event"].search(
            [("res_model", "=", release._name), ("res_id", "=", release.id)]
        )
        return events.mapped("code")


@tagged("post_install", "-at_install")
class TestShippingEmergency(EmergencyCommon):
    """[SHP-1] 客服主管 lets goods go at once; the papers are made up afterwards."""

    def test_only_the_group_and_with_a_reason(self):
        release = self._draft(self._shipping_order())
        for user in (self.salesman, self.finance, self.stocker, self.sales_manager):
            with self.assertRaises(AccessError):
                self._rpc(user, release, "action_release_emergency", "I want it")
        for reason in ("", "  ", False):
            with self._refused("Say why"):
                self._rescue(release, reason)
        for user in (self.rescuer, self.salesman):
            with self.assertRaises(AccessError):
                self._rpc(user, release, "write", {"is_emergency": True})
            with self.assertRaises(AccessError):
                self._rpc(
                    user,
                    self.env["order.shipping.release"],
                    "create",
                    [{"order_id": release.order_id.id, "is_emergency": True}],
                )
        self.assertFalse(release.is_emergency)

    def test_unpaid_and_unsigned_it_leaves(self):
        """[DEP-5] [SHP-8] neither money nor finance are waited for, from draft."""
        order = self._shipping_order()
        order.payment_term_id = self.customer_terms
        self.assertEqual(order.goods_leave, "paid")
        release = self._draft(order, 3)
        self.assertStays(lambda: self._ship(order, 3), SAID)
        self._rescue(release)
        self.assertEqual(release.state, "released")
        self.assertEqual(release.emergency_by_id, self.rescuer)
        self.assertTrue(release.emergency_on and release.is_paper_missing)
        self.assertIn("stands still", release.emergency_reason)
        self.assertTrue(
            any("stands still" in m.body for m in release.message_ids if m.body)
        )
        self.assertIn("emergency", self._find_codes(release))
        self._ship(order, 3)
        self.assertEqual(order.order_line.qty_delivered, 3)
        # its quantities bound it
        self.assertStays(lambda: self._ship(order, 1), SAID)

    def test_the_rest_is_waited_for(self):
        """[SHP-1] [CFM-8] quantity, an order in effect, no suspension."""
        order = self._shipping_order()
        release = self._draft(order)
        with self.cr.savepoint() as savepoint:
            release.line_ids.quantity = 6
            with self._refused("at most 5"):
                self._rescue(release)
            savepoint.rollback()
        self.env.invalidate_all()
        self._suspend(order)
        with self._refused("Not suspended"):
            self._rescue(release)
        self._resume(order)
        self._rescue(release)
        self._suspend(order)
        self.assertStays(lambda: self._ship(order), "is suspended")
        self._resume(order)
        order._action_cancel()
        self.assertStays(lambda: self._write_done(order))

    def _write_done(self, order):
        self._rpc(self.stocker, order.picking_ids.move_ids, "write", {"state": "done"})

    def test_what_is_no_request_any_more(self):
        release = self._let_go(self._shipping_order())
        with self._refused("is not a request any more"):
            self._rescue(release)

    def test_a_copy_is_no_emergency(self):
        release = self._draft(self._shipping_order())
        self._rescue(release)
        values = release.copy_data()[0]
        self.assertFalse(
            {"is_emergency", "emergency_by_id", "emergency_reason"} & values.keys()
        )

    def test_finance_agrees_afterwards(self):
        """[SHP-1] without a route: one button; until then papers are missing."""
        order = self._shipping_order()
        release = self._draft(order)
        self._rescue(release)
        todo = release.activity_ids
        self.assertEqual(todo.user_id, self.salesman)
        self.assertEqual(release._get_form_watermark(), "To be made up")
        found = release.search([("is_paper_missing", "=", True)])
        self.assertEqual(found, release)
        self._ship(order)
        self._run_worker()
        self.assertEqual(release.state, "shipped")
        with self.assertRaises(AccessError):
            self._rpc(self.rescuer, release, "action_release")
        self._rpc(self.finance, release, "action_release")
        self.assertEqual(release.released_by_id, self.finance)
        self.assertFalse(release.is_paper_missing or release.activity_ids)
        self.assertFalse(release._get_form_watermark())

    def test_finance_refuses_afterwards(self):
        """[SHP-1] what has left has left: it is said, and nothing more leaves."""
        order = self._shipping_order()
        release = self._draft(order)
        self._rescue(release)
        self._ship(order, 2)
        self._rpc(self.finance, release, "action_refuse")
        self.assertTrue(release.emergency_refused_on)
        todos = release.activity_ids.filtered(lambda a: "refuses" in a.summary)
        self.assertEqual(todos.user_id, self.rescuer | self.supervisor)
        self.assertIn("2", todos[0].note)
        self.assertEqual(release._get_form_watermark(), "Not approved")
        self.assertStays(
            lambda: self._ship(order, 1), SAID, "Finance agrees to the emergency"
        )
        self.assertTrue(release.is_paper_missing)
        self._rpc(self.finance, release, "action_release")
        self.assertFalse(release.emergency_refused_on)
        self._ship(order)
        self.assertEqual(order.order_line.qty_delivered, 5)


@tagged("post_install", "-at_install")
class TestShippingEmergencyReview(EmergencyCommon):
    """[SHP-1] where finance signs: submitted and signed when the goods have left."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.ref("order_process_cn.order_review_route_shipping").active = True

    def test_submitted_and_signed_afterwards(self):
        order = self._shipping_order()
        release = self._draft(order)
        self._rescue(release)
        self._ship(order)
        self._run_worker()
        self.assertEqual((release.state, release.review_state), ("shipped", False))
        self.assertEqual(release._get_form_watermark(), "To be made up")
        self.assertTrue(release.with_user(self.salesman).review_can_submit)
        self._rpc(self.salesman, release, "action_request")
        self.assertEqual((release.state, release.review_state), ("shipped", "running"))
        self.assertFalse(release.activity_ids.filtered("order_todo_key"))
        self._sign(release, self.finance)
        self.assertEqual((release.state, release.review_state), ("shipped", "approved"))
        self.assertFalse(release.is_paper_missing)
        self.assertFalse(release._get_form_watermark())
        self.assertLessEqual({"emergency", "submitted"}, {*self._find_codes(release)})

    def test_under_review_already(self):
        """[SHP-1] finance was asked and has not answered: the review goes on."""
        order = self._shipping_order()
        release = self._draft(order)
        self._rpc(self.salesman, release, "action_request")
        self._rescue(release)
        self.assertEqual((release.state, release.review_state), ("released", "running"))
        self._ship(order, 2)
        self._sign(release, self.finance)
        self.assertEqual(release.state, "released")
        self.assertFalse(release.is_paper_missing)
        self._ship(order)

    def test_declined_afterwards(self):
        order = self._shipping_order()
        release = self._draft(order)
        self._rescue(release)
        self._ship(order, 2)
        self._rpc(self.salesman, release, "action_request")
        self._sign(release, self.finance, decision="decline", opinion="He owes")
        self.assertEqual(
            (release.state, release.review_state), ("released", "declined")
        )
        todos = release.activity_ids.filtered(lambda a: "refuses" in a.summary)
        self.assertEqual(todos.user_id, self.rescuer | self.supervisor)
        self.assertStays(
            lambda: self._ship(order, 1), SAID, "Finance agrees to the emergency"
        )
        # the money came: asked again
        self._rpc(self.salesman, release, "action_review_submit")
        self._sign(release, self.finance)
        self.assertFalse(release.emergency_refused_on or release.is_paper_missing)
        self._ship(order)
        self.assertEqual(order.order_line.qty_delivered, 5)

    def test_withdrawn_the_papers_are_missing_again(self):
        release = self._draft(self._shipping_order())
        self._rescue(release)
        self._rpc(self.salesman, release, "action_request")
        release.review_id.with_user(self.salesman).action_withdraw("Wrong remark")
        self.assertEqual(release.state, "released")
        self.assertTrue(release.is_paper_missing)
        self.assertTrue(release._find_todos("shipping.papers"))

    def test_the_time_limit(self):
        """[SHP-1] [SLA-1] made up within one working day."""
        rule = self.env.ref("order_process_cn.order_time_limit_shipping_emergency")
        rule.active = True
        release = self._draft(self._shipping_order())
        self._rescue(release)
        self._end_of_transaction()
        run = self.env["order.time.limit.run"].search(
            [("res_model", "=", release._name), ("res_id", "=", release.id)]
        )
        self.assertEqual((run.rule_id, run.user_id), (rule, self.salesman))
        self._rpc(self.salesman, release, "action_request")
        self._end_of_transaction()
        self.assertTrue(run.stopped_at)
