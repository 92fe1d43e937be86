import random
from datetime import date, datetime, timedelta

import pytz

from odoo.tests import BaseCase

from ...tools.working_time import (
    DAY,
    HOUR,
    PeriodTooShortError,
    WorkingTime,
    add_calendar_days,
    add_elapsed_hours,
    day_start,
    last_second,
    local_date,
    tidy,
)

MINUTE = timedelta(minutes=1)
CALENDARS = 16
QUESTIONS = 20
# zones with and without summer time, and the first day of a period of six weeks: with
# clocks that change at night, at midnight, by half an hour, and a day that never was
PLACES = [
    ("Asia/Shanghai", date(2026, 9, 7)),
    ("UTC", date(2026, 2, 2)),
    ("America/New_York", date(2024, 2, 26)),
    ("Europe/Berlin", date(2024, 10, 7)),
    ("Australia/Lord_Howe", date(2024, 3, 18)),
    ("America/Havana", date(2023, 10, 16)),
    ("America/Sao_Paulo", date(2018, 10, 15)),
    ("Pacific/Apia", date(2011, 12, 12)),
]


class Minutes:
    """The slow model: a list of minutes, worked or not, walked one by one."""

    def __init__(self, intervals, first_day, last_day, tz):
        self.tz = tz
        self.begin = day_start(first_day, tz)
        worked = {at for pair in intervals for at in self._minutes(*pair)}
        end = day_start(last_day + DAY, tz)
        self.worked = [at in worked for at in self._minutes(self.begin, end)]
        self.days = {
            local_date(at, tz): self._end_of(at + MINUTE, at) for at in sorted(worked)
        }

    def _minutes(self, at, end):
        while at < end:
            yield at
            at += MINUTE

    def _end_of(self, end, at):
        """The end of work, dated as the day to which it belongs."""
        if local_date(end, self.tz) == local_date(at, self.tz):
            return end
        return end - timedelta(seconds=1)

    def _instant(self, number):
        return self.begin + number * MINUTE

    def _number(self, instant):
        return round((instant - self.begin) / MINUTE)

    def add(self, start, minutes):
        number = self._number(start)
        if not minutes:
            while number < len(self.worked) and not self.worked[number]:
                number += 1
            return self._instant(number) if number < len(self.worked) else None
        step = 1 if minutes > 0 else -1
        left = abs(minutes)
        while left:
            passed = number if step > 0 else number - 1
            if not 0 <= passed < len(self.worked):
                return None
            left -= self.worked[passed]
            number += step
        return self._instant(number)

    def between(self, start, end):
        if end < start:
            return -self.between(end, start)
        return sum(self.worked[self._number(start) : self._number(end)])

    def add_days(self, start, days):
        day = local_date(start, self.tz)
        if not days:
            left = {at: end for at, end in self.days.items() if end > start}
            return left[min(left)] if left else None
        later = sorted(at for at in self.days if at > day)
        return self.days[later[days - 1]] if len(later) >= days else None


