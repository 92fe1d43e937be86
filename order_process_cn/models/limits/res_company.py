from datetime import datetime, time

from pytz import utc

from odoo import api, models

from ...tools.working_time import to_span
from ..calendar.res_company import PLANNED_BY_WORK
from .order_time_limit_run import OPEN


class ResCompany(models.Model):
    """Time limits follow the calendar (SLA-1)."""

    _inherit = "res.company"

    @api.model
    def _is_working_time_stored(self):
        used = self.env["order.time.limit"]._used_models()
        return bool(used) or super()._is_working_time_stored()

    @api.model
    def _find_working_by(self, calendar_ids):
        # limits may have hours of their own
        runs = self.env["order.time.limit.run"]
        own = runs._read_group(
            [("calendar_id", "in", calendar_ids), ("state", "in", list(OPEN))],
            ["company_id"],
        )
        found = super()._find_working_by(calendar_ids)
        return found.union(*(company for (company,) in own))

    def _begin_limit(self, at, cutoff, calendar=None):
        """Return from when on a limit counts that starts at ``at``: with a ``cutoff``
        (hours of the day) what starts later than that, or on a day off, counts as the
        beginning of work on the next working day. [SHP-5]
        """
        if not cutoff:
            return at
        local = utc.localize(at).astimezone(self._order_timezone(calendar))
        day = local.date()
        clock = datetime.combine(day, local.time())
        latest = datetime.combine(day, time.min) + to_span(cutoff)
        if clock <= latest and self._is_working_day(day, calendar):
            return at
        following = self._shift_day(day, 1, "working_days", calendar)
        morning = self._start_of_day(following, calendar)
        return self._plan_deadline(morning, 0, "working_hours", calendar)

    def _cap_deadline(self, start, due, day, unit, calendar=None, replaces=False):
        """Return ``due``, or the end of ``day`` where that is earlier; wherever it is,
        if it ``replaces`` the length of the limit.

        What is reckoned in working time ends with the work of ``day``, or of the last
        working day before it; never before ``start``.
        """
        if not day:
            return due
        morning = self._start_of_day(day, calendar)
        end = self._plan_deadline(morning, 0, "calendar_days", calendar)
        if unit in PLANNED_BY_WORK:
            if not self._is_working_day(day, calendar):
                day = self._shift_day(day, -1, "working_days", calendar)
            morning = self._start_of_day(day, calendar)
            closing = self._plan_deadline(morning, 0, "working_days", calendar)
            if closing > start:
                end = closing
        end = max(end, start)
        return end if replaces else min(due, end)

    def _after_working_time_change(self):
        super()._after_working_time_change()
        limits = self.env["order.time.limit"]
        # a mistake in the hours is told to whoever makes it
        self.filtered(lambda c: limits._is_worked_with(c.id))._check_order_calendar()
        runs = self.env["order.time.limit.run"]
        runs._recount_later([("company_id", "in", self.ids)])
