"""Hours and days that are worked: the arithmetic of time limits.

Every instant, given or returned, is a naive datetime in UTC, as Odoo stores them. A day
is a date as the wall clock of the calendar's time zone shows it.
"""

from bisect import bisect_left, bisect_right
from datetime import datetime, time, timedelta
from itertools import accumulate

import pytz

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)
# what a calendar leaves over where a day ends at 23:59:59 is not work
SLIVER = timedelta(minutes=1)
NONE = timedelta(0)


class PeriodTooShortError(Exception):
    """The answer lies outside the period whose working intervals are known.

    The caller asks again with a longer period; ``before`` tells on which side.
    """

    def __init__(self, before):
        super().__init__("earlier" if before else "later")
        self.before = before


class WorkingTime:
    """The working intervals of a period, prepared for many questions.

    Building it costs once per interval; after that every question costs a bisection.
    An interval belongs to the day on which it starts. Never changes.
    """

    __slots__ = (
        "_begin",
        "_days",
        "_end",
        "_ends",
        "_first_day",
        "_last_day",
        "_starts",
        "_stops",
        "_sums",
        "_tz",
    )

    def __init__(self, intervals, first_day, last_day, tz):
        """
        :param intervals: ``[(start, stop), …]`` sorted, disjoint, none empty: see
            :func:`tidy`
        :param first_day: the period, whole days, both included
        :param tz: the ``pytz`` time zone of the calendar
        """
        self._tz, self._first_day, self._last_day = tz, first_day, last_day
        self._begin, self._end = day_start(first_day, tz), day_start(last_day + DAY, tz)
        self._starts = [start for start, _stop in intervals]
        self._stops = [stop for _start, stop in intervals]
        bounds = [self._begin, *(at for pair in intervals for at in pair), self._end]
        if bounds != sorted(bounds):
            raise ValueError("working intervals must be sorted and inside the period")
        spans = (stop - start for start, stop in intervals)
        # work done before each interval, and in all
        self._sums = list(accumulate(spans, initial=NONE))
        ends = {local_date(start, tz): stop for start, stop in intervals}
        self._days = list(ends)
        # the end of a day that ends at midnight still bears the date of that day
        self._ends = [min(end, last_second(day, tz)) for day, end in ends.items()]

    # -- hours -------------------------------------------------------------------------

    def add_hours(self, start, hours):
        """Return the instant by which ``hours`` have been worked since ``start``.

        The earliest such instant: four hours from eight end at noon, not after lunch.
        Zero hours end when work goes on, at once during working time. Negative hours
        give the instant from which on they are worked until ``start``.
        """
        return self.add(start, to_span(hours))

    def add(self, start, span):
        """Like :meth:`add_hours`, for a timedelta: resumes a limit that was paused with
        what :meth:`between` had left over."""
        if not span:
            return self._next_instant(start)
        done = self._worked_until(start) + span
        if done < NONE or done > self._sums[-1]:
            raise PeriodTooShortError(before=done < NONE)
        find = bisect_left if span > NONE else bisect_right
        number = find(self._sums, done) - 1
        return self._starts[number] + (done - self._sums[number])

    def between(self, start, end):
        """Return how much is worked from ``start`` to ``end``; negative if it is the
        later one. From now to the due time it is what a paused limit has left."""
        return self._worked_until(end) - self._worked_until(start)

    def hours_between(self, start, end):
        return self.between(start, end) / HOUR

    def _next_instant(self, start):
        self._check_inside(start)
        number = bisect_right(self._stops, start)
        if number == len(self._stops):
            raise PeriodTooShortError(before=False)
        return max(start, self._starts[number])

    def _worked_until(self, instant):
        self._check_inside(instant)
        number = bisect_right(self._starts, instant) - 1
        if number < 0:
            return NONE
        worked_last = min(instant, self._stops[number]) - self._starts[number]
        return self._sums[number] + worked_last

    def _check_inside(self, instant):
        if not self._begin <= instant <= self._end:
            raise PeriodTooShortError(before=instant < self._begin)

    # -- days --------------------------------------------------------------------------

    def add_days(self, start, days):
        """Return the end of a limit of so many working days.

        The day of ``start`` does not count; the limit ends with the work of the last
        working day. Zero is "the same day": the end of work of the day of ``start``, or
        of the next working day when no work is left on that day.
        """
        self._check_inside(start)
        day = local_date(start, self._tz)
        if days := check_days(days):
            number = bisect_right(self._days, day) + days - 1
        else:
            number = bisect_left(self._days, day)
            if self._days[number : number + 1] == [day] and self._ends[number] <= start:
                number += 1
        if number >= len(self._days):
            raise PeriodTooShortError(before=False)
        return self._ends[number]

    def is_working_day(self, day):
        """Whether any work is done on a day."""
        self._check_covers(day)
        number = bisect_left(self._days, day)
        return self._days[number : number + 1] == [day]

    def next_working_day(self, day):
        """Return ``day`` itself when it is worked, else the first day after it that
        is: where something goes that is planned for ``day``."""
        self._check_covers(day)
        return self._day(bisect_left(self._days, day))

    def shift_day(self, day, days):
        """Return the working day that comes ``days`` working days after (or, negative,
        before) ``day``; ``day`` itself, worked or not, for zero."""
        self._check_covers(day)
        if not days:
            return day
        if days > 0:
            return self._day(bisect_right(self._days, day) + days - 1)
        return self._day(bisect_left(self._days, day) + days)

    def days_between(self, day, other):
        """Return how many working days come after ``day`` until ``other``, this one
        included; negative if ``other`` is the earlier one."""
        self._check_covers(day)
        self._check_covers(other)
        return bisect_right(self._days, other) - bisect_right(self._days, day)

    def _day(self, number):
        if not 0 <= number < len(self._days):
            raise PeriodTooShortError(before=number < 0)
        return self._days[number]

    def _check_covers(self, day):
        if not self._first_day <= day <= self._last_day:
            raise PeriodTooShortError(before=day < self._first_day)


