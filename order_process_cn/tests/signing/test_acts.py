from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from ..common import DEPARTMENTS, OrderCommon


@tagged("post_install", "-at_install")
class TestActs(OrderCommon):
    """[CSN-3] what a signer and a submitter can do besides signing."""

    def _make_scene(self):
        self.order = self._submit()
        self.review = self.order.sudo().review_id

    def _task(self, name):
        user = self.signers[name] if isinstance(name, str) else name
        return self.order.with_user(user)._my_open_tasks()

    def _acts(self):
        return self.review.signature_ids.sorted("number").mapped("act")

    # -- return ---------------------------------------------------------------------

    def test_nothing_to_sign(self):
        """[REV-3] an act on no seat at all writes nothing, and is no error."""
        tasks = self.env["order.review.task"].with_user(self.signers["quality"])
        records = self.env["order.review.signature"].sudo()
        before = records.search_count([])
        self.assertTrue(tasks.action_sign("agree", "0"))
        self.assertEqual(records.search_count([]), before)

    def test_return_to_submitter_and_go_on(self):
        """The stage says that it goes on where it was returned from."""
        self.review.plan = self._plan(resume="continue")
        self._sign(self.order, "sales", "engineering")
        self._task("quality").action_return(False, "Drawing missing")
        self.assertEqual(self.order.review_state, "declined")
        self._submit(self.order)
        self.assertEqual(self._states(self.order)["Engineering"], "agreed")
        self.assertEqual(self._states(self.order)["Quality"], "open")

    def test_return_to_submitter_and_run_again(self):
        self._sign(self.order, "sales", "engineering")
        self._task("quality").action_return(False, "Drawing missing")
        self._submit(self.order)
        self.assertEqual(self._states(self.order)["Sales"], "open")
        self.assertEqual(self._states(self.order)["Engineering"], "waiting")

    def test_return_to_an_earlier_stage(self):
        self._sign(self.order, "sales", "engineering")
        with self.assertRaisesRegex(UserError, "Give a reason"):
            self._task("quality").action_return(0, "")
        self._task("quality").action_return(0, "Check the price again")
        self.assertEqual(self._states(self.order)["Sales"], "open")
        self.assertEqual(self._states(self.order)["Quality"], "waiting")
        self._sign(self.order, "sales", *DEPARTMENTS)
        self.assertEqual(self.order.review_state, "approved")

    def test_returned_stage_is_not_passed_by_the_same_person(self):
        self.review.plan = {**self.review.plan, "repeat_policy": "once"}
        self._sign(self.order, "sales")
        self._task("quality").action_return(0, "Check again")
        self.assertEqual(self._states(self.order)["Sales"], "open")

    def _plan(self, **changes):
        plan = self.review.plan
        for stage in plan["stages"]:
            stage.update(changes)
        return plan

    # -- transfer, add, remove ------------------------------------------------------

    def test_transfer(self):
        self._sign(self.order, "sales")
        quality = self.signers["quality"]
        self._task("quality").action_transfer(self.clerk.id, "On the road")
        self.assertFalse(self._task("quality"))
        self.assertTrue(self._task(self.clerk))
        self._sign(self.order, self.clerk)
        record = self.review.signature_ids.filtered(lambda r: r.act == "transfer")
        self.assertEqual(record.user_id, quality)
        self.assertEqual(record.details["to"], self.clerk.id)

    def test_transfer_to_the_submitter_is_refused(self):
        """[CSN-5] the submitter cannot get his own order to sign."""
        self._sign(self.order, "sales")
        with self.assertRaisesRegex(UserError, "cannot sign"):
            self._task("quality").action_transfer(self.salesman.id)

    def test_add_before(self):
        self._sign(self.order, "sales")
        self._task("quality").action_add_signers([self.clerk.id], "before")
        self.assertFalse(self._task("quality"))
        self._sign(self.order, self.clerk)
        self.assertTrue(self._task("quality"))

    def test_add_beside_and_remove(self):
        self._sign(self.order, "sales")
        self._task("quality").action_add_signers([self.clerk.id], "beside")
        added = self._task(self.clerk)
        with self.assertRaisesRegex(UserError, "added yourself"):
            added.with_user(self.salesman).action_remove_signers()
        self._sign(self.order, *DEPARTMENTS)
        self.assertEqual(self.order.review_state, "running")
        added.with_user(self.signers["quality"]).action_remove_signers("Not needed")
        self.assertEqual(self.order.review_state, "approved")

    def test_add_after(self):
        self._sign(self.order, "sales")
        self._task("quality").action_add_signers([self.clerk.id], "after")
        self.assertFalse(self._task(self.clerk))
        self._sign(self.order, *DEPARTMENTS)
        self.assertEqual(self.order.review_state, "running")
        self._sign(self.order, self.clerk)
        self.assertEqual(self.order.review_state, "approved")

    # -- taking back, withdrawing ---------------------------------------------------

    def test_take_back(self):
        self._sign(self.order, "sales")
        mine = self.review.task_ids.filtered(lambda t: t.name == "Sales")
        mine.with_user(self.supervisor).action_take_back("Wrong order")
        self.assertEqual(self._states(self.order)["Sales"], "open")
        self.assertEqual(self._states(self.order)["Quality"], "waiting")
        self._sign(self.order, "sales", "quality")
        with self.assertRaisesRegex(UserError, "acted on your agreement"):
            mine.with_user(self.supervisor).action_take_back()

    def test_take_back_of_the_last_signature(self):
        self._sign(self.order, "sales", *DEPARTMENTS)
        mine = self.review.task_ids.filtered(lambda t: t.name == "Production")
        mine.with_user(self.signers["production"]).action_take_back()
        self.assertEqual(self.order.review_state, "running")
        self._sign(self.order, "production")
        self.order.action_confirm()
        with self.assertRaisesRegex(UserError, "acted on your agreement"):
            mine.with_user(self.signers["production"]).action_take_back()

    def test_withdraw(self):
        review = self.review.with_user(self.salesman)
        with self.assertRaisesRegex(UserError, "Only the submitter"):
            self.review.with_user(self.supervisor).action_withdraw("No")
        self._sign(self.order, "sales")
        with self.assertRaisesRegex(UserError, "give a reason"):
            review.action_withdraw()
        review.action_withdraw("Customer asked to wait")
        self.assertEqual(self.order.review_state, "withdrawn")
        self._submit(self.order)
        self.assertEqual(self.order.sudo().review_id.round, 2)

    def test_terminate(self):
        with self.assertRaises(AccessError):
            self.review.with_user(self.supervisor).action_terminate("Because")
        review = self.review.with_user(self.administrator)
        with self.assertRaisesRegex(UserError, "Give a reason"):
            review.action_terminate("")
        review.action_terminate("Entered twice")
        self.assertEqual(self.order.review_state, "terminated")
        with self.assertRaisesRegex(UserError, "not submitted"):
            self.order.action_confirm()

    # -- urging, telling ------------------------------------------------------------

    def test_urge_with_a_gap(self):
        review = self.review.with_user(self.salesman)
        review.action_urge("Please")
        told = (
            self.env["mail.message"]
            .search([("model", "=", "sale.order"), ("res_id", "=", self.order.id)])
            .filtered(lambda m: self.supervisor.partner_id in m.notified_partner_ids)
        )
        self.assertEqual(len(told), 1)
        with self.assertRaisesRegex(UserError, "Wait 30 minutes"):
            review.action_urge("Please!")
        with freeze_time(fields.Datetime.now() + timedelta(minutes=31)):
            review.action_urge("Please?")
        self.assertEqual(self._acts().count("urge"), 2)

    def test_copy_and_comment(self):
        followers = self.order.message_follower_ids
        self.review.with_user(self.salesman).action_copy_to(self.gm.ids, "Have a look")
        self.review.with_user(self.salesman).action_comment("Customer called")
        self.assertEqual(self._acts()[-2:], ["copy", "comment"])
        self.assertEqual(self.order.message_follower_ids, followers)

    # -- delegation -----------------------------------------------------------------

    def test_delegation_for_an_absence(self):
        """Principal and actor are both recorded, and only within the dates."""
        today = fields.Date.today()
        supervisor = self.supervisor
        self.env["order.delegation"].with_user(supervisor).create(
            {
                "principal_id": supervisor.id,
                "actor_id": self.clerk.id,
                "date_from": today - timedelta(days=1),
                "date_to": today + timedelta(days=1),
            }
        )
        self._sign(self.order, self.clerk)
        record = self.review.signature_ids[-1]
        self.assertEqual(
            (record.user_id, record.principal_id), (self.clerk, supervisor)
        )
        task = self.review.task_ids.filtered("signature_id")
        self.assertEqual(task.decided_by_id, supervisor)

    def test_delegation_is_over(self):
        today = fields.Date.today()
        self.env["order.delegation"].create(
            {
                "principal_id": self.supervisor.id,
                "actor_id": self.clerk.id,
                "date_from": today - timedelta(days=9),
                "date_to": today - timedelta(days=2),
            }
        )
        self.assertFalse(self._task(self.clerk))

    def test_delegation_is_given_by_the_absent_person_only(self):
        with self.assertRaises(AccessError):
            self.env["order.delegation"].with_user(self.clerk).create(
                {
                    "principal_id": self.supervisor.id,
                    "actor_id": self.clerk.id,
                    "date_to": fields.Date.today(),
                }
            )

    def test_submitter_cannot_sign_by_delegation(self):
        """[CSN-5] not in his own name and not in another's."""
        self.env["order.delegation"].create(
            {
                "principal_id": self.supervisor.id,
                "actor_id": self.salesman.id,
                "date_to": fields.Date.today() + timedelta(days=1),
            }
        )
        self.assertFalse(self._task(self.salesman))

    # -- paper ----------------------------------------------------------------------

    def _evidence(self):
        return (
            self.env["ir.attachment"]
            .with_user(self.clerk)
            .create({"name": "scan.png", "raw": b"scan"})
        )

    def test_registered_on_paper(self):
        """[CSN-4] needs evidence; the record says who registered it."""
        task = self.review.task_ids.filtered(lambda t: t.state == "open")
        by_clerk = task.with_user(self.clerk)
        with self.assertRaisesRegex(UserError, "evidence"):
            by_clerk.action_register("agree", self.supervisor.id, "paper", [])
        with self.assertRaisesRegex(UserError, "not yours"):
            by_clerk.action_register("agree", self.gm.id, "paper", self._evidence().ids)
        with self.assertRaises(AccessError):
            task.with_user(self.signers["quality"]).action_register(
                "agree", self.supervisor.id, "paper", self._evidence().ids
            )
        by_clerk.action_register(
            "agree", self.supervisor.id, "paper", self._evidence().ids
        )
        record = task.signature_id
        self.assertEqual(record.principal_id, self.supervisor)
        self.assertEqual(record.user_id, self.clerk)
        self.assertTrue(record.details["evidence"][0])
        self.assertEqual(self._states(self.order)["Quality"], "open")

    def test_contested(self):
        """[CSN-4] the one named contests it: it counts no more."""
        task = self.review.task_ids.filtered(lambda t: t.state == "open")
        task.with_user(self.clerk).action_register(
            "agree", self.supervisor.id, "chat", self._evidence().ids
        )
        with self.assertRaisesRegex(UserError, "in your name"):
            task.with_user(self.salesman).action_contest("Never")
        task.with_user(self.supervisor).action_contest("I never wrote that")
        self.assertEqual(self._states(self.order)["Sales"], "open")
        self.assertEqual(self._states(self.order)["Quality"], "waiting")
        self.assertEqual(self._acts()[-2:], ["agree", "contest"])

    # -- people who leave -----------------------------------------------------------

    def test_leaver(self):
        """Archived users are no candidates; their seats go over in one act."""
        self._sign(self.order, "sales")
        self._task("quality").action_transfer(self.clerk.id)
        self.clerk.active = False
        with self.assertRaises(AccessError):
            self.review.with_user(self.supervisor).action_hand_over(
                self.clerk.id, self.gm.id
            )
        count = self.review.with_user(self.administrator).action_hand_over(
            self.clerk.id, self.gm.id
        )
        self.assertEqual(count, 1)
        self._sign(self.order, self.gm)

    def test_archived_member_is_no_candidate(self):
        """[CSN-5] a department whose only member left is an error at submission."""
        self.signers["quality"].active = False
        with self.assertRaisesRegex(UserError, "nobody can sign “Quality”"):
            self._submit(self._order())

    def test_new_colleague_signs_today(self):
        self._sign(self.order, "sales")
        self.assertFalse(self._task(self.gm))
        self.departments["quality"].member_ids = [Command.link(self.gm.id)]
        self.assertTrue(self._task(self.gm))
