from datetime import date

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .schedule_common import FIRST, SECOND, ScheduleCommon

WEEK = date(2030, 11, 25)  # the Monday before the first part


@tagged("post_install", "-at_install")
class TestShipmentPlan(ScheduleCommon):
    """[PLN-4] [PLN-6] 出货计划 (F33): made by sales, received by PMC and by
    the warehouse."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.route.active = False
        cls.planner = cls.signers["planning"]

    def _plan(self, user=None, **values):
        return (
            self.env["order.shipment.plan"]
            .with_user(user or self.salesman)
            .create({"date_from": WEEK, **values})
        )

    def _confirmed(self, *parts, **values):
        order = self._scheduled(*parts, **values)
        order.action_confirm()
        return order

    def _get_lines(self, plan):
        return [
            (line.date, line.order_line_id.order_id.name, line.quantity)
            for line in plan.line_ids
        ]

    def test_days(self):
        plan = self._plan()
        self.assertEqual(plan.date_to, date(2030, 12, 1))
        self.assertEqual(self._plan(kind="day").date_to, WEEK)
        supply = self._plan(kind="supply", date_to=SECOND)
        self.assertEqual(supply.date_to, SECOND)
        with self.assertRaises(UserError):
            self._plan(kind="supply", date_to=date(2030, 1, 1))
        with Form(self.env["order.shipment.plan"].with_user(self.salesman)) as form:
            self.assertEqual(form.date_from.weekday(), 0)
            self.assertEqual(form.date_to.weekday(), 6)

    def test_filled_with_what_is_open(self):
        order = self._confirmed()
        whole = self._order(quantity=4, commitment_date="2030-11-26 08:00:00")
        whole.action_confirm()
        self._scheduled()  # not confirmed
        plan = self._plan()
        self._rpc(self.salesman, plan, "action_fill")
        self.assertEqual(
            self._get_lines(plan),
            [(date(2030, 11, 26), whole.name, 4), (FIRST, order.name, 3)],
        )
        self._ship(order, 3)
        self._rpc(self.salesman, plan, "action_fill")
        self.assertEqual(self._get_lines(plan), [(date(2030, 11, 26), whole.name, 4)])

    def test_what_is_late_is_due_at_once(self):
        order = self._confirmed()
        plan = self._plan(date_from=date(2030, 12, 9))
        plan.action_fill()
        self.assertEqual(
            self._get_lines(plan),
            [(date(2030, 12, 9), order.name, 3), (SECOND, order.name, 7)],
        )

    def test_a_region(self):
        self._confirmed()
        team = self.env["crm.team"].create({"name": "South"})
        south = self._confirmed(team_id=team.id)
        plan = self._plan(team_id=team.id)
        plan.action_fill()
        self.assertEqual(self._get_lines(plan), [(FIRST, south.name, 3)])
        self.assertEqual(plan.line_ids.team_name, "South")

    def test_only_what_one_sees(self):
        self._confirmed()
        stranger = self._user("stranger", "sales_team.group_sale_salesman")
        plan = self._plan(user=stranger)
        self._rpc(stranger, plan, "action_fill")
        self.assertFalse(plan.line_ids)
        line = self._confirmed().order_line
        values = {
            "plan_id": plan.id,
            "order_line_id": line.id,
            "quantity": 1,
            "date": WEEK,
        }
        with self.assertRaises(AccessError):
            self._rpc(stranger, plan.line_ids, "create", [values])

    def test_handed_over_and_received(self):
        order = self._confirmed()
        plan = self._plan()
        with self.assertRaisesRegex(UserError, "has no shipments"):
            plan.action_hand_over()
        with self.assertRaises(AccessError):
            self.env.flush_all()
            plan.with_user(self.planner).read(["date_from"])
        plan.action_fill()
        self._rpc(self.salesman, plan, "action_hand_over")
        self.assertEqual(plan.state, "handed")
        self.assertTrue(plan.handed_on)
        self.assertFalse(plan.acknowledged_on)
        # what PMC reads is no secret to it, the order is
        own = plan.with_user(self.planner)
        self.assertEqual(own.line_ids.order_name, order.name)
        with self.assertRaises(AccessError):
            self.signers["quality"].env[plan._name].with_user(
                self.signers["quality"]
            ).browse(plan.id).read(["date_from"])
        copies = self.env["order.form.issue"].search(
            [("res_model", "=", plan._name), ("res_id", "=", plan.id)]
        )
        self.assertEqual(len(copies), 3)
        keeper = self.env.ref("order_process_cn.order_department_warehouse")
        keeper.member_ids = self.stocker
        goods = copies.filtered(lambda copy: copy.department_id == keeper)
        pmc = copies.filtered("department_id") - goods
        with self.assertRaises(UserError):
            self._rpc(self.salesman, pmc, "action_acknowledge")
        self._rpc(self.planner, pmc, "action_acknowledge")
        plan.invalidate_recordset()
        self.assertFalse(plan.acknowledged_on)
        self._rpc(self.stocker, goods, "action_acknowledge")
        plan.invalidate_recordset()
        self.assertIn(self.planner.name, plan.acknowledged_by)
        self.assertIn(self.stocker.name, plan.acknowledged_by)
        self.assertTrue(plan.acknowledged_on)

    def test_handed_over_it_stays(self):
        self._confirmed()
        plan = self._plan()
        plan.action_fill()
        plan.action_hand_over()
        line = plan.line_ids
        for records, method, args in (
            (plan, "write", [{"note": "Other"}]),
            (plan, "write", [{"line_ids": [Command.clear()]}]),
            (plan, "action_fill", []),
            (plan, "action_hand_over", []),
            (plan, "unlink", []),
            (line, "write", [{"quantity": 1}]),
            (line, "unlink", []),
            (line, "copy", []),
        ):
            with self.subTest(method, on=records._name), self.assertRaises(UserError):
                self._rpc(self.salesman, records, method, *args)
        self.env.invalidate_all()
        self.assertEqual(plan.line_ids.quantity, 3)
        copy = plan.copy()
        self.assertEqual((copy.state, copy.handed_on), ("draft", False))
        self.assertFalse(copy.recipient_ids)
        self._rpc(self.salesman, plan, "action_cancel")
        self.assertEqual(plan.state, "cancel")

    def test_nobody_enters_what_follows(self):
        plan = self._plan()
        other = self._user("other_maker", "sales_team.group_sale_salesman")
        for values in (
            {"state": "handed"},
            {"handed_on": fields.Datetime.now()},
            {"user_id": other.id},
            {"recipient_ids": [Command.clear()]},
        ):
            with self.subTest(values), self.assertRaises(AccessError):
                self._rpc(self.salesman, plan, "write", values)
            with self.subTest(new=values), self.assertRaises(AccessError):
                self._rpc(self.salesman, plan.browse(), "create", [values])
        for user in (self.stocker, self.planner):
            with self.assertRaises(AccessError):
                self._rpc(user, plan, "action_hand_over")

    def test_done_is_what_left_in_those_days(self):
        order = self._confirmed((3, FIRST), (7, FIRST))
        today = self.company._calendar_day(fields.Datetime.now())
        plan = self._plan(kind="supply", date_from=today, date_to=FIRST)
        plan.action_fill()
        self.assertEqual(plan.line_ids.mapped("quantity"), [3, 7])
        self.assertEqual(plan.line_ids.mapped("done_qty"), [0, 0])
        self._ship(order, 5)
        plan.line_ids.invalidate_recordset(["done_qty"])
        self.assertEqual(plan.line_ids.mapped("done_qty"), [3, 2])
        later = self._plan(date_from=WEEK)
        later.line_ids = [
            Command.create(
                {"order_line_id": order.order_line.id, "quantity": 5, "date": WEEK}
            )
        ]
        self.assertEqual(later.line_ids.done_qty, 0)

    def test_an_order_knows_that_it_is_planned(self):
        """[SLA-1] the limit “24 hours after the review” ends here."""
        self.route.active = True
        order = self._approve(self._scheduled())
        order.action_confirm()
        plan = self._plan()
        plan.action_fill()
        plan.action_hand_over()
        self._end_of_transaction()
        events = self.env["order.event"].search(
            [("res_model", "=", "sale.order"), ("res_id", "=", order.id)]
        )
        self.assertIn("shipment_planned", events.mapped("code"))
