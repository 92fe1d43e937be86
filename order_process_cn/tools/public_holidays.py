"""The public holidays of China and the days worked in exchange (调休)."""

import re
from datetime import date, timedelta

import holidays

COUNTRY = "CN"
# the spelling of dates in the language of the notices
LANGUAGE = "zh_CN"
MOVED_FROM = re.compile(r"\d{4}-\d{2}-\d{2}")
SATURDAY = 5


def china_year(year):
    """Return what is known about a year, ``None`` when nothing is.

    The result holds

    ``days_off``
        dates in order. The weekends within and beside a holiday belong to it and are
        among them, unless they are worked: it matters to those who work on Saturdays.
        Beside a holiday only once the arrangement of the year is known.
    ``make_up_days``
        ``{date worked: date that is off for it}``, for the days off of this year; the
        date worked may lie in the year before.
    ``announced``
        whether the arrangement for the year has been announced. Before that, only the
        statutory holidays are known, and no make-up day.
    """
    names = china_names(year, LANGUAGE)
    if not names:
        return None
    make_up_days = {
        date.fromisoformat(worked): off
        for off, name in names.items()
        for worked in MOVED_FROM.findall(name)
    }
    return {
        "days_off": sorted(_with_weekends(names, make_up_days)),
        "make_up_days": make_up_days,
        "announced": bool(make_up_days),
    }


def china_names(year, language):
    """Return ``{date: name}`` of the holidays of a year; empty for a year that the
    library does not know. A language that it does not know is answered in its own."""
    entity = getattr(holidays, COUNTRY)
    if not entity.start_year <= year <= entity.end_year:
        return {}
    if language not in entity.supported_languages:
        language = LANGUAGE
    return dict(holidays.country_holidays(COUNTRY, years=year, language=language))


def library_version():
    return holidays.__version__


def _with_weekends(days_off, make_up_days):
    """Return the days off with the Saturdays and Sundays that belong to them."""
    found = set(days_off)
    for day in days_off:
        for step in (timedelta(days=1), timedelta(days=-1)):
            beside = _weekend_from(day + step, step, make_up_days)
            end = day + step * (len(beside) + 1)
            if make_up_days or end in days_off:
                found.update(beside)
    return {day for day in found if day.year in {off.year for off in days_off}}


def _weekend_from(day, step, make_up_days):
    """Return the Saturdays and Sundays from ``day`` on that are not worked."""
    found = []
    while day.weekday() >= SATURDAY and day not in make_up_days:
        found.append(day)
        day += step
    return found
