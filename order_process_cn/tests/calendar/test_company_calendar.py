from datetime import date, datetime, timedelta

from odoo import SUPERUSER_ID
from odoo.exceptions import UserError, ValidationError
from odoo.tests import new_test_user

from .common import OFFICE, CalendarCommon


class TestCompanyCalendar(CalendarCommon):
    """[SLA-1] [PLN-1] [CFM-2] Deadlines and working days of a company."""

    def _fill(self, year):
        return self.env["order.calendar.year"]._fill(year, self.everybody)

    def _leave(self, start, end, company=None, **values):
        """Close a company: time off of every calendar it may have."""
        leave = self.leaves.create(
            {
                "name": "Closed",
                "date_from": self._at(start),
                "date_to": self._at(end),
                "calendar_id": False,
                **values,
            }
        )
        # core takes the company in which the leave is computed
        leave.company_id = company or self.company
        return leave

    # -- limits ------------------------------------------------------------------------

    def test_over_the_weekend(self):
        """[SLA-1] Four working hours from Friday at four end on Monday at eleven."""
        self.assertEqual(
            self._due("2026-06-05 16:00", 4, "working_hours"), "Mon 2026-06-08 11:00"
        )

    def test_every_unit(self):
        """[SLA-1] Each unit counts in its own way, all in one call too."""
        start = "2026-06-05 16:00"
        expected = {
            ("elapsed_hours", 24): "Sat 2026-06-06 16:00",
            ("working_hours", 0.5): "Fri 2026-06-05 16:30",
            ("working_hours", -8): "Thu 2026-06-04 16:00",
            ("calendar_days", 0): "Fri 2026-06-05 23:59:59",
            ("calendar_days", 2): "Sun 2026-06-07 23:59:59",
            ("working_days", 0): "Fri 2026-06-05 17:00",
            ("working_days", 1): "Mon 2026-06-08 17:00",
            ("working_days", 2): "Tue 2026-06-09 17:00",
        }
        for (unit, length), due in expected.items():
            self.assertEqual(self._due(start, length, unit), due, (unit, length))
        limits = [(self._at(start), length, unit) for unit, length in expected]
        self.assertEqual(
            self.company._plan_deadlines(limits),
            [self.company._plan_deadline(*limit) for limit in limits],
        )
        self.assertEqual(self.company._plan_deadlines([]), [])

    def test_lengths_that_are_none(self):
        """[SLA-1] Parts of days are refused in words; an unknown unit is an error."""
        start = self._at("2026-06-05 16:00")
        for unit in ("calendar_days", "working_days"):
            with self.assertRaisesRegex(
                ValidationError, "whole number of days, not 0.5"
            ):
                self.company._plan_deadline(start, 0.5, unit)
        with self.assertRaisesRegex(ValueError, "no unit"):
            self.company._plan_deadline(start, 1, "weeks")

    def test_pause(self):
        """[SLA-2] A paused limit goes on with what it had left: of working time, or by
        the clock."""
        start, paused, resumed = map(
            self._at, ("2026-06-05 16:00", "2026-06-05 16:30", "2026-06-08 16:00")
        )
        units = ["working_hours", "elapsed_hours"]
        dues = self.company._plan_deadlines([(start, 4, unit) for unit in units])
        left = self.company._seconds_left(
            [(paused, due, unit) for due, unit in zip(dues, units, strict=True)]
        )
        self.assertEqual(left, [3.5 * 3600, 3.5 * 3600])
        again = self.company._resume_deadlines(
            [
                (resumed, seconds, unit)
                for seconds, unit in zip(left, units, strict=True)
            ]
        )
        self.assertEqual(
            again, [self._at("2026-06-09 10:30"), self._at("2026-06-08 19:30")]
        )
        late = self.company._seconds_left([(resumed, paused, "working_days")])
        self.assertEqual(late, [-7.5 * 3600])

    def test_hours_between(self):
        """[SLA-2] Working hours between two instants."""
        hours = self.company._working_hours_between(
            self._at("2026-06-05 16:00"), self._at("2026-06-08 11:00")
        )
        self.assertEqual(hours, 4)

    # -- holidays ----------------------------------------------------------------------

    def test_national_day(self):
        """[SLA-1] [PLN-1] [CFM-2] The week of the national day, as announced."""
        self._fill(2025)
        self.assertEqual(
            self._due("2025-09-30 16:00", 4, "working_hours"), "Thu 2025-10-09 11:00"
        )
        self.assertEqual(
            self._due("2025-09-30 16:00", 1, "working_days"), "Thu 2025-10-09 17:00"
        )
        holiday, after = date(2025, 10, 2), date(2025, 10, 9)
        self.assertFalse(self.company._is_working_day(holiday))
        self.assertEqual(self.company._next_working_day(holiday), after)
        self.assertEqual(
            self.company._next_working_days([holiday, after]), [after, after]
        )
        self.assertEqual(
            self.company._shift_day(date(2025, 9, 30), 2, "working_days"),
            date(2025, 10, 10),
        )
        self.assertEqual(
            self.company._shift_day(date(2025, 9, 30), 2), date(2025, 10, 2)
        )
        self.assertEqual(
            self.company._days_between(date(2025, 9, 30), after, "working_days"), 1
        )
        self.assertEqual(self.company._days_between(date(2025, 9, 30), after), 9)

    def test_make_up_saturday(self):
        """[SLA-1] A Saturday worked in exchange counts, with the hours of the weekday
        that is off for it."""
        self.calendar.attendance_ids.filtered(
            lambda line: line.dayofweek == "2" and line.hour_from == 13
        ).hour_to = 15
        self._fill(2025)
        self.assertTrue(self.company._is_working_day(date(2025, 10, 11)))
        self.assertEqual(
            self._due("2025-10-10 16:00", 4, "working_hours"), "Sat 2025-10-11 11:00"
        )
        # Wednesday the 8th is off for it, and Wednesdays end at three
        self.assertEqual(
            self._due("2025-10-10 16:00", 1, "working_days"), "Sat 2025-10-11 15:00"
        )

    def test_make_up_day_without_hours_of_its_own(self):
        """[SLA-1] A make-up day that names no weekday, or one on which nobody works,
        has the hours of the first working day of the week."""
        saturday = self._except("2026-06-06", "make_up")
        self.assertEqual(
            self._due("2026-06-05 16:00", 4, "working_hours"), "Sat 2026-06-06 11:00"
        )
        saturday.weekday = "6"
        self.assertEqual(
            self._due("2026-06-05 16:00", 4, "working_hours"), "Sat 2026-06-06 11:00"
        )
        self.calendar.attendance_ids = [
            *self.calendar.attendance_ids.filtered(
                lambda line: line.dayofweek == "0"
            ).mapped(lambda line: (2, line.id)),
            self._attendance(1, 18, 20),
        ]
        self.assertEqual(
            self._due("2026-06-05 16:00", 9.5, "working_hours"), "Sat 2026-06-06 18:30"
        )

    def test_make_up_day_that_is_worked_anyway(self):
        """[SLA-1] On a make-up day the named hours stand instead of its own."""
        self.calendar.attendance_ids = [self._attendance(5, 8, 10)]
        self._except("2026-06-06", "make_up", weekday="0")
        hours = self.company._working_hours_between(
            self._at("2026-06-06 00:00"), self._at("2026-06-07 00:00")
        )
        self.assertEqual(hours, 8)

    def test_time_off_on_make_up_day(self):
        """[SLA-1] Where the works are closed a make-up day does not open them."""
        self._except("2026-06-06", "make_up")
        self._leave("2026-06-06 10:00", "2026-06-06 23:59:59")
        self.assertEqual(
            self._due("2026-06-05 16:00", 4, "working_hours"), "Mon 2026-06-08 09:00"
        )

    def test_own_entry_before_general_one(self):
        """[PLN-1] What a company enters for itself goes before what holds for all."""
        monday = date(2026, 6, 8)
        self._except(monday)
        self._except(monday, "make_up", company_id=self.company.id, weekday="0")
        self.assertTrue(self.company._is_working_day(monday))
        self.other_company.resource_calendar_id = self.calendar
        self.assertFalse(self.other_company._is_working_day(monday))

    def test_other_company(self):
        """[SLA-1] The holidays of another company do not count, neither as time off
        nor as an entry of ours; nor does the time off of a person."""
        monday = date(2026, 6, 8)
        period = "2026-06-08 00:00", "2026-06-08 23:59:59"
        self._leave(*period, company=self.other_company)
        person = self.env["resource.resource"].create({"name": "Worker"})
        self._leave(*period, resource_id=person.id)
        self._leave(*period, time_type="other")
        self._except(monday, company_id=self.other_company.id)
        self.assertTrue(self.company._is_working_day(monday))
        self._leave(*period)
        self.assertFalse(self.company._is_working_day(monday))

    def test_archived_entry(self):
        """[PLN-1] An archived entry has no effect."""
        entry = self._except("2026-06-08")
        self.assertFalse(self.company._is_working_day(date(2026, 6, 8)))
        entry.active = False
        self.assertTrue(self.company._is_working_day(date(2026, 6, 8)))

    def test_years_not_announced(self):
        """[CFM-2] Dates can be marked that lie in a year not, or not fully, known."""
        self._fill(2025)
        self._fill(2095)
        self.assertEqual(
            self.company._years_not_announced(date(2025, 1, 1), date(2026, 1, 1)),
            [2026],
        )
        self.assertEqual(
            self.company._years_not_announced(date(2095, 1, 1), date(2095, 5, 1)),
            [2095],
        )
        self.env["order.calendar.year"].create(
            {"year": 2026, "is_complete": True, "company_id": self.company.id}
        )
        years = date(2025, 1, 1), date(2026, 1, 1)
        self.assertEqual(self.company._years_not_announced(*years), [])
        self.assertEqual(self.other_company._years_not_announced(*years), [2026])

    # -- calendars ---------------------------------------------------------------------

    def test_calendars_without_hours(self):
        """[SLA-1] Empty and flexible hours, or none at all, are refused in words, for
        all companies at once; what needs no working time still works."""
        empty = self._calendar(days=[], name="Nothing")
        flexible = self._calendar(name="Anything", schedule_type="flexible")
        start = self._at("2026-06-05 16:00")
        for calendar, words in [
            (empty, "“Nothing” of company Pump Works have no fixed"),
            (flexible, "“Anything” of company Pump Works have no fixed"),
            (self.calendar.browse(), "Pump Works has no working hours"),
        ]:
            self.company.resource_calendar_id = calendar
            for question in (
                self.company._check_order_calendar,
                lambda: self.company._plan_deadline(start, 1, "working_hours"),
                lambda: self.company._plan_deadline(start, 1, "working_days"),
                lambda: self.company._working_hours_between(start, start),
                lambda: self.company._next_working_day(start.date()),
                lambda: self.company._is_working_day(start.date()),
            ):
                with self.assertRaisesRegex(ValidationError, words):
                    question()
            due = self.company._plan_deadline(start, 1, "elapsed_hours")
            self.assertEqual(due, start + timedelta(hours=1))
        self.other_company.resource_calendar_id = empty
        both = self.company | self.other_company
        with self.assertRaisesRegex(
            ValidationError, r"(?s)Pump Works.*\n.*Valve Works"
        ):
            both._check_order_calendar()
        both.resource_calendar_id = self.calendar
        both._check_order_calendar()

    def test_only_sections(self):
        """[SLA-1] Breaks and headings alone are no hours."""
        self.company.resource_calendar_id = self._calendar(
            days=[0], hours=[(12, 13)], name="Breaks"
        )
        self.company.resource_calendar_id.attendance_ids.day_period = "lunch"
        with self.assertRaisesRegex(ValidationError, "“Breaks”"):
            self.company._check_order_calendar()

    def test_nobody_ever_works(self):
        """[SLA-1] Closed for good: an error that says so, and no endless search."""
        self._leave("2020-01-01 00:00", "2099-12-31 23:59:59")
        with self.assertRaisesRegex(UserError, "Pump Works does not work enough"):
            self.company._next_working_day(date(2026, 6, 8))

    def test_two_weeks(self):
        """[SLA-1] In hours that alternate by week each week has its own, a make-up day
        those of its week."""
        self.calendar.attendance_ids.unlink()
        self.calendar.two_weeks_calendar = True
        monday = date(2026, 6, 8)
        first = str(self.calendar.attendance_ids.get_week_type(monday))
        second = str(1 - int(first))
        self.calendar.attendance_ids = [
            self._attendance(0, 8, 12, week_type=first),
            self._attendance(2, 8, 11, week_type=second),
        ]
        days = [monday + timedelta(days=offset) for offset in range(28)]
        self.assertEqual(
            [day for day in days if self.company._is_working_day(day)],
            [monday + timedelta(days=offset) for offset in (0, 9, 14, 23)],
        )
        self._except("2026-06-13", "make_up", weekday="0")
        self._except("2026-06-20", "make_up", weekday="0")
        self.assertEqual(
            self._due("2026-06-12 12:00", 3.5, "working_hours"), "Sat 2026-06-13 11:30"
        )
        # nobody works on Mondays of the other week: its first working day stands in
        self.assertEqual(
            self._due("2026-06-19 12:00", 0, "working_days"), "Sat 2026-06-20 11:00"
        )

    def test_night_shift(self):
        """[SLA-1] [PLN-1] Work until midnight and on from there: each part belongs to
        its own day, and a holiday takes all of its day."""
        self.company.resource_calendar_id = self._calendar(
            days=range(7), hours=[(0, 6), (22, 24)]
        )
        self.assertEqual(
            self._due("2026-06-05 23:00", 2, "working_hours"), "Sat 2026-06-06 01:00"
        )
        self.assertEqual(
            self._due("2026-06-05 23:00", 0, "working_days"), "Fri 2026-06-05 23:59:59"
        )
        self._leave("2026-06-06 00:00", "2026-06-06 23:59:59")
        self._except("2026-06-07")
        self.assertEqual(
            self.company._next_working_day(date(2026, 6, 6)), date(2026, 6, 8)
        )
        self.assertEqual(
            self._due("2026-06-05 23:00", 2, "working_hours"), "Mon 2026-06-08 01:00"
        )

    def test_time_zones(self):
        """[SLA-1] Hours and days are those of the calendar's clock: in Shanghai, in
        UTC, and where clocks change meanwhile."""
        early = datetime(2026, 6, 8, 1)  # Monday, nine in Shanghai
        self.assertEqual(
            self.company._plan_deadline(early, 1, "working_hours"),
            early + timedelta(hours=1),
        )
        sunday_evening = datetime(2026, 6, 7, 17)
        self.assertEqual(self.company._calendar_day(sunday_evening), date(2026, 6, 8))
        self.calendar.tz = "UTC"
        self.assertEqual(
            self.company._plan_deadline(early, 1, "working_hours"),
            datetime(2026, 6, 8, 9),
        )
        self.assertEqual(self.company._calendar_day(sunday_evening), date(2026, 6, 7))
        zone = "America/New_York"
        self.company.resource_calendar_id = self._calendar(days=range(7), tz=zone)
        # clocks go forward on Sunday, March 10th, back on Sunday, November 3rd
        for start, length, unit, due in [
            ("2024-03-09 16:00", 4, "working_hours", "Sun 2024-03-10 11:00"),
            ("2024-03-09 16:00", 24, "elapsed_hours", "Sun 2024-03-10 17:00"),
            ("2024-03-09 16:00", 1, "working_days", "Sun 2024-03-10 17:00"),
            ("2024-11-02 16:00", 4, "working_hours", "Sun 2024-11-03 11:00"),
            ("2024-11-02 16:00", 24, "elapsed_hours", "Sun 2024-11-03 15:00"),
            ("2024-11-02 16:00", 1, "calendar_days", "Sun 2024-11-03 23:59:59"),
        ]:
            self.assertEqual(self._due(start, length, unit, zone), due, (start, unit))

    def test_work_over_the_change_of_clocks(self):
        """[SLA-1] A shift over the change of clocks is an hour shorter or longer."""
        zone = "America/New_York"
        self.company.resource_calendar_id = self._calendar(
            days=range(7), hours=[(0, 8)], tz=zone
        )
        for day, hours in [("2024-03-10", 7), ("2024-11-03", 9), ("2024-06-01", 8)]:
            worked = self.company._working_hours_between(
                self._at(f"{day} 00:00", zone), self._at(f"{day} 12:00", zone)
            )
            self.assertEqual(worked, hours, day)

    def test_turn_of_the_year(self):
        """[SLA-1] Limits that end in another year, forwards and backwards, also where
        the local year is not that of UTC."""
        self.assertEqual(
            self._due("2026-12-31 16:00", 4, "working_hours"), "Fri 2027-01-01 11:00"
        )
        self.assertEqual(
            self._due("2027-01-01 07:00", 1, "working_hours"), "Fri 2027-01-01 09:00"
        )
        self.assertEqual(
            self._due("2027-01-01 09:00", -2, "working_hours"), "Thu 2026-12-31 16:00"
        )
        self.assertEqual(
            self._due("2026-12-31 16:00", 3000, "working_hours")[4:8], "2028"
        )

    # -- who asks, and what it costs ---------------------------------------------------

    def test_same_for_everybody(self):
        """[SLA-1] The answer does not depend on who asks, nor on a client's context."""
        start = self._at("2026-06-05 16:00")
        due = self._at("2026-06-08 11:00")
        visitor = new_test_user(self.env, "opc_visitor", groups="base.group_portal")
        clerk = new_test_user(self.env, "opc_clerk_calendar", groups="base.group_user")
        hostile = {"employee_timezone": "America/New_York", "active_test": False}
        self._except("2026-06-08", active=False)
        for user in (visitor, clerk, self.env["res.users"].browse(SUPERUSER_ID)):
            self.env.registry.clear_cache()
            company = self.company.with_user(user).with_context(**hostile)
            self.assertEqual(company._plan_deadline(start, 4, "working_hours"), due)
            self.assertEqual(company._years_not_announced(start, start), [2026])

    def test_changes_are_noticed(self):
        """[SLA-1] Whatever working time depends on takes effect at once."""
        monday = date(2026, 6, 8)

        def works():
            return self.company._is_working_day(monday)

        self.assertTrue(works())
        entry = self._except("2026-06-08")
        self.assertFalse(works())
        entry.date = "2026-06-09"
        self.assertTrue(works())
        entry.unlink()
        leave = self._leave("2026-06-08 00:00", "2026-06-08 23:59:59")
        self.assertFalse(works())
        leave.time_type = "other"
        self.assertTrue(works())
        leave.time_type = "leave"
        self.assertFalse(works())
        leave.unlink()
        self.assertTrue(works())
        mondays = self.calendar.attendance_ids.filtered(
            lambda line: line.dayofweek == "0"
        )
        mondays.unlink()
        self.assertFalse(works())
        own = self._calendar(days=[0], company_id=self.company.id)
        self.company.resource_calendar_id = own
        self.assertTrue(works())
        leave = self.leaves.create(
            {
                "date_from": self._at("2026-06-08 00:00"),
                "date_to": self._at("2026-06-08 23:59:59"),
                "calendar_id": own.id,
            }
        )
        self.assertFalse(works())
        leave.unlink()
        self.assertTrue(works())
        self.company.resource_calendar_id.schedule_type = "flexible"
        with self.assertRaisesRegex(ValidationError, "no fixed attendances"):
            works()

    def test_time_off_of_machines_empties_no_cache(self):
        """[SLA-1] Planning production writes time off of work centres; what is kept in
        memory survives."""
        self.company._is_working_day(date(2026, 6, 8))
        machine = self.env["resource.resource"].create({"name": "Lathe"})
        self.env.registry.cache_invalidated.clear()
        planned = self._leave(
            "2026-06-08 08:00",
            "2026-06-08 09:00",
            resource_id=machine.id,
            time_type="other",
        )
        planned.date_to += timedelta(hours=1)
        planned.unlink()
        self.assertNotIn("default", self.env.registry.cache_invalidated)

    def test_queries(self):
        """[SLA-1] As many queries for a thousand limits as for one, and none once the
        working time is in memory; as many for three years as for a day."""
        self._fill(2025)
        start = self._at("2025-01-06 09:00")
        units = ("working_hours", "working_days", "calendar_days", "elapsed_hours")
        many = [
            (start + timedelta(days=day), length, unit)
            for day in range(250)
            for length, unit in enumerate(units)
        ]
        self.env.flush_all()

        def forget():
            self.env.registry.clear_cache()
            self.env.invalidate_all()

        for limits in (many[1:2], many):
            forget()
            with self.assertQueryCount(9):
                self.company._plan_deadlines(limits)
            with self.assertQueryCount(0):
                self.company._plan_deadlines(limits)
        with self.assertQueryCount(0):
            self.company._next_working_days(
                [date(2025, 5, day) for day in range(1, 32)]
            )
        for days in (1, 1000):
            forget()
            with self.assertQueryCount(14):
                self.calendar._order_working_intervals(
                    self.company, start, start + timedelta(days=days)
                )

    def test_intervals(self):
        """[SLA-1] Working intervals are cut to the period asked for, in UTC."""
        self._except("2026-06-06", "make_up")
        self._except("2026-06-08")
        start, end = self._at("2026-06-05 10:00"), self._at("2026-06-09 14:00")
        expected = [
            ("2026-06-05 10:00", "2026-06-05 12:00"),
            ("2026-06-05 13:00", "2026-06-05 17:00"),
            *((f"2026-06-06 {a:02}:00", f"2026-06-06 {b:02}:00") for a, b in OFFICE),
            ("2026-06-09 08:00", "2026-06-09 12:00"),
            ("2026-06-09 13:00", "2026-06-09 14:00"),
        ]
        self.assertEqual(
            self.calendar._order_working_intervals(self.company, start, end),
            [tuple(map(self._at, pair)) for pair in expected],
        )
