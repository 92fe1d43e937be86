from datetime import date, datetime, time, timedelta

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import MONDAY, LimitCommon

NOTICE = time(17, 15)
DAY = timedelta(days=1)
# Wednesday off, Saturday worked
DAY_OFF, MAKE_UP = date(2026, 5, 20), date(2026, 5, 23)


@tagged("post_install", "-at_install")
class TestLimitCutoff(LimitCommon):
    """[SHP-5] what comes in after 17:15 counts as of the next working day; a date named
    by the customer counts instead of the limit."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._except(DAY_OFF)
        cls._except(MAKE_UP, kind="make_up")

    @staticmethod
    def _is_worked(day):
        return day == MAKE_UP or (day.weekday() < 5 and day != DAY_OFF)

    def _following(self, day):
        """Return the first working day after ``day``, counted on the fingers."""
        day += DAY
        while not self._is_worked(day):
            day += DAY
        return day

    def _plan(self, limit, at, day=None):
        rule = next(
            rule
            for rule in self.limits._compiled_for("sale.order", self.company.id)
            if rule["rule"] == limit.id
        )
        clock = self.runs._plan_start(rule, self.company, at, day)
        return clock["due_at"]

    # -- the rule ----------------------------------------------------------------------

    def test_every_moment_of_two_weeks(self):
        """[SHP-5] entered T, arranged T+1, for every few minutes of two weeks with a
        day off and a make-up day; nothing that comes later is due earlier."""
        same, next_day = (
            self._limit(length=length, unit="working_days", cutoff=17.25)
            for length in (0, 1)
        )
        at = datetime(2026, 5, 17, 23, 58)
        last = datetime.min, datetime.min
        while at < datetime(2026, 5, 31):
            at += timedelta(minutes=7)
            instant = self._at(at.isoformat())
            day = at.date()
            if not self._is_worked(day) or at.time() > NOTICE:
                day = self._following(day)
            # what comes in between the end of work and the cut-off is of the day; the
            # work for it is not: nobody is there any more
            entered = day
            if at.date() == day and at.time() >= time(17):
                entered = self._following(day)
            dues = self._plan(same, instant), self._plan(next_day, instant)
            expected = [
                self._at(f"{due} 17:00") for due in (entered, self._following(day))
            ]
            self.assertEqual(list(dues), expected, at)
            self.assertGreaterEqual(dues, last, at)
            last = dues

    def test_the_minute_itself(self):
        """[SHP-5] by 17:15 is in time, a second later is not."""
        limit = self._limit(length=1, unit="working_days", cutoff=17.25)
        for clock, due in {
            "17:14:59": "Tue 05-19 17:00",
            "17:15:00": "Tue 05-19 17:00",
            # Wednesday is off
            "17:15:01": "Thu 05-21 17:00",
        }.items():
            planned = self._plan(limit, self._at(f"{MONDAY} {clock}"))
            self.assertEqual(self._shown(planned), due)

    def test_hours_begin_in_the_morning(self):
        """[SHP-5] also by the clock: nobody works on it before."""
        for unit in ("working_hours", "elapsed_hours"):
            limit = self._limit(length=4, unit=unit, cutoff=16.5)
            planned = self._plan(limit, self._at(f"{MONDAY} 16:31"))
            self.assertEqual(self._shown(planned), "Tue 05-19 12:00")

    def test_without_a_cutoff_nothing_changes(self):
        limit = self._limit(length=1, unit="working_days")
        planned = self._plan(limit, self._at(f"{MONDAY} 23:00"))
        self.assertEqual(self._shown(planned), "Tue 05-19 17:00")

    def test_what_runs_keeps_its_cutoff(self):
        """[SHP-5] a holiday that is announced later is reckoned with the same rule; a
        rule that is changed concerns what starts from then on."""
        limit = self._limit(length=0, unit="working_days", cutoff=17.25)
        with self._clock(f"{MONDAY} 17:30"):
            order = self._order()
            run = self._run(order, limit)
            self.assertEqual(self._shown(run.due_at), "Tue 05-19 17:00")
            self.assertEqual(self._shown(run.started_at), "Mon 05-18 17:30")
            limit.cutoff = 0
            self._except(date(2026, 5, 19))
            self._run_worker()
        # Tuesday and Wednesday are off now
        self.assertEqual(self._shown(run.due_at), "Thu 05-21 17:00")

    def test_a_time_of_day(self):
        for cutoff in (-1, 24):
            with (
                self.assertRaises(Exception) as caught,
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                self._limit(cutoff=cutoff)
                self.env.flush_all()
            self.assertIn("cutoff", str(caught.exception))

    def test_hours_are_needed(self):
        """[SLA-1] a cut-off asks which days are worked."""
        self.company.resource_calendar_id.attendance_ids.unlink()
        with self.assertRaises(ValidationError):
            self._limit(
                unit="elapsed_hours", remind_unit="elapsed_hours",
                escalate_unit="elapsed_hours", cutoff=17.25,
            )  # fmt: skip

    # -- the date of the customer ------------------------------------------------------

    def test_the_date_counts_earlier_and_later(self):
        """[SHP-5] instead of three days, and again when it changes."""
        wanted = self.env["ir.model.fields"]._get("sale.order", "wanted_date")
        values = {"length": 3, "unit": "calendar_days", "cap_field_id": wanted.id}
        shortens = self._limit(**values)
        overrides = self._limit(**values, date_replaces=True)
        with self._clock(f"{MONDAY} 10:00"):
            order = self._order(wanted_date="2026-05-27")
            self.assertEqual(
                self._shown(self._run(order, shortens).due_at), "Thu 05-21 23:59"
            )
            run = self._run(order, overrides)
            self.assertEqual(self._shown(run.due_at), "Wed 05-27 23:59")
            order.wanted_date = "2026-05-19"
            self.assertEqual(self._shown(run.due_at), "Tue 05-19 23:59")
            order.wanted_date = False
            self.assertEqual(self._shown(run.due_at), "Thu 05-21 23:59")
            # never before it began
            order.wanted_date = "2026-05-11"
            self.assertEqual(run.due_at, run.started_at)

    def test_what_runs_keeps_whether_the_date_counts(self):
        wanted = self.env["ir.model.fields"]._get("sale.order", "wanted_date")
        limit = self._limit(
            length=1, unit="working_days", cap_field_id=wanted.id, date_replaces=True
        )
        with self._clock(f"{MONDAY} 10:00"):
            order = self._order(wanted_date="2026-05-22")
            limit.date_replaces = False
            self._except(date(2026, 5, 22))
            self._run_worker()
        # the last working day until the date
        self.assertEqual(self._shown(self._run(order, limit).due_at), "Thu 05-21 17:00")

    def test_type_given_afterwards(self):
        """[SLA-1] what counts from the entry and is for one type begins with the type,
        as of the entry; it ends with another type, and begins neither twice nor for
        what is done or older than the limit."""
        special = self.env["order.type"].create({"name": "Special"})
        own, other = (
            self._limit(order_type_ids=kind.ids, length=0, unit="working_days", **more)
            for kind, more in ((special, {"cutoff": 17.25}), (self.order_type, {}))
        )
        old, order = self._order().sudo(), self._order().sudo()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE sale_order SET create_date = %s WHERE id = %s",
            [own.in_force_since - DAY, old.id],
        )
        old.invalidate_recordset()
        for record in old, order:
            self.assertFalse(self._run(record, own))
            self.assertEqual(self._run(record, other).state, "running")
        reason = {"order_type_id": special.id, "order_type_reason": "Spare parts"}
        (old + order).write(reason)
        self.assertFalse(self._run(old, own))
        run = self._run(order, own)
        self.assertEqual((run.state, run.started_at), ("running", order.create_date))
        self.assertEqual(self._run(order, other).state, "void")
        self.assertEqual(run.order_type_id, special)
        order.write(reason)
        self.assertEqual(self._run(order, own), run)
        order.order_type_id = self.order_type
        self.assertEqual(run.state, "void")
        self.assertEqual(self._run(order, other).state, "running")
        # what was waited for has happened
        self._submit(order)
        self.assertEqual(self._run(order, other).state, "met")
        self._end_of_transaction()
        order.order_type_id = special
        self.assertEqual(self._run(order, own).state, "void")
