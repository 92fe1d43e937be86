from datetime import date, timedelta

from psycopg2 import IntegrityError

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..workshop.workshop_common import WorkshopCommon

DAY = date(2030, 12, 2)  # a Monday


@tagged("post_install", "-at_install")
class TestShifts(WorkshopCommon):
    """[PLN-5] P20 三.1: who works which shift where; whether they are enough for a
    plan; in which shift something was reported."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.early = cls.env["order.shift"].create(
            {"name": "Early", "hour_from": 8, "hour_to": 17, "break_hours": 1}
        )
        cls.night = cls.env["order.shift"].create(
            {"name": "Night", "hour_from": 20, "hour_to": 5}
        )
        cls.fitter = cls.operator.copy({"name": "Liu"})

    def _roster(self, user=None, **values):
        values = {
            "date": DAY,
            "workcenter_id": self.workcenter.id,
            "shift_id": self.early.id,
            "operator_id": self.operator.id,
            **values,
        }
        rosters = self.env["order.shift.roster"].with_user(user or self.hand)
        return rosters.with_context({}).create(values)

    def test_hours_and_places(self):
        self.assertEqual((self.early.hours, self.night.hours), (8, 9))
        self.assertEqual(self.night.display_name, "Night 20:00–5:00")
        for values in (
            {"hour_to": 25},
            {"break_hours": 9},
            {"break_hours": -1},
        ):
            with (
                self.subTest(values),
                self.assertRaises(ValidationError),
                self.cr.savepoint(),
            ):
                self.early.write(values)
        row = self._roster()
        self.assertEqual(row.hours, 8)
        row.is_absent = True
        self.assertEqual(row.hours, 0)
        with (
            self.assertRaises(IntegrityError),
            mute_logger("odoo.sql_db"),
            self.cr.savepoint(),
        ):
            self._roster(workcenter_id=self.workcenter.copy({"name": "Paint"}).id)
        with self.assertRaisesRegex(ValidationError, "is a machine"):
            self._roster(operator_id=self.workcenter.resource_id.id)
        for user in (self.storeman, self._user("nobody", "base.group_user")):
            with self.assertRaises(AccessError), self.cr.savepoint():
                self._roster(user=user, shift_id=self.night.id)
        other = self.env["res.company"].create({"name": "Other"})
        with self.assertRaises(AccessError):
            self._roster(company_id=other.id, shift_id=self.night.id)

    def test_repeated_next_week(self):
        rows = self._roster() | self._roster(operator_id=self.fitter.id)
        rows |= self._roster(date=DAY + timedelta(days=5))  # a Saturday
        self._roster(date=DAY + timedelta(days=7))
        self.assertRaises(AccessError, self._rpc, self.storeman, rows, "action_repeat")
        action = self._rpc(self.hand, rows, "action_repeat")
        made = rows.search(action["domain"])
        self.assertEqual(made.operator_id, self.fitter, "the others are planned or off")
        self.assertEqual(made.date, DAY + timedelta(days=7))
        with self.assertRaisesRegex(UserError, "planned already"):
            self._rpc(self.hand, rows, "action_repeat")

    def test_enough_for_a_plan(self):
        """[PLN-5] hours of work against hours of people who are there; on the paper."""
        production = self._production(4)
        production.workorder_ids.write({"duration_expected": 240})
        plan = (
            self.env["order.production.plan"]
            .with_user(self.hand)
            .with_context({})
            .create(
                {
                    "date_from": DAY,
                    "line_ids": [Command.create({"production_id": production.id})],
                }
            )
        )
        self.assertFalse(plan.people_words, "nobody plans shifts here")
        first = self._roster()

        def said():
            self._begin()
            return plan.people_words

        self.assertEqual(said(), "Assembly: 12.0 h of work, people for 8.0 h")
        second = self._roster(operator_id=self.fitter.id, kind="technician")
        self.assertFalse(said())
        second.is_absent = True
        self.assertIn("people for 8.0 h", said())
        self._report(production.workorder_ids[0], 4)
        self.assertFalse(said(), "less is left")
        sheet = self.env["ir.actions.report"]._render_qweb_html(
            "order_process_cn.report_f06_production_plan", plan.ids
        )[0]
        sheet = sheet.decode()
        self.assertIn("Early 8:00–17:00", sheet)
        self.assertIn("Old Chen", sheet)
        self.assertNotIn("Liu", sheet)
        action = self._rpc(self.hand, plan, "action_view_roster")
        self.assertEqual(first.search(action["domain"]), second | first)

    def test_reported_in_a_shift(self):
        workorder = self._made(4)[0]
        today = self.company._calendar_day(fields.Datetime.now())
        day = today - timedelta(days=1)
        midnight = self.company._start_of_day(day)
        self._roster(date=day)
        self._roster(date=day - timedelta(days=1), shift_id=self.night.id)
        self._roster(date=today, operator_id=self.fitter.id)
        expected = {3: self.night, 9: self.early, 18: self.env["order.shift"]}
        for hour, shift in expected.items():
            with self.subTest(hour=hour):
                end = midnight + timedelta(hours=hour)
                report = self._report(
                    workorder,
                    1,
                    operator_id=self.operator.id,
                    started_on=end - timedelta(minutes=30),
                    finished_on=end,
                )
                self.assertEqual(report.shift_id, shift)
        self.assertFalse(self._report(workorder, 1).shift_id, "nobody was named")
        self.assertEqual(
            self.workcenter.with_user(self.hand).today_people, self.fitter.name
        )
