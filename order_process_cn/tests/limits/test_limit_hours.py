from odoo.exceptions import ValidationError
from odoo.tests import Form, freeze_time, tagged

from .common import MONDAY, LimitCommon

TWO_SHIFTS = ((6, 14), (14, 22))


@tagged("post_install", "-at_install")
class TestLimitHours(LimitCommon):
    """A limit has hours of its own, and says which dates may still move. K10"""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.workshop = cls._calendar(TWO_SHIFTS)
        cls.workshop.name = "Workshop"
        cls.env["order.calendar.year"].search([]).unlink()

    def _started(self, at, **values):
        """Return the run of a limit of four hours that started on Monday at ``at``,
        UTC."""
        self._limit(**values)
        with freeze_time(f"{MONDAY} {at}"):
            order = self._order().sudo()
        return self._run_of(order)

    def _run_of(self, order):
        return self.runs.search([("res_id", "=", order.id)])

    def _year(self, year, **values):
        return self.env["order.calendar.year"].create({"year": year, **values})

    def test_limit_of_the_workshop(self):
        """[SLA-1] entered on Monday at four in the afternoon: four hours of a workshop
        in two shifts end at eight, those of the office on Tuesday."""
        run = self._started("08:00", calendar_id=self.workshop.id)
        self.assertEqual(run.calendar_id, self.workshop)
        self.assertEqual(str(run.due_at), f"{MONDAY} 12:00:00")
        office = self._limit(stop="approved")
        with freeze_time(f"{MONDAY} 08:00"):
            order = self._order().sudo()
        other = self._run_of(order).filtered(lambda run: run.rule_id == office)
        self.assertEqual(str(other.due_at), "2026-05-19 03:00:00")

    def test_reminder_and_time_left_by_the_same_hours(self):
        """[SLA-2] reminder, escalation and what the light says."""
        run = self._started(
            "08:00",
            calendar_id=self.workshop.id,
            remind_length=2,
            escalate_length=3,
        )
        self.assertEqual(str(run.remind_at), f"{MONDAY} 10:00:00")
        # two hours of the late shift, one of the early one
        self.assertEqual(str(run.escalate_at), f"{MONDAY} 23:00:00")
        with freeze_time(f"{MONDAY} 10:30"):
            light = run.with_context(tz="Asia/Shanghai")._draw()[run]
        self.assertIn("1 h 30 min", light["text"])

    def test_pause_by_the_same_hours(self):
        """[SLA-1] what is left at a pause is time of the workshop."""
        run = self._started(
            "08:00",
            calendar_id=self.workshop.id,
            stop="approved",
            pause_event="submitted",
            resume_event="declined",
        )
        order = self.env["sale.order"].browse(run.res_id)
        with freeze_time(f"{MONDAY} 11:00"):
            order._emit("submitted")
        self.assertEqual(run.seconds_left, 3600)
        with freeze_time(f"{MONDAY} 13:30"):
            order._emit("declined")
        # half an hour until ten in the evening, the rest from six on
        self.assertEqual(str(run.due_at), f"{MONDAY} 22:30:00")

    def test_change_of_the_workshop_hours(self):
        """[SLA-1] limits follow the hours that they are reckoned by."""
        run = self._started("08:00", calendar_id=self.workshop.id)
        self._finish(
            lambda: self.workshop.attendance_ids.filtered(
                lambda line: line.hour_from == 14
            ).write({"hour_to": 18})
        )
        self.assertEqual(str(run.due_at), "2026-05-19 00:00:00")

    def _finish(self, change):
        """Do ``change`` and what follows from it when it is committed."""
        change()
        self.env.cr.precommit.run()
        self.env["order.time.limit.recount"].search([])._on_recheck()

    def test_hours_without_attendances_are_refused(self):
        """[SLA-1] told to whoever enters them."""
        empty = self._calendar(())
        with self.assertRaisesRegex(ValidationError, "no fixed"):
            self._limit(calendar_id=empty.id)

    def test_mark_until_the_year_is_announced(self):
        """[SLA-1] every light of a limit in working time says when the holidays of its
        years are not all known; by the clock nothing is missing."""
        run = self._started("08:00")
        self.assertEqual(run._draw()[run]["mark"], "holidays of 2026 not announced yet")
        year = self._year(2026)
        self.assertTrue(run._draw()[run]["mark"])
        year.is_complete = True
        self.assertEqual(run._draw()[run]["mark"], "")
        run.due_at = "2027-01-04 03:00:00"
        self.assertEqual(run._draw()[run]["mark"], "holidays of 2027 not announced yet")
        run.unit = "elapsed_hours"
        self.assertEqual(run._draw()[run]["mark"], "")

    def test_mark_in_the_notice(self):
        """[SLA-2] the notice shows the mark beside the date."""
        run = self._started("08:00")
        body = run._format_part("Late", run)
        self.assertIn("(holidays of 2026 not announced yet)", body)

    def test_marks_cost_no_query(self):
        self._started("08:00")._draw()
        run = self.runs.search([], limit=1, order="id desc")
        run._draw()
        with self.assertQueryCount(0):
            run._get_mark()

    def test_hours_on_the_clock_of_greenwich(self):
        """[SLA-1] the form of a limit says that hours in China stand in UTC."""
        self.company.country_id = self.env.ref("base.cn")
        limit = self._limit()
        self.assertFalse(limit.calendar_hint)
        self.calendar.tz = "UTC"
        limit.invalidate_recordset(["calendar_hint"])
        self.assertIn("Asia/Shanghai", limit.calendar_hint)
        with Form(limit) as form:
            form.calendar_id = self.workshop
            self.assertFalse(form.calendar_hint)
        self.company.country_id = self.env.ref("base.de")
        self.assertFalse(self.company._find_calendar_hint())
