from odoo import api, models

from ..calendar.res_company import PLANNED_BY_WORK


class ResCompany(models.Model):
    """Time limits follow the calendar (SLA-1)."""

    _inherit = "res.company"

    @api.model
    def _is_working_time_stored(self):
        used = self.env["order.time.limit"]._used_models()
        return bool(used) or super()._is_working_time_stored()

    def _cap_deadline(self, start, due, day, unit):
        """Return ``due``, or the end of ``day`` where that is earlier.

        What is reckoned in working time ends with the work of ``day``, or of the last
        working day before it; never before ``start``.
        """
        if not day:
            return due
        end = self._plan_deadline(self._start_of_day(day), 0, "calendar_days")
        if unit in PLANNED_BY_WORK:
            if not self._is_working_day(day):
                day = self._shift_day(day, -1, "working_days")
            closing = self._plan_deadline(self._start_of_day(day), 0, "working_days")
            if closing > start:
                end = closing
        return min(due, max(end, start))

    def _after_working_time_change(self):
        super()._after_working_time_change()
        limits = self.env["order.time.limit"]
        # a mistake in the hours is told to whoever makes it
        self.filtered(lambda c: limits._is_worked_with(c.id))._check_order_calendar()
        runs = self.env["order.time.limit.run"]
        runs._recount_later([("company_id", "in", self.ids)])
