from datetime import datetime, timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..workshop.workshop_common import WorkshopCommon

BEGIN = datetime(2030, 12, 2, 1)
END = datetime(2030, 12, 3, 9)


@tagged("post_install", "-at_install")
class TestProductionPlan(WorkshopCommon):
    """[MFG-4] 生产计划单 (F06): six copies, dates to the production orders, revised
    when something changed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._urgent_order()
        cls.copies = [
            cls.departments[name]
            for name in ("production", "planning", "warehouse", "quality", "quality")
        ]

    def _to_make(self, *quantities):
        """Return production orders that begin on the first day; the last is urgent."""
        found = self.env["mrp.production"].concat(
            *(self._production(quantity) for quantity in quantities)
        )
        found.write({"date_start": BEGIN})
        found[-1:].sudo().reference_ids = [
            Command.create({"name": "SOLD", "sale_ids": [Command.set(self.order.ids)]})
        ]
        return found.with_user(self.hand).with_context({})

    def _plan(self, **values):
        plans = self.env["order.production.plan"].with_user(self.hand)
        values = {"date_from": BEGIN.date(), "date_to": END.date(), **values}
        return plans.with_context({}).create(values)

    def _issued(self, productions):
        lines = [Command.create({"production_id": p.id}) for p in productions]
        plan = self._plan(line_ids=lines)
        self._rpc(self.hand, plan, "action_issue")
        self._begin()
        return plan

    def test_issued(self):
        self.route.active = True
        reviewed = self._approve(self._order())
        reviewed.action_confirm()
        first, second, urgent = self._to_make(4, 2, 3)
        urgent.sudo().reference_ids.sale_ids = [Command.link(reviewed.id)]
        plan = self._plan()
        self.assertRegex(plan.name, r"^SJ/\d{4}/\d{5}$")
        self._rpc(self.hand, plan, "action_fill")
        self.assertEqual(plan.line_ids[0].production_id, urgent, "urgent comes first")
        self.assertEqual(plan.line_ids.production_id, urgent | first | second)
        line = plan.line_ids.filtered(lambda li: li.production_id == first)
        self.assertEqual((line.quantity, line.workcenters), (4, "Assembly"))
        self._rpc(
            self.hand,
            line,
            "write",
            {
                "date_start": BEGIN + timedelta(hours=4),
                "date_finished": END,
                "priority": "1",
            },
        )
        # filling again keeps what the planner entered, and takes off what is over
        second.action_cancel()
        self._rpc(self.hand, plan, "action_fill")
        self.assertEqual(plan.line_ids.production_id, urgent | first)
        self.assertEqual(line.date_finished, END)
        self.assertFalse(plan.recipient_ids)

        self._rpc(self.hand, plan, "action_issue")
        self._begin()
        self.assertEqual(plan.state, "issued")
        self.assertEqual(first.date_start, BEGIN + timedelta(hours=4))
        self.assertEqual((first.date_finished, first.priority), (END, "1"))
        self.assertFalse(plan.has_changes)
        self.assertTrue(plan._get_form("F06")["urgent"])
        issues = self.env["order.form.issue"].search(
            [("res_model", "=", plan._name), ("res_id", "=", plan.id)],
            order="copy_number",
        )
        self.assertEqual(issues.mapped("copy_number"), [1, 2, 3, 4, 5, 6])
        departments = [issue.department_id for issue in issues]
        self.assertEqual(
            departments, [*self.copies, self.env["order.department"]], "the file"
        )
        # those who get a copy read the plan, others do not
        for name in ("planning", "quality"):
            reader = plan.with_user(self.signers[name])
            self.assertEqual(reader.line_ids.mapped("quantity"), [3, 4])
            self.assertEqual(reader.copies_received, "0 / 5")
        with self.assertRaises(AccessError):
            plan.with_user(self.signers["engineering"]).read(["name"])
        self._rpc(self.signers["quality"], issues[3], "action_acknowledge")
        self._begin()
        self.assertEqual(plan.copies_received, "1 / 5")
        self.assertNotIn("Incoming", plan.copies_open)
        # the order knows that it is planned
        self._end_of_transaction()
        events = self.env["order.event"].search(
            [("res_model", "=", "sale.order"), ("res_id", "=", reviewed.id)]
        )
        self.assertIn("production_planned", events.mapped("code"))

    def test_revised(self):
        first, second, third = self._to_make(4, 2, 1)
        plan = self._issued(first | second | third)
        second.date_start = BEGIN + timedelta(days=3)
        third.action_cancel()
        self._begin()
        lines = plan.line_ids.sorted("quantity", reverse=True)
        self.assertEqual(lines.mapped("is_changed"), [False, True, True])
        self.assertIn("Start 2030-12-02", lines[1].change_words)
        self.assertIn("cancelled", lines[2].change_words)
        changed = [("has_changes", "=", True)]
        self.assertEqual(plan.search(changed), plan)

        action = self._rpc(self.hand, plan, "action_revise")
        again = self._rpc(self.hand, plan, "action_revise")
        self.assertEqual(action["res_id"], again["res_id"], "one at a time")
        revision = plan.browse(action["res_id"])
        self.assertEqual(revision.display_name, f"{plan.name} V1")
        self.assertEqual(revision.line_ids.production_id, first | second)
        starts = revision.line_ids.mapped("date_start")
        self.assertIn(BEGIN + timedelta(days=3), starts)
        self.assertEqual(plan.state, "issued", "until the other one is given out")
        self._rpc(self.hand, revision, "action_issue")
        self._begin()
        self.assertEqual((plan.state, revision.state), ("replaced", "issued"))
        self.assertFalse(plan.search(changed))
        copies = self.env["order.form.issue"].search_count(
            [("res_model", "=", plan._name), ("res_id", "in", [plan.id, revision.id])]
        )
        self.assertEqual(copies, 12, "everybody gets the new one")
        self.assertEqual(plan._get_form_watermark(), "Void")
        # what a later plan names is that plan's
        later = self._issued(second)
        second.date_start = BEGIN + timedelta(days=5)
        self._begin()
        self.assertEqual(plan.search(changed), later)
        self._rpc(self.hand, later, "action_close")
        self.assertEqual(plan.search(changed), revision)

    def test_what_has_begun_stays(self):
        first, second = self._to_make(4, 2)
        self._report(first.workorder_ids[:1], 1)
        plan = self._plan(
            line_ids=[
                Command.create({"production_id": p.id, "date_start": BEGIN})
                for p in (first, second)
            ]
        )
        self.assertNotIn(first.state, ("draft", "confirmed"))
        plan.line_ids[0].date_start = BEGIN + timedelta(hours=1)
        plan.line_ids[1].date_finished = BEGIN - timedelta(days=1)
        with self.assertRaises(UserError) as refused:
            self._rpc(self.hand, plan, "action_issue")
        self.assertIn(f"{first.name} has begun", str(refused.exception))
        self.assertIn(f"{second.name} ends before", str(refused.exception))
        self._begin()
        self.assertEqual(plan.state, "draft")
        with self.assertRaisesRegex(UserError, "names no production order"):
            self._rpc(self.hand, self._plan(), "action_issue")

    def test_planned_by_work_orders(self):
        """Slots of work centers are taken anew from the new start."""
        production = self._to_make(1)
        production.button_plan()
        self.assertTrue(production.is_planned)
        plan = self._plan(line_ids=[Command.create({"production_id": production.id})])
        start = BEGIN + timedelta(days=7)
        plan.line_ids.write({"date_start": start, "date_finished": start})
        self._rpc(self.hand, plan, "action_issue")
        self._begin()
        self.assertTrue(production.is_planned)
        slots = production.workorder_ids.sorted("date_start")
        self.assertGreaterEqual(slots[0].date_start, start)
        self.assertEqual(plan.line_ids.date_start, production.date_start)
        self.assertFalse(plan.has_changes)

    def test_nobody_enters_what_follows(self):
        productions = self._to_make(4, 2)
        plan = self._issued(productions[0])
        draft = self._plan(
            line_ids=[Command.create({"production_id": productions[1].id})]
        )
        closed = r"is not being made any more"
        entered = r"entered"
        lines = self.env["order.production.plan.line"]
        foreign = {"plan_id": plan.id, "production_id": productions[1].id}
        for error, pattern, records, method, args in (
            (UserError, closed, plan, "write", [{"note": "Other"}]),
            (UserError, closed, plan, "write", [{"line_ids": [Command.clear()]}]),
            (UserError, closed, plan, "action_fill", []),
            (UserError, closed, plan, "action_issue", []),
            (UserError, closed, plan, "unlink", []),
            (UserError, closed, plan.line_ids, "write", [{"remark": "x"}]),
            (UserError, closed, plan.line_ids, "unlink", []),
            (UserError, closed, lines, "create", [foreign]),
            (UserError, "given out is revised", draft, "action_revise", []),
            (AccessError, entered, draft, "write", [{"state": "issued"}]),
            (AccessError, entered, draft, "write", [{"revision": 7}]),
            (AccessError, entered, draft.browse(), "create", [{"name": "SJ/1"}]),
            (AccessError, entered, draft.line_ids, "write", [{"quantity": 9}]),
            (AccessError, entered, draft.line_ids, "write", [{"plan_id": plan.id}]),
        ):
            with self.subTest(records=records._name, method=method, args=args):
                with self.assertRaisesRegex(error, pattern), self.cr.savepoint():
                    self._rpc(self.hand, records, method, *args)
        for user in (self.storeman, self.salesman, self.signers["production"]):
            for act in ("action_issue", "action_fill", "action_cancel"):
                with self.assertRaises(AccessError), self.cr.savepoint():
                    self._rpc(user, draft, act)
        self.assertEqual((plan.line_ids.quantity, draft.state), (4, "draft"))
        self._rpc(self.hand, plan, "action_cancel")
        self.assertEqual(plan.state, "cancel")
        with self.assertRaisesRegex(UserError, "cannot become"):
            self._rpc(self.hand, plan, "action_close")
        copy = plan.copy()
        self.assertEqual((copy.state, copy.revision), ("draft", 0))
        self.assertNotEqual(copy.name, plan.name)
