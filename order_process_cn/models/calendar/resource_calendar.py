from datetime import date, datetime

from pytz import timezone, utc

from odoo import models
from odoo.exceptions import ValidationError
from odoo.tools.date_utils import float_to_time
from odoo.tools.intervals import Intervals

from ...tools.working_time import DAY, WorkingTime, day_start, tidy
from ..mechanism.memory import remembered


class ResourceCalendar(models.Model):
    """Working hours with the holidays and make-up days of a company."""

    _name = "resource.calendar"
    _inherit = ["resource.calendar", "order.working.time.mixin"]

    def _get_working_time_owners(self):
        return self, self.env["res.company"]

    def _order_has_fixed_hours(self):
        """Whether working time can be reckoned: flexible hours fall on no clock."""
        self.ensure_one()
        return not self.flexible_hours and bool(self._order_work_attendances())

    @remembered
    def _order_is_reckonable(self):
        """Return :meth:`_order_has_fixed_hours`, for questions that are asked often."""
        return self._order_has_fixed_hours()

    @remembered
    def _order_working_time(self, company_id, first_year, last_year):
        """Return the :class:`WorkingTime` of whole years, the same for everybody.

        Whatever it depends on clears the cache: the hours, time off of the whole
        calendar, holidays and make-up days.

        :raise ValidationError: when the hours are empty or flexible
        """
        company = self.env["res.company"].browse(company_id)
        if not self._order_has_fixed_hours():
            raise ValidationError(company._order_calendar_refusal(self))
        first, last = date(first_year, 1, 1), date(last_year, 12, 31)
        tz = timezone(self.tz)
        intervals = self._order_working_intervals(
            company, day_start(first, tz), day_start(last + DAY, tz)
        )
        return WorkingTime(intervals, first, last, tz)

    def _order_working_intervals(self, company, start, end):
        """Return ``[(start, stop), …]``: when the company works between two instants.

        All in UTC without time zone, sorted and disjoint. Counts weekly hours, time off
        of the calendar as far as it is the company's or everybody's, holidays and
        make-up days. The number of queries does not depend on the length.
        """
        self.ensure_one()
        # keys that a client puts into the context must not reach what is kept for all
        calendar = self.with_env(self.env(context={})).with_company(company)
        tz = timezone(calendar.tz)
        start, end = (utc.localize(at).astimezone(tz) for at in (start, end))
        leaves = [
            ("time_type", "=", "leave"),
            ("company_id", "in", [False, company.id]),
        ]
        days = calendar.env["order.calendar.exception"]
        known = days._ids_by_day(company.id)
        exceptions = {
            day: days.browse(number)
            for day, (number, _kind) in known.items()
            if start.date() <= day <= end.date()
        }
        worked = calendar._work_intervals_batch(start, end, domain=leaves, tz=tz)[False]
        worked = [item for item in worked if item[0].date() not in exceptions]
        if make_up := [day for day in exceptions.values() if day.kind == "make_up"]:
            worked += (
                calendar._order_make_up_intervals(make_up, tz)
                - (
                    calendar._leave_intervals_batch(start, end, domain=leaves, tz=tz)[
                        False
                    ]
                )
            )
        inside = ((max(start, low), min(end, high)) for low, high, _meta in worked)
        return tidy(
            tuple(at.astimezone(utc).replace(tzinfo=None) for at in pair)
            for pair in inside
            if pair[0] < pair[1]
        )

    def _order_make_up_intervals(self, exceptions, tz):
        """Return the hours of make-up days, before any time off."""
        return Intervals(
            [
                (
                    tz.localize(datetime.combine(day.date, float_to_time(low))),
                    tz.localize(datetime.combine(day.date, float_to_time(high))),
                    line,
                )
                for day in exceptions
                for (low, high), line in self._order_hours_of(day).items()
            ],
            keep_distinct=True,
        )

    def _attendance_intervals_batch(
        self, start_dt, end_dt, resources=None, domain=None, tz=None, lunch=False
    ):
        """As core, and nobody works on the days off of the company, but everybody on
        its make-up days: core's planner of work orders reckons by them, too. [PLN-5]

        A calendar of every company follows that of the one in which is worked.
        """
        result = super()._attendance_intervals_batch(
            start_dt, end_dt, resources=resources, domain=domain, tz=tz, lunch=lunch
        )
        company = self.company_id or self.env.company
        exceptions = self.env["order.calendar.exception"]
        known = exceptions._ids_by_day(company.id)
        if not known or not self._order_is_reckonable():
            return result
        first, last = start_dt.date() - DAY, end_dt.date() + DAY  # in any time zone
        days = {day: own for day, own in known.items() if first <= day <= last}
        if not days:
            return result
        worked = exceptions.browse(
            number for number, kind in days.values() if kind == "make_up"
        )
        # whoever plans need not see the calendar of the company
        make_up = worked.sudo() if not lunch and not domain else worked.browse()
        for number, intervals in result.items():
            owner = self.env["resource.resource"].browse(number) if number else self
            if number and not owner.calendar_id:
                continue  # works at any hour
            zone = tz or timezone(owner.tz)
            added = self._order_make_up_intervals(make_up, zone)
            kept = [item for item in intervals if item[0].date() not in days]
            kept += [
                (
                    max(start_dt.astimezone(zone), low),
                    min(end_dt.astimezone(zone), high),
                    line,
                )
                for low, high, line in added
                if low < end_dt and high > start_dt
            ]
            result[number] = Intervals(kept, keep_distinct=True)
        return result

    def _order_hours_of(self, exception):
        """Return ``{(from, to): line}`` of the weekday whose hours a make-up day has.

        With two alternating weeks, those of the week in which the make-up day lies, if
        anybody works in it. Where nobody works on the weekday, the first working day of
        the week stands in.
        """
        attendances = self._order_work_attendances()
        if self.two_weeks_calendar:
            week = str(attendances.get_week_type(exception.date))
            attendances = (
                attendances.filtered(lambda line: line.week_type == week) or attendances
            )
        weekdays = attendances.mapped("dayofweek")
        weekday = exception.weekday
        if weekday not in weekdays:
            weekday = min(weekdays, default=False)
        return {
            (line.hour_from, line.hour_to): line
            for line in attendances
            if line.dayofweek == weekday
        }

    def _order_work_attendances(self):
        return self.attendance_ids.filtered(
            lambda line: line._is_work_period() and line.hour_from < line.hour_to
        )
