from datetime import timedelta

from pytz import timezone, utc

from odoo import api, models
from odoo.exceptions import UserError, ValidationError

from ...tools.working_time import (
    HOUR,
    PeriodTooShortError,
    WorkingTime,
    add_calendar_days,
    add_elapsed_hours,
    check_days,
    local_date,
)
from ..mechanism.memory import remembered

# in which a time limit is given
LIMIT_UNITS = [
    ("elapsed_hours", "Hours (by the clock)"),
    ("working_hours", "Working hours"),
    ("calendar_days", "Calendar days"),
    ("working_days", "Working days"),
]
PLANNED_BY_WORK = {
    "working_hours": WorkingTime.add_hours,
    "working_days": WorkingTime.add_days,
}
UNITS_OF_DAYS = {"calendar_days", "working_days"}
# an answer that lies further away means that nobody ever works
MOST_YEARS = 8
UNIVERSAL_TIME = {"UTC", "Etc/UTC", "GMT", "Etc/GMT"}


class ResCompany(models.Model):
    """Deadlines and working days as the working hours of the company have it.

    Instants are naive UTC, days are dates on the clock of the company's working hours.
    Working time is kept in memory: many questions cost no more queries than one.
    """

    _inherit = "res.company"

    # -- deadlines ---------------------------------------------------------------------

    def _plan_deadline(self, start, length, unit, calendar=None):
        """Return when a limit of ``length`` in ``unit`` that starts at ``start`` ends.

        Hours may be parts and negative (a reminder before a due time). Days are whole:
        the day of the start does not count. A limit of calendar days ends with the last
        second of its last day, one of working days with the work of its last day; no
        working day at all means by the end of the same working day.

        :param calendar: the working hours of whoever has to keep it, where they are not
            those of the company
        """
        return self._plan_deadlines([(start, length, unit)], calendar)[0]

    def _plan_deadlines(self, limits, calendar=None):
        """Return the ends of many limits ``[(start, length, unit), …]`` in order."""
        self.ensure_one()
        for _start, length, unit in limits:
            self._check_limit_length(length, unit)
        of_work = [limit for limit in limits if limit[2] in PLANNED_BY_WORK]
        dues = iter(
            self._ask_working_time(
                [start for start, _length, _unit in of_work],
                lambda working_time: [
                    PLANNED_BY_WORK[unit](working_time, start, length)
                    for start, length, unit in of_work
                ],
                calendar,
            )
        )
        return [
            next(dues)
            if unit in PLANNED_BY_WORK
            else self._plan_by_clock(start, length, unit, calendar)
            for start, length, unit in limits
        ]

    def _plan_by_clock(self, start, length, unit, calendar):
        if unit == "calendar_days":
            return add_calendar_days(start, length, self._order_timezone(calendar))
        return add_elapsed_hours(start, length)

    def _seconds_left(self, limits, calendar=None):
        """Return, for limits ``[(now, due, unit), …]`` that are paused, the seconds
        that each has left: of work, or by the clock; negative for those that are late.
        """
        self.ensure_one()
        of_work = [limit for limit in limits if limit[2] in PLANNED_BY_WORK]
        left = iter(
            self._ask_working_time(
                [at for now, due, _unit in of_work for at in (now, due)],
                lambda working_time: [
                    working_time.between(now, due) for now, due, _unit in of_work
                ],
                calendar,
            )
        )
        return [
            (next(left) if unit in PLANNED_BY_WORK else due - now).total_seconds()
            for now, due, unit in limits
        ]

    def _resume_deadlines(self, limits, calendar=None):
        """Return the new ends of limits ``[(now, seconds left, unit), …]``."""
        return self._plan_deadlines(
            [
                (
                    now,
                    seconds / HOUR.total_seconds(),
                    "working_hours" if unit in PLANNED_BY_WORK else "elapsed_hours",
                )
                for now, seconds, unit in limits
            ],
            calendar,
        )

    def _working_hours_between(self, start, end):
        """Return how many hours are worked between two instants."""
        return self._ask_working_time(
            [start, end], lambda working_time: working_time.hours_between(start, end)
        )

    # -- days --------------------------------------------------------------------------

    def _is_working_day(self, day, calendar=None):
        return self._ask_working_time(
            [day], lambda working_time: working_time.is_working_day(day), calendar
        )

    def _next_working_day(self, day):
        """Return ``day``, or the first working day after it when nobody works on it:
        where a holiday moves an issue window."""
        return self._next_working_days([day])[0]

    def _next_working_days(self, days):
        """Return :meth:`_next_working_day` of many days, in order."""
        return self._ask_working_time(
            days,
            lambda working_time: [working_time.next_working_day(day) for day in days],
        )

    def _shift_day(self, day, days, unit="calendar_days", calendar=None):
        """Return the day that comes ``days`` days of ``unit`` after (negative: before)
        ``day``: where a promised date slips to."""
        if unit != "working_days":
            return day + timedelta(days=days)
        return self._ask_working_time(
            [day], lambda working_time: working_time.shift_day(day, days), calendar
        )

    def _days_between(self, day, other, unit="calendar_days"):
        """Return how many days of ``unit`` come after ``day`` until ``other``, which
        counts: by how many days something slips."""
        if unit != "working_days":
            return (other - day).days
        return self._ask_working_time(
            [day, other], lambda working_time: working_time.days_between(day, other)
        )

    def _calendar_day(self, instant):
        """Return the day on which an instant falls for the company."""
        return local_date(instant, self._order_timezone())

    def _spell_instant(self, instant):
        """Return day and hour of an instant by the clock of the company, for words that
        a scheduled action leaves or that several people read."""
        local = utc.localize(instant).astimezone(self._order_timezone())
        return local.strftime("%Y-%m-%d %H:%M")

    def _years_not_announced(self, first_day, last_day):
        """Return the years between two days whose holidays and make-up days are not all
        known: dates reckoned in them may move. For a warning beside such dates."""
        self.ensure_one()
        years = range(first_day.year, last_day.year + 1)
        announced = self.env["order.calendar.year"]._announced_for(self.id)
        return sorted({*years} - announced)

    def _mark_not_announced(self, *days):
        """Return the mark of a date that was reckoned in working days between ``days``:
        words where the holidays of a year among them are not all known, else nothing.

        Whatever shows such a date, on screen or paper, shows the mark beside it.
        [SLA-1]
        """
        days = [day for day in days if day]
        years = days and self._years_not_announced(min(days), max(days))
        if not years:
            return ""
        return self.env._(
            "holidays of %s not announced yet", ", ".join(map(str, years))
        )

    # -- what depends on it ------------------------------------------------------------

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"resource_calendar_id", "partner_id"}:
            self.env.registry.clear_cache()  # the clock is remembered
        if "resource_calendar_id" in vals:
            self._note_working_time(self.env["resource.calendar"], self)
        return result

    @api.model
    def _note_working_time(self, calendars, companies):
        """Have :meth:`_after_working_time_change` called, once, before this transaction
        commits: for ``companies``, and those that work by ``calendars``; for every
        company if both are empty."""
        if not self._is_working_time_stored():
            return
        # whoever changes the hours, the engine looks after what depends on them
        self.env["order.touched"]._collect(
            self.env["res.company"].sudo()._tell_working_time,
            calendars=calendars.ids,
            companies=companies.ids,
            everybody=() if calendars or companies else (True,),
        )

    @api.model
    def _tell_working_time(self, noted):
        if noted["everybody"]:
            concerned = self.search([])
        else:
            concerned = self.browse(noted["companies"])
            concerned |= self._find_working_by(list(noted["calendars"]))
        concerned.exists()._after_working_time_change()

    @api.model
    def _find_working_by(self, calendar_ids):
        """Return the companies for which anything is reckoned by these hours."""
        return self.search([("resource_calendar_id", "in", calendar_ids)])

    @api.model
    def _is_working_time_stored(self):
        """Whether anything is stored that was reckoned with working time."""
        return False

    def _after_working_time_change(self):
        """Called when the working time of these companies is another than before."""

    # -- checks ------------------------------------------------------------------------

    def _check_order_calendar(self):
        """Refuse working hours by which nothing can be reckoned. For settings that make
        use of working time, and at every use.

        :raise ValidationError: naming every company in question
        """
        # the hours of a company are no secret
        gaps = self.sudo().filtered(
            lambda company: (
                not company.resource_calendar_id
                or not company.resource_calendar_id._order_has_fixed_hours()
            )
        )
        if gaps:
            raise ValidationError(
                "\n".join(
                    company._order_calendar_refusal(company.resource_calendar_id)
                    for company in gaps
                )
            )

    def _order_calendar_refusal(self, calendar):
        if not calendar:
            return self.env._(
                "Company %(company)s has no working hours, so that working time cannot "
                "be reckoned. An administrator can choose them for the company.",
                company=self.name,
            )
        return self.env._(
            "The working hours “%(calendar)s” of company %(company)s have no fixed "
            "attendances (they are empty or flexible), so that working time cannot be "
            "reckoned. An administrator can enter the hours of each weekday, or choose "
            "other working hours for the company.",
            calendar=calendar.name,
            company=self.name,
        )

    def _find_calendar_hint(self, calendar=None):
        """Return what looks like a mistake in the hours by which a company reckons, in
        words, or nothing: in China, by the clock of Greenwich."""
        self.ensure_one()
        company = self.sudo()  # the hours and the country of a company are no secret
        calendar = calendar.sudo() if calendar else company.resource_calendar_id
        if company.country_id.code != "CN" or calendar.tz not in UNIVERSAL_TIME:
            return ""
        return self.env._(
            "The working hours “%(calendar)s” of %(company)s are in the time zone "
            "%(zone)s: 08:00 there is 16:00 in China. An administrator can choose "
            "Asia/Shanghai on the working hours.",
            calendar=calendar.name,
            company=company.name,
            zone=calendar.tz,
        )

    def _check_limit_length(self, length, unit):
        """Refuse a length that its unit does not have. For rules with a limit."""
        if unit not in dict(LIMIT_UNITS):
            raise ValueError(f"{unit} is no unit of time limits")
        if unit in UNITS_OF_DAYS:
            try:
                check_days(length)
            except ValueError as error:
                raise ValidationError(
                    self.env._(
                        "A limit in days is a whole number of days, not %(length)s. "
                        "Parts of a day are given in hours.",
                        length=length,
                    )
                ) from error

    # -- where it comes from -----------------------------------------------------------

    def _get_hours(self, calendar=None):
        """Return ``calendar``, or the working hours of the company, as superuser.

        :raise ValidationError: the company has none
        """
        self.ensure_one()
        # the hours of a company are no secret
        hours = calendar.sudo() if calendar else self.sudo().resource_calendar_id
        if not hours:
            self._check_order_calendar()
        return hours

    def _order_timezone(self, calendar=None):
        """Return the clock of ``calendar``, or of the company. Days and hours of the
        clock need no working hours: without any it is the clock of its address."""
        self.ensure_one()
        # the clock of a company is no secret
        return timezone((calendar and calendar.sudo().tz) or self._get_clock())

    @remembered
    def _get_clock(self):
        return self.resource_calendar_id.tz or self.partner_id.tz or "UTC"

    def _ask_working_time(self, instants, question, calendar=None):
        """Return ``question(working time)``, asked with as many years as the answer
        needs, starting from those of ``instants`` (or days); of no instants, nothing.

        :raise UserError: when there is no answer within :data:`MOST_YEARS`
        """
        self.ensure_one()
        if not instants:
            return []
        hours = self._get_hours(calendar)
        years = [at.year for at in instants]
        first, last = min(years), max(years)
        for _more in range(MOST_YEARS):
            try:
                return question(hours._order_working_time(self.id, first, last))
            except PeriodTooShortError as short:
                first, last = first - short.before, last + (not short.before)
        raise UserError(
            self.env._(
                "Company %(company)s does not work enough between %(first)s and "
                "%(last)s to tell when a time limit ends. Check its working hours, "
                "time off and holidays.",
                company=self.name,
                first=first,
                last=last,
            )
        )
