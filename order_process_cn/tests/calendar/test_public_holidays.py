from datetime import date

from odoo.tests import BaseCase

from ...tools.public_holidays import china_names, china_year


class TestPublicHolidays(BaseCase):
    """[SLA-1] What the library knows about the holidays of China."""

    def test_announced_year(self):
        """[SLA-1] National day 2025: eight days off, two days worked in exchange."""
        year = china_year(2025)
        self.assertTrue(year["announced"])
        october = [day.day for day in year["days_off"] if day.month == 10]
        self.assertEqual(october, [1, 2, 3, 4, 5, 6, 7, 8])
        self.assertEqual(year["make_up_days"][date(2025, 9, 28)], date(2025, 10, 7))
        self.assertEqual(year["make_up_days"][date(2025, 10, 11)], date(2025, 10, 8))

    def test_weekend_within_a_holiday(self):
        """[SLA-1] The weekend inside the spring festival is part of it, for those who
        work on Saturdays; the weekend that is worked is not."""
        days_off = china_year(2026)["days_off"]
        self.assertIn(date(2026, 2, 21), days_off)
        self.assertIn(date(2026, 2, 22), days_off)
        self.assertNotIn(date(2026, 2, 28), days_off)
        self.assertNotIn(date(2026, 3, 7), days_off)

    def test_weekends_beside_a_holiday(self):
        """[SLA-1] K10: every day of the announced periods of 2024 to 2026, for those
        who work on Saturdays."""
        official = {
            2024: 30,
            2025: 28,
            2026: 33,
        }
        for year, count in official.items():
            self.assertEqual(len(china_year(year)["days_off"]), count, year)
        days_off = china_year(2026)["days_off"]
        for month, day in ((1, 3), (2, 15), (4, 4), (6, 20), (6, 21), (9, 26), (9, 27)):
            self.assertIn(date(2026, month, day), days_off)
        for month, day in ((1, 4), (2, 14), (9, 20), (10, 10)):
            self.assertNotIn(date(2026, month, day), days_off)

    def test_nothing_is_guessed_beside_a_holiday(self):
        """[SLA-1] 1 May 2095 is a Sunday: the Saturday before it is off only if that
        is announced."""
        self.assertEqual(date(2095, 5, 1).weekday(), 6)
        self.assertNotIn(date(2095, 4, 30), china_year(2095)["days_off"])

    def test_day_worked_in_the_year_before(self):
        """[SLA-1] A day worked in December for a day off in January belongs to the year
        of the day off."""
        self.assertEqual(
            china_year(2012)["make_up_days"][date(2011, 12, 31)], date(2012, 1, 3)
        )
        self.assertNotIn(date(2011, 12, 31), china_year(2011)["make_up_days"])

    def test_year_not_announced(self):
        """[SLA-1] Later years: statutory days only, and that is said."""
        year = china_year(2095)
        self.assertFalse(year["announced"])
        self.assertFalse(year["make_up_days"])
        self.assertIn(date(2095, 10, 1), year["days_off"])

    def test_unknown_year(self):
        """[SLA-1] Of a year that is not known nothing is guessed."""
        for year in (1900, 2500):
            self.assertIsNone(china_year(year))

    def test_names(self):
        """[SLA-1] Names come in the language asked for, else in Chinese."""
        day = date(2025, 5, 1)
        self.assertEqual(china_names(2025, "en_US")[day], "Labor Day")
        self.assertEqual(china_names(2025, "zh_CN")[day], "劳动节")
        self.assertEqual(china_names(2025, "fr_FR")[day], "劳动节")
