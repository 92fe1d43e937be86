from datetime import date
from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ...models.limits import order_time_limit_recount, order_time_limit_run_events
from .common import LimitCommon


@tagged("post_install", "-at_install")
class TestLimitCalendar(LimitCommon):
    """[SLA-1] limits follow the calendar of the company, and what becomes of it."""

    def _due_of(self, start, **values):
        limit = self._limit(**values)
        with self._clock(start):
            order = self._order()
        return self._shown(self._run(order, limit).due_at)

    def test_friday_afternoon(self):
        """[SLA-1] four working hours from Friday 15:00 end on Monday."""
        self.assertEqual(self._due_of("2026-05-22 15:00"), "Mon 05-25 10:00")

    def test_national_day_week(self):
        """[SLA-1] one working day before the holidays ends after them."""
        for day in range(1, 9):
            self._except(date(2026, 10, day))
        due = self._due_of("2026-09-30 16:00", length=1, unit="working_days")
        self.assertEqual(due, "Fri 10-09 17:00")
        due = self._due_of("2026-09-30 16:00", length=24, unit="elapsed_hours")
        self.assertEqual(due, "Thu 10-01 16:00")

    def test_make_up_saturday(self):
        """[SLA-1] a Saturday that is worked counts."""
        self._except(date(2026, 5, 23), "make_up", weekday="4")
        self.assertEqual(self._due_of("2026-05-22 15:00"), "Sat 05-23 10:00")

    def test_holiday_of_another_company(self):
        """[SLA-1] the anniversary of another company is a working day here."""
        other = self.env["res.company"].create({"name": "Elsewhere"})
        self._except(date(2026, 5, 25), company_id=other.id)
        self.assertEqual(self._due_of("2026-05-22 15:00"), "Mon 05-25 10:00")

    # -- mistakes ----------------------------------------------------------------------

    def test_hours_that_tell_nothing(self):
        """[SLA-1] empty or flexible hours: a clear error at the configuration."""
        limit = self._limit()
        with self.assertRaisesRegex(ValidationError, "no fixed attendances"):
            self.calendar.attendance_ids.unlink()
            self._end_of_transaction()
        self.env.cr.precommit.clear()
        limit.active = False
        self.calendar.attendance_ids.unlink()
        with self.assertRaisesRegex(ValidationError, "no fixed attendances"):
            limit.active = True

    def test_no_order_fails_for_it(self):
        """[SLA-1] an order comes in although the hours tell nothing any more."""
        self._limit()
        self.env.cr.execute(
            "DELETE FROM resource_calendar_attendance WHERE calendar_id = %s",
            [self.calendar.id],
        )
        self.env.invalidate_all()
        self.env.registry.clear_cache()
        logger = order_time_limit_run_events.__name__
        with self.assertLogs(logger, level="ERROR") as log:
            order = self._order()
        self.assertIn("no fixed attendances", log.output[0])
        self.assertTrue(order.id)
        self.assertFalse(self._run(order))

    def test_parts_of_days(self):
        """[SLA-1] days are whole."""
        with self.assertRaisesRegex(ValidationError, "whole number of days"):
            self._limit(length=1.5, unit="working_days")

    # -- reckoning again ---------------------------------------------------------------

    def test_new_holiday(self):
        """[SLA-1] a holiday that is entered later moves what is open, and only that."""
        self._limit()
        with self._clock("2026-05-22 15:00"):
            done, left, paused = self._order(), self._order(), self._order()
        with self._clock("2026-05-22 16:00"):
            self._submit(done)
            self._run(paused)._pause(self._at("2026-05-22 16:00"))
            self._except(date(2026, 5, 25))
            self._end_of_transaction()
            self._run_worker()
        self.assertEqual(self._shown(self._run(done).due_at), "Mon 05-25 10:00")
        run = self._run(left)
        self.assertEqual(self._shown(run.due_at), "Tue 05-26 10:00")
        self.assertEqual(run.next_check, run.due_at)
        self.assertEqual(self._run(paused).seconds_left, 3 * 3600)
        with self._clock("2026-05-22 17:30"):
            self.exceptions.search([]).unlink()
            self._end_of_transaction()
            self._run_worker()
        self.assertEqual(self._shown(run.due_at), "Mon 05-25 10:00")

    def test_whatever_changes(self):
        """[SLA-1] hours, another calendar, time off, a year: all of them move it."""
        self._limit()
        with self._clock("2026-05-22 15:00"):
            order = self._order()
            run = self._run(order)

            def reckon(expected):
                self._end_of_transaction()
                self._run_worker()
                self.assertEqual(self._shown(run.due_at), expected)

            leave = self.env["resource.calendar.leaves"].create(
                {
                    "name": "Stocktaking",
                    "calendar_id": self.calendar.id,
                    "company_id": self.company.id,
                    "date_from": self._at("2026-05-25 08:00"),
                    "date_to": self._at("2026-05-25 12:00"),
                }
            )
            reckon("Mon 05-25 15:00")
            leave.unlink()
            reckon("Mon 05-25 10:00")
            early = self.calendar.attendance_ids.filtered(
                lambda line: line.dayofweek == "0" and line.hour_from == 8
            )
            early.hour_from = 9
            reckon("Mon 05-25 11:00")
            self.company.resource_calendar_id = self._calendar(((8, 16),))
            reckon("Mon 05-25 11:00")
            self.calendar.unlink()
            year = self.env["order.calendar.year"].create({"year": 2026})
            day_off = self._except(date(2026, 5, 25))
            day_off.year_id = year
            reckon("Tue 05-26 11:00")
            year.unlink()
            reckon("Mon 05-25 11:00")

    def test_only_those_concerned(self):
        """[SLA-1] another company's holiday gives the worker nothing to do; a name
        neither."""
        self._limit()
        self._order()
        other = self.env["res.company"].create({"name": "Elsewhere"})
        self._end_of_transaction()
        self.env["order.time.limit.recount"].search([]).unlink()
        self._except(date(2026, 5, 25), company_id=other.id)
        self._end_of_transaction()
        self.assertFalse(self.env["order.time.limit.recount"].search([]))
        day_off = self._except(date(2026, 5, 25), company_id=self.company.id)
        self._except(date(2026, 5, 26))
        self._end_of_transaction()
        recount = self.env["order.time.limit.recount"].search([])
        self.assertEqual(recount.company_id, self.company)
        self.assertEqual(len(recount), 1, "once for a transaction")
        recount.unlink()
        day_off.name = "Anniversary"
        self._end_of_transaction()
        self.assertFalse(recount.search([]))

    def test_in_slices(self):
        """[SLA-1] many open limits are reckoned a slice at a time."""
        self._limit()
        with self._clock("2026-05-22 15:00"):
            orders = [self._order() for _number in range(5)]
        self._except(date(2026, 5, 25))
        self._end_of_transaction()
        with (
            patch.object(order_time_limit_recount, "SLICE", 2),
            self._clock("2026-05-22 16:00"),
        ):
            self._run_worker()
        self.assertEqual(
            {self._shown(self._run(order).due_at) for order in orders},
            {"Tue 05-26 10:00"},
        )
        self.assertFalse(self.env["order.time.limit.recount"].search([]))