# -- what needs no working time --------------------------------------------------------


def add_elapsed_hours(start, hours):
    """Return ``start`` plus so many hours of the clock, worked or not."""
    return start + to_span(hours)


def add_calendar_days(start, days, tz):
    """Return the end of a limit of so many calendar days.

    Counted as working days are: the day of ``start`` does not count, and the last day
    counts in full, to its last second on the clock of ``tz``.
    """
    return last_second(local_date(start, tz) + check_days(days) * DAY, tz)


def check_days(days):
    """Return a number of days as an integer.

    :raise ValueError: for parts of days and negative numbers
    """
    if days < 0 or days != int(days):
        raise ValueError(f"{days} is not a whole number of days")
    return int(days)


def to_span(hours):
    """Return hours as a timedelta of whole seconds."""
    return timedelta(seconds=round(hours * 3600))


def local_date(instant, tz):
    """Return the day on which an instant falls in a time zone."""
    return pytz.utc.localize(instant).astimezone(tz).date()


def day_start(day, tz):
    """Return the first instant of a day, also where clocks change at midnight."""
    midnight = datetime.combine(day, time.min)
    either = {tz.localize(midnight, is_dst=summer) for summer in (False, True)}
    instants = sorted(at.astimezone(pytz.utc).replace(tzinfo=None) for at in either)
    return next(at for at in instants if local_date(at, tz) >= day)


def last_second(day, tz):
    """Return the last second of a day in a time zone."""
    return day_start(day + DAY, tz) - SECOND


def tidy(intervals):
    """Return intervals of instants as :class:`WorkingTime` takes them.

    Sorted, whole seconds, overlapping ones merged, leftovers of under a minute dropped.
    Intervals that merely touch stay apart: midnight may lie between them.
    """
    merged = []
    for start, stop in sorted(intervals):
        stop = _whole_second(stop)
        if merged and start < merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], stop)
        else:
            merged.append([_whole_second(start), stop])
    return [(start, stop) for start, stop in merged if stop - start >= SLIVER]


def _whole_second(instant):
    """Round up: calendars write midnight as 23:59:59.999999."""
    return (instant + SECOND - timedelta.resolution).replace(microsecond=0)
