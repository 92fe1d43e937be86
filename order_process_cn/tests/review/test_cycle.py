from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import DEPARTMENTS, OrderCommon


@tagged("post_install", "-at_install")
class TestReviewCycle(OrderCommon):
    def test_from_submission_to_confirmation(self):
        """[REV-1] [CSN-1] [REV-6] check, countersign by five, then confirm."""
        order = self._submit()
        self.assertEqual(order.review_state, "running")
        self.assertEqual(order.order_type_id, self.order_type)
        self.assertEqual(self._states(order)["Sales"], "open")
        self.assertEqual(self._states(order)["Engineering"], "waiting")
        with self.assertRaisesRegex(UserError, "Approved review"):
            order.action_confirm()
        self._sign(order, "sales")
        self.assertEqual(self._states(order)["Sales"], "agreed")
        self.assertEqual(
            {self._states(order)[d] for d in self._states(order) if d != "Sales"},
            {"open"},
        )
        self._sign(order, *DEPARTMENTS)
        self.assertEqual(order.review_state, "approved")
        order.action_confirm()
        self.assertEqual(order.state, "sale")
        signed = order.sudo().review_id.task_ids.mapped("decided_by_id")
        self.assertEqual(signed, self.supervisor | self._users(DEPARTMENTS))

    def test_declined_corrected_resubmitted(self):
        """[REV-4] [REV-7] a refusal goes back with its reason; rounds are kept."""
        order = self._submit()
        self._sign(order, "sales", decision="decline", opinion="Price below the list")
        self.assertEqual(order.review_state, "declined")
        self.assertFalse(order.with_user(self.supervisor)._my_open_tasks())
        order.write({"written_confirmation": True})
        order.order_line.price_unit = 120
        self._submit(order)
        self.assertEqual(order.review_state, "running")
        self._sign(order, "sales", *DEPARTMENTS)
        review = order.sudo().review_id
        self.assertEqual((review.round, review.state), (2, "approved"))
        refusal = review.signature_ids.filtered(lambda r: r.act == "decline")
        self.assertEqual(refusal.opinion, "Price below the list")
        self.assertEqual(refusal.round, 1)
        self.assertFalse(review._find_tampering())

    def test_refusal_needs_a_reason(self):
        """[REV-3] nobody declines without saying why."""
        order = self._submit()
        with self.assertRaisesRegex(UserError, "Give your opinion"):
            self._sign(order, "sales", decision="decline")
        self.assertEqual(self._states(order)["Sales"], "open")

    def test_conditions_are_stated(self):
        """[REV-3] agreeing with conditions means naming them."""
        order = self._submit()
        with self.assertRaisesRegex(UserError, "State the conditions"):
            self._sign(order, "sales", decision="conditional")
        self._sign(order, "sales", decision="conditional", conditions="A week later")
        task = order.sudo().review_id.task_ids.filtered("signature_id")
        self.assertEqual(
            (task.decision, task.conditions), ("conditional", "A week later")
        )

    def test_any_one_signs(self):
        """[CSN-1] in a stage of mode any, the first decides and the others close."""
        self.route.stage_ids[1].mode = "any"
        order = self._submit()
        self._sign(order, "sales", "quality")
        self.assertEqual(order.review_state, "approved")
        states = self._states(order)
        self.assertEqual(states["Quality"], "agreed")
        self.assertEqual(states["Engineering"], "closed")
        self.assertFalse(order.with_user(self.signers["engineering"])._my_open_tasks())

    def test_nothing_without_a_route(self):
        """[CLS-4] an order whose type has no route behaves as in plain Odoo."""
        self.route.active = False
        order = self._order()
        self.assertFalse(order.needs_review)
        order.action_confirm()
        self.assertEqual(order.state, "sale")
        self.assertFalse(order.review_id)

    def test_two_orders_in_one_act(self):
        """[CSN-6] submitting and signing work on many orders at once."""
        orders = self._order() + self._order()
        orders.with_user(self.salesman).action_review_submit()
        tasks = orders.with_user(self.supervisor)._my_open_tasks()
        self.assertEqual(len(tasks), 2)
        seen = {str(r.id): r.digest for r in orders.sudo().review_id}
        tasks.action_sign("agree", seen)
        self.assertEqual(
            orders.sudo().review_id.task_ids.filtered("signature_id").mapped("name"),
            ["Sales", "Sales"],
        )

    def test_form_and_preview_in_every_state(self):
        """[REV-1] the form draws stages and names before and during the review."""
        order = self._order()
        panel = order.with_user(self.salesman).review_panel
        self.assertEqual(panel["state"], "preview")
        self.assertEqual([s["name"] for s in panel["stages"]], ["Check", "Countersign"])
        self.assertIn(self.signers["quality"].name, str(panel))
        self._submit(order)
        for user in (self.salesman, self.supervisor, self.signers["quality"]):
            order.invalidate_recordset()
            panel = order.with_user(user).review_panel
            self.assertEqual(panel["stages"][0]["seats"][0]["state"], "open")
            self.assertEqual(
                panel["stages"][0]["seats"][0]["mine"], user == self.supervisor
            )

    def test_nothing_to_do_on_what_was_confirmed_before(self):
        """[REV-1] an order confirmed before there was a route is not asked for one."""
        self.route.active = False
        order = self._order(wanted_date=False)
        order.action_confirm()
        self.route.active = True
        order.invalidate_recordset()
        order = order.with_user(self.salesman)
        self.assertFalse(order.review_panel)
        self.assertFalse(order.review_can_submit)
        self.assertFalse(order.entry_gaps)
        with self.assertRaisesRegex(UserError, "confirmed or cancelled"):
            order.action_review_submit()

    def _users(self, names):
        return self.env["res.users"].concat(*(self.signers[name] for name in names))
