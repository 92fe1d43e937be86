from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ..changes.changes_common import ChangesCommon


@tagged("post_install", "-at_install")
class TestProjects(ChangesCommon):
    """[P13] projects: planned in steps, remade with each change, completed, evaluated,
    filed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls._user(
            "project_manager", "base.group_user,order_process_cn.order_group_submitter"
        )
        cls.engineer, cls.producer = cls.signers["engineering"], cls.signers["quality"]
        pattern = {"department_id": cls.departments["engineering"].id}
        other = {"department_id": cls.departments["quality"].id}
        cls.order_type.write(
            {
                "asks_project_plan": True,
                "project_manager_id": cls.manager.id,
                "project_pattern_ids": [
                    Command.create({"name": "Design", "days": 10, **pattern}),
                    Command.create({"name": "Check", "days": 5, **other}),
                ],
            }
        )

    def _plan(self, order=None):
        """Return the plan that was proposed with an order, and that order."""
        order = order or self._signed()
        return order.project_plan_ids, order

    def _begun(self, order=None):
        plan, order = self._plan(order)
        plan.with_user(self.manager).goal = "A pump station that runs"
        self._rpc(self.manager, plan, "action_begin")
        return plan, order

    def _todos(self, document, user):
        return document.sudo().activity_ids.filtered(lambda t: t.user_id == user)

    def _do(self, steps, user=None):
        for step in steps:
            self._rpc(user or step.responsible_id, step, "action_done")

    def test_proposed_begun_and_done(self):
        """[P13 二] with the confirmation the usual steps are proposed, once; everything
        missing is said at once; in force, those who answer for a step are told, say
        when it is done, and why it slipped; nobody changes the plan itself."""
        plan, order = self._plan()
        self.assertEqual(len(plan), 1)
        self.assertEqual(plan.manager_id, self.manager)
        self.assertTrue(self._todos(plan, self.manager))
        design, check = plan.step_ids
        self.assertEqual(design.responsible_id, self.engineer)
        today = self.company._calendar_day(fields.Datetime.now())
        self.assertEqual(design.date_begin, today)
        self.assertEqual(check.date_begin, fields.Date.add(design.date_end, days=1))
        own = plan.with_user(self.manager)
        check.responsible_id = False
        with self.assertRaises(UserError) as caught:
            self._rpc(self.manager, plan, "action_begin")
        for words in ("goal", "Check: say who"):
            self.assertIn(words, str(caught.exception))
        self._rpc(
            self.manager,
            plan,
            "write",
            {
                "goal": "It runs",
                "step_ids": [
                    Command.update(check.id, {"responsible_id": self.producer.id})
                ],
            },
        )
        with self.assertRaisesRegex(AccessError, "drawn up by"):
            self._rpc(self.engineer, plan, "action_begin")
        with self.assertRaisesRegex(AccessError, "drawn up by"):
            self._rpc(self.engineer, plan, "write", {"manager_id": self.engineer.id})
        self._rpc(self.manager, plan, "action_begin")
        self.assertEqual(plan.state, "in_force")
        self.assertFalse(self._todos(plan, self.manager))
        todo = self._todos(plan, self.engineer)
        self.assertEqual(todo.date_deadline, design.date_end)
        for refused in (
            lambda: own.write({"goal": "Another"}),
            lambda: own.step_ids[0].write({"date_end": "2031-01-01"}),
            lambda: own.write({"step_ids": [Command.create({"name": "More"})]}),
            lambda: own.step_ids[0].unlink(),
        ):
            with self.assertRaises(UserError), self.cr.savepoint():
                refused()
        for values in ({"done_on": today}, {"plan_id": plan.id}):
            with self.assertRaises(UserError), self.cr.savepoint():
                self._rpc(self.engineer, design, "write", values)
        with self.assertRaises(AccessError):
            self._rpc(self.engineer, plan, "write", {"state": "ended"})
        # a step that slips: seen on the order, in its list, by whoever answers for it
        design.date_begin = design.date_end = fields.Date.subtract(today, days=3)
        order.invalidate_recordset()
        self.assertEqual(design.deviation_days, 3)
        self.assertIn("Design", order.project_slipped)
        found = self.env["sale.order"].search(
            [("project_plan_ids.step_ids.is_late", "=", True), ("id", "=", order.id)]
        )
        self.assertEqual(found, order)
        with self.assertRaisesRegex(UserError, "say why"):
            self._do(design)
        with self.assertRaisesRegex(AccessError, "says how it goes"):
            self._rpc(self.engineer, check, "action_done")
        self._rpc(
            self.engineer,
            plan,
            "write",
            {"step_ids": [Command.update(design.id, {"cause": "Castings late"})]},
        )
        self._do(design)
        self.assertEqual((design.done_on, design.done_by_id), (today, self.engineer))
        self.assertFalse(self._todos(plan, self.engineer))
        with self.assertRaisesRegex(UserError, "done already"):
            self._do(design)
        self._do(check)
        self.assertTrue(self._todos(plan, self.manager))  # complete it
        with Form(plan.with_user(self.manager)) as form:
            self.assertEqual(form.steps_done, "2 / 2")

    def test_remade_with_a_change(self):
        """[CHG-1] [P13 三 2] a change asks whoever drew the plan up for the next
        version; the one in force stays until it is replaced, what is done stays
        done. Who cancels the order ends its plan."""
        plan, order = self._begun()
        self._do(plan.step_ids[0])
        change = self._change(order, line={"quantity": 3})
        effect = change.sudo().effect_ids.filtered(lambda e: e.act == "remake")
        self.assertEqual((effect.res_id, effect.user_id), (plan.id, self.manager))
        self._agree(change, "planning")
        self.assertEqual(change.state, "applied")
        effect = change.sudo().effect_ids.filtered(lambda e: e.act == "remake")
        self.assertEqual(effect.result, "left")
        self.assertTrue(self._todos(change, self.manager))
        self.assertEqual(plan.state, "in_force")
        action = self._rpc(self.manager, plan, "action_remake")
        version = plan.browse(action["res_id"])
        again = self._rpc(self.manager, plan, "action_remake")
        self.assertEqual(again["res_id"], version.id)
        self.assertEqual((version.run, version.state), (2, "draft"))
        self.assertEqual(version.step_ids[0].done_on, plan.step_ids[0].done_on)
        self.assertEqual(plan.state, "in_force")
        self._rpc(self.manager, version, "action_begin")
        self.assertEqual((plan.state, version.state), ("replaced", "in_force"))
        self.assertEqual(effect.result, "done")
        self.assertFalse(self._todos(change, self.manager))
        self.assertFalse(self._todos(plan, self.producer))
        with self.assertRaisesRegex(UserError, "in force"):
            self._rpc(self.producer, plan.step_ids[1], "action_done")
        order.sudo()._action_cancel()
        self.assertEqual(version.state, "cancel")
        self.assertFalse(self._todos(version, self.producer))

    def test_reviewed(self):
        """[P13 二] where a route reviews plans, the last signature puts one in force;
        the end of the review takes it back."""
        self._make_route(
            [self._stage("Plan", "production")],
            name="Plans",
            res_model="order.project.plan",
        )
        plan, _order = self._plan()
        with self.assertRaises(UserError):
            self._rpc(self.manager, plan, "action_review_submit")
        plan.with_user(self.manager).goal = "It runs"
        with self.assertRaisesRegex(UserError, "review"):
            self._rpc(self.manager, plan, "action_begin")
        self._rpc(self.manager, plan, "action_review_submit")
        self._sign(plan, "production")
        self.assertEqual(plan.state, "in_force")
        plan.sudo().review_id.with_user(self.administrator).action_terminate("Wrong")
        self.assertEqual(plan.state, "draft")

    def test_completed_evaluated_filed(self):
        """[P13 四] [P13 五] [AFS-4] completed when every step is done, everything is
        delivered and the customer was asked; those who took part evaluate, each for
        himself; then sales meets on what should be better, and the papers may be
        filed."""
        plan, order = self._begun()
        action = self._rpc(self.manager, plan, "action_complete")
        completion = self.env["order.project.completion"].browse(action["res_id"])
        again = self._rpc(self.manager, plan, "action_complete")
        self.assertEqual(again["res_id"], completion.id)
        self.assertIn("Every step", str(completion.order_checklist))  # on its page
        with self.assertRaises(UserError) as caught:
            self._rpc(self.manager, completion, "action_complete")
        for words in ("Every step", "Everything delivered", "Handed to the customer"):
            self.assertIn(words, str(caught.exception))
        with self.assertRaises(UserError), self.cr.savepoint():
            completion.state = "completed"  # on no road
        self._do(plan.step_ids)
        order.picking_ids.move_ids.picked = True
        order.picking_ids._action_done()
        said = {"customer_opinion": "Runs well", "customer_verdict": "satisfied"}
        today = self.company._calendar_day(fields.Datetime.now())
        said["handed_over_on"] = fields.Date.add(today, days=1)
        self._rpc(self.manager, completion, "write", said)
        words = "Handed to the customer"
        with self.assertRaisesRegex(UserError, words), self.cr.savepoint():
            self._rpc(self.manager, completion, "action_complete")
        said["handed_over_on"] = today
        with self.assertRaises(AccessError):
            self._rpc(self.engineer, completion, "write", said)
        self._rpc(self.manager, completion, "write", said)
        self._rpc(self.manager, completion, "action_complete")
        self.assertEqual((completion.state, plan.state), ("completed", "ended"))
        people = self.manager | self.engineer | self.producer | self.salesman
        self.assertEqual(completion.evaluation_ids.user_id, people)
        rows = {row.user_id: row for row in completion.evaluation_ids}
        with self.assertRaisesRegex(AccessError, "Only"):
            self._rpc(
                self.engineer, rows[self.manager], "write", {"shortcomings": "All"}
            )
        with self.assertRaisesRegex(UserError, "score"):
            self._rpc(self.engineer, rows[self.engineer], "action_evaluate")
        with self.assertRaisesRegex(UserError, "Nobody has evaluated"):
            self._rpc(self.salesman, completion, "action_close_evaluation")
        with self.cr.savepoint() as undone:
            # [K2] everybody has left: the papers of the order wait for nobody
            people.active = False
            self._rpc(self.supervisor, completion, "action_close_evaluation")
            self.assertEqual(completion.state, "evaluated")
            undone.rollback()
        self.env.registry.clear_all_caches()
        self.env.invalidate_all()
        words = {"score": "3", "shortcomings": "Castings came late"}
        self._rpc(self.engineer, rows[self.engineer], "write", words)
        with self.assertRaisesRegex(UserError, "should be better"):
            self._rpc(self.engineer, rows[self.engineer], "action_evaluate")
        waiting = [("evaluation_ids.user_id", "=", self.engineer.id)]
        self.assertIn(completion, completion.search(waiting))
        self._rpc(
            self.engineer,
            completion,
            "write",
            {
                "evaluation_ids": [
                    Command.update(
                        rows[self.engineer].id, {"suggestion": "Order earlier"}
                    )
                ]
            },
        )
        self._rpc(self.engineer, rows[self.engineer], "action_evaluate")
        with self.assertRaisesRegex(UserError, "stays as it is"):
            self._rpc(self.engineer, rows[self.engineer], "write", {"score": "5"})
        with self.assertRaises(UserError) as caught:
            self._rpc(self.supervisor, order, "action_archive_papers")
        self.assertIn("Project completed and evaluated", str(caught.exception))
        for user in (self.manager, self.producer, self.salesman):
            self._rpc(user, rows[user], "write", {"score": "5"})
            self._rpc(user, rows[user], "action_evaluate")
        self.assertEqual(completion.state, "evaluated")
        self.assertEqual(completion.average_score, 4.5)
        meeting = self.env["order.meeting"].search([("order_ids", "=", order.id)])
        self.assertIn("Order earlier", meeting.process)
        self.assertEqual(meeting.chair_id, self.signers["sales"])
        with self.assertRaises(UserError) as caught:
            self._rpc(self.supervisor, order, "action_archive_papers")
        self.assertNotIn("Project completed", str(caught.exception))

    def test_others_are_left_alone(self):
        """[P13] orders of other types have no plan, and cost no query for it."""
        self.order_type.asks_project_plan = False
        order = self._signed()
        self.assertFalse(order.project_plan_ids)
        self._begin()
        order.read(["order_type_id"])
        with self.assertQueryCount(0):
            self.assertFalse(order.has_project)
            self.assertFalse(order.project_slipped)
        with self.assertRaisesRegex(UserError, "no confirmed order"):
            self.env["order.project.plan"].with_user(self.supervisor).action_draw_up(
                order.id
            )