class TestWorkingTime(BaseCase):
    """[SLA-1] [SLA-2] [CFM-2] [PLN-1] The arithmetic of working time, without Odoo."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendars = [cls._random_calendar(number) for number in range(CALENDARS)]

    @classmethod
    def _random_calendar(cls, number):
        """Return working time and slow model of the same random working hours."""
        rng = random.Random(number)
        zone, first = PLACES[number % len(PLACES)]
        tz, last = pytz.timezone(zone), first + 41 * DAY
        week = {day: cls._random_hours(rng) for day in range(7) if rng.random() < 0.75}
        intervals = []
        for offset in range(42):
            day = first + offset * DAY
            if day.weekday() in week and rng.random() < 0.9:
                noon = datetime.combine(day, datetime.min.time())
                intervals += [
                    tuple(
                        tz.localize(noon + minutes * MINUTE)
                        .astimezone(pytz.utc)
                        .replace(tzinfo=None)
                        for minutes in pair
                    )
                    for pair in week[day.weekday()]
                ]
        begin, end = day_start(first, tz), day_start(last + DAY, tz)
        intervals = tidy((max(low, begin), min(high, end)) for low, high in intervals)
        period = first, last, tz
        return WorkingTime(intervals, *period), Minutes(intervals, *period)

    @staticmethod
    def _random_hours(rng):
        """Return up to three spans of minutes of a day, midnight included."""
        bounds = sorted(rng.sample(range(0, 1441, 15), 2 * rng.randint(1, 3)))
        if rng.random() < 0.3:
            bounds[-1] = 1440
        return list(zip(bounds[::2], bounds[1::2], strict=True))

    def _random_instant(self, rng, model):
        return model.begin + rng.randrange(len(model.worked)) * MINUTE

    def _assert_same(self, expected, question, *given):
        """The answer is the model's; or there is none in the period."""
        if expected is None:
            with self.assertRaises(PeriodTooShortError):
                question(*given)
        else:
            self.assertEqual(question(*given), expected, given)

    def _each_question(self):
        for number, (fast, slow) in enumerate(self.calendars):
            rng = random.Random(f"{self._testMethodName} {number}")
            for _question in range(QUESTIONS):
                yield rng, fast, slow

    def test_hours_like_minute_by_minute(self):
        """[SLA-1] Working hours after, and before, an instant."""
        for rng, fast, slow in self._each_question():
            start = self._random_instant(rng, slow)
            minutes = rng.choice(
                [0, 1, 60, rng.randint(1, 6000), -rng.randint(1, 6000)]
            )
            self._assert_same(
                slow.add(start, minutes), fast.add_hours, start, minutes / 60
            )

    def test_between_like_minute_by_minute(self):
        """[SLA-2] Working time between two instants, in both directions."""
        for rng, fast, slow in self._each_question():
            start, end = (self._random_instant(rng, slow) for _side in range(2))
            minutes = slow.between(start, end)
            self.assertEqual(fast.between(start, end), minutes * MINUTE)
            self.assertAlmostEqual(fast.hours_between(start, end), minutes / 60)

    def test_days_like_minute_by_minute(self):
        """[SLA-1] Working days after an instant."""
        for rng, fast, slow in self._each_question():
            start, days = self._random_instant(rng, slow), rng.choice([0, 0, 1, 2, 9])
            self._assert_same(slow.add_days(start, days), fast.add_days, start, days)

    def test_working_days_like_a_list_of_days(self):
        """[PLN-1] [CFM-2] Next working day, shifted days, days between."""
        for rng, fast, slow in self._each_question():
            day, other = (
                local_date(self._random_instant(rng, slow), slow.tz) for _ in range(2)
            )
            days = sorted(slow.days)
            later = [at for at in days if at > day]
            same_or_later = [at for at in days if at >= day]
            earlier = [at for at in days if at < day]
            self.assertEqual(fast.is_working_day(day), day in slow.days)
            self._assert_same(
                same_or_later[0] if same_or_later else None, fast.next_working_day, day
            )
            for count in (1, 3):
                self._assert_same(
                    later[count - 1] if len(later) >= count else None,
                    fast.shift_day,
                    day,
                    count,
                )
                self._assert_same(
                    earlier[-count] if len(earlier) >= count else None,
                    fast.shift_day,
                    day,
                    -count,
                )
            self.assertEqual(fast.shift_day(day, 0), day)
            low, high = sorted((day, other))
            among = sum(low < at <= high for at in days)
            self.assertEqual(
                fast.days_between(day, other), among if other >= day else -among
            )

    def test_pause_and_resume(self):
        """[SLA-2] What is left when a limit is paused is left when it goes on, and a
        limit that is late stays late by as much."""
        for rng, fast, slow in self._each_question():
            due, paused, resumed = (
                self._random_instant(rng, slow) for _instant in range(3)
            )
            left = fast.between(paused, due)
            try:
                new_due = fast.add(resumed, left)
            except PeriodTooShortError:
                continue
            self.assertEqual(fast.between(resumed, new_due), left)

    # -- a week as an example ----------------------------------------------------------

    def _week(self):
        """Return Monday to Friday 8-12 and 13-17, two weeks from 2026-06-01, in UTC."""
        first = date(2026, 6, 1)
        days = [first + offset * DAY for offset in range(14)]
        intervals = [
            (
                datetime(day.year, day.month, day.day, low),
                day_start(day, pytz.utc) + span,
            )
            for day in days
            if day.weekday() < 5
            for low, span in ((8, 12 * HOUR), (13, 17 * HOUR))
        ]
        return WorkingTime(intervals, days[0], days[-1], pytz.utc)

    def test_ends_of_hours(self):
        """[SLA-1] A limit ends with the work that fills it, not when work goes on; one
        of no length ends as soon as somebody works."""
        week = self._week()
        at = datetime
        for start, hours, due in [
            (at(2026, 6, 5, 16), 4, at(2026, 6, 8, 11)),
            (at(2026, 6, 1, 8), 4, at(2026, 6, 1, 12)),
            (at(2026, 6, 1, 8), 4.5, at(2026, 6, 1, 13, 30)),
            (at(2026, 6, 1, 12, 30), 0, at(2026, 6, 1, 13)),
            (at(2026, 6, 1, 12), 0, at(2026, 6, 1, 13)),
            (at(2026, 6, 1, 11), 0, at(2026, 6, 1, 11)),
            (at(2026, 6, 6, 10), 1, at(2026, 6, 8, 9)),
            (at(2026, 6, 8, 8), -1, at(2026, 6, 5, 16)),
            (at(2026, 6, 8, 12), -4, at(2026, 6, 8, 8)),
            (at(2026, 6, 8, 12), 1 / 3, at(2026, 6, 8, 13, 20)),
        ]:
            self.assertEqual(week.add_hours(start, hours), due, (start, hours))

    def test_ends_of_days(self):
        """[SLA-1] The day of the start does not count; "the same day" is the next
        working day once work is over."""
        week = self._week()
        at = datetime
        for start, days, due in [
            (at(2026, 6, 1, 6), 0, at(2026, 6, 1, 17)),
            (at(2026, 6, 1, 16, 59), 0, at(2026, 6, 1, 17)),
            (at(2026, 6, 1, 17), 0, at(2026, 6, 2, 17)),
            (at(2026, 6, 5, 18), 0, at(2026, 6, 8, 17)),
            (at(2026, 6, 6, 9), 0, at(2026, 6, 8, 17)),
            (at(2026, 6, 1, 6), 1, at(2026, 6, 2, 17)),
            (at(2026, 6, 5, 18), 1, at(2026, 6, 8, 17)),
            (at(2026, 6, 6, 9), 1, at(2026, 6, 8, 17)),
            (at(2026, 6, 5, 9), 2, at(2026, 6, 9, 17)),
        ]:
            self.assertEqual(week.add_days(start, days), due, (start, days))

    def test_outside_the_period(self):
        """[SLA-1] The caller learns on which side the period is too short."""
        week = self._week()
        inside = datetime(2026, 6, 3, 9)
        for before, question in [
            (False, lambda: week.add_hours(inside, 100)),
            (True, lambda: week.add_hours(inside, -100)),
            (False, lambda: week.add_days(inside, 10)),
            (False, lambda: week.add_hours(datetime(2026, 6, 13), 0)),
            (False, lambda: week.between(inside, datetime(2026, 6, 16))),
            (True, lambda: week.between(inside, datetime(2026, 5, 30))),
            (True, lambda: week.is_working_day(date(2026, 5, 31))),
            (False, lambda: week.next_working_day(date(2026, 6, 13))),
            (True, lambda: week.shift_day(date(2026, 6, 3), -3)),
        ]:
            with self.assertRaises(PeriodTooShortError) as caught:
                question()
            self.assertEqual(caught.exception.before, before)

    def test_days_are_whole(self):
        """[SLA-1] Parts of days and negative days are no length."""
        for days in (0.5, -1):
            with self.assertRaisesRegex(ValueError, "whole number"):
                self._week().add_days(datetime(2026, 6, 3, 9), days)
            with self.assertRaisesRegex(ValueError, "whole number"):
                add_calendar_days(datetime(2026, 6, 3, 9), days, pytz.utc)

    def test_order_of_intervals(self):
        """[SLA-1] Intervals out of order or outside the period are refused."""
        early, late = datetime(2026, 6, 1, 8), datetime(2026, 6, 1, 12)
        for intervals in ([(late, early)], [(early, late + DAY)]):
            with self.assertRaisesRegex(ValueError, "sorted and inside"):
                WorkingTime(intervals, date(2026, 6, 1), date(2026, 6, 1), pytz.utc)

    def test_tidy(self):
        """[SLA-1] Overlaps are merged, 23:59:59.999999 is midnight, and the second that
        time off until 23:59:59 leaves over is not work."""
        day = datetime(2026, 6, 1)
        last = timedelta(hours=23, minutes=59, seconds=59)
        almost = DAY - timedelta.resolution
        self.assertEqual(
            tidy(
                [
                    (day + 13 * HOUR, day + 17 * HOUR),
                    (day + 8 * HOUR, day + 12 * HOUR),
                    (day + 11 * HOUR, day + 12 * HOUR),
                    (day + 12 * HOUR, day + 13 * HOUR),
                    (day + 22 * HOUR, day + almost),
                    (day + DAY + last, day + DAY + almost),
                ]
            ),
            [
                (day + 8 * HOUR, day + 12 * HOUR),
                (day + 12 * HOUR, day + 13 * HOUR),
                (day + 13 * HOUR, day + 17 * HOUR),
                (day + 22 * HOUR, day + DAY),
            ],
        )

    # -- clocks that change ------------------------------------------------------------

    def test_calendar_days_and_elapsed_hours(self):
        """[SLA-1] [CFM-2] A calendar day ends with its last second on the local clock,
        24 hours end 24 hours later, whatever the clocks do meanwhile."""
        zone = pytz.timezone("America/New_York")
        # Saturday 2024-03-09 18:00; clocks go forward in the night
        start = datetime(2024, 3, 9, 23)
        self.assertEqual(
            add_calendar_days(start, 1, zone), datetime(2024, 3, 11, 3, 59, 59)
        )
        self.assertEqual(
            add_calendar_days(start, 0, zone), datetime(2024, 3, 10, 4, 59, 59)
        )
        self.assertEqual(add_elapsed_hours(start, 24), datetime(2024, 3, 10, 23))
        self.assertEqual(add_elapsed_hours(start, -0.5), datetime(2024, 3, 9, 22, 30))

    def test_days_where_clocks_change_at_midnight(self):
        """[SLA-1] Where a day starts that has no midnight, or two, or never was."""
        for zone, day, start, length in [
            ("Asia/Shanghai", date(2026, 6, 1), datetime(2026, 5, 31, 16), 24),
            ("America/Sao_Paulo", date(2018, 11, 4), datetime(2018, 11, 4, 3), 23),
            ("America/Havana", date(2023, 11, 5), datetime(2023, 11, 5, 4), 25),
            ("Australia/Lord_Howe", date(2024, 4, 7), datetime(2024, 4, 6, 13), 24.5),
            ("Pacific/Apia", date(2011, 12, 30), datetime(2011, 12, 30, 10), 0),
        ]:
            tz = pytz.timezone(zone)
            self.assertEqual(day_start(day, tz), start, zone)
            self.assertEqual(
                last_second(day, tz), start + length * HOUR - timedelta(seconds=1), zone
            )
