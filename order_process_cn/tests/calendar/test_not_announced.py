from datetime import date

from odoo.tests import freeze_time, tagged

from ...models.confirmation.slip import get_slipped_date
from ..common import OrderCommon

MARK = "holidays of 2027 not announced yet"


@tagged("post_install", "-at_install")
class TestNotAnnounced(OrderCommon):
    """A date that was reckoned without the holidays of its year says so, wherever it
    stands. K10"""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        years = cls.env["order.calendar.year"]
        years.search([]).unlink()
        years.create({"year": 2026, "is_complete": True})
        cls.year = years.create({"year": 2027})
        cls.company.order_slip_unit = "working_days"

    def test_mark(self):
        """[SLA-1] words for the years between the days that are not all known."""
        mark = self.company._mark_not_announced
        self.assertEqual(mark(date(2026, 1, 1), date(2026, 12, 31)), "")
        self.assertEqual(mark(date(2027, 1, 4), date(2026, 12, 31)), MARK)
        self.assertEqual(
            mark(date(2027, 12, 31), date(2028, 1, 3)),
            "holidays of 2027, 2028 not announced yet",
        )
        self.assertEqual(mark(False), "")
        self.year.is_complete = True
        self.assertEqual(mark(date(2027, 1, 4)), "")

    def test_announced_for_one_company(self):
        """[SLA-1] what one company has entered is not known to another."""
        other = self.env["res.company"].create({"name": "Branch"})
        self.year.write({"company_id": other.id, "is_complete": True})
        self.assertEqual(other._mark_not_announced(date(2027, 1, 4)), "")
        self.assertEqual(self.company._mark_not_announced(date(2027, 1, 4)), MARK)

    def test_mark_of_a_slipped_date(self):
        """[CFM-2] on screen and on every paper that shows the promised date; a date
        that was written by hand is nobody's reckoning."""
        order = self._order().sudo()
        order.commitment_date = "2026-12-30 08:00:00"
        self.assertFalse(order.slip_mark)
        order.write(get_slipped_date(order, 4, "working_days"))
        self.assertEqual(order.slip_mark, MARK)
        for paper in ("f01", "f04", "f05", "f23"):
            with self.subTest(paper=paper):
                self.assertIn(MARK, self._text_of(paper, order))
        order.commitment_date = "2027-01-20 08:00:00"
        self.assertFalse(order.slip_mark)
        self.assertNotIn(MARK, self._text_of("f01", order))

    def test_slip_in_calendar_days_needs_no_holidays(self):
        """[CFM-2] nothing is missing where working days are not counted."""
        self.company.order_slip_unit = "calendar_days"
        order = self._order().sudo()
        order.commitment_date = "2026-12-30 08:00:00"
        order.write(get_slipped_date(order, 4, "calendar_days"))
        self.assertFalse(order.slip_mark)

    def test_mark_of_the_next_window(self):
        """[PLN-1] a holiday would move the window."""
        window = self.env["order.issue.window"].create(
            {"name": "Thursday", "thursday": True, "cut_off": 16}
        )
        with freeze_time("2027-01-04 02:00:00"):
            self.assertIn(
                f"2027-01-07 ({MARK})", window._spell_next_opening(self.company)
            )
        with freeze_time("2026-12-07 02:00:00"):
            spelled = window._spell_next_opening(self.company)
        self.assertIn("2026-12-10", spelled)
        self.assertNotIn("(", spelled)

    def test_settings_tell_hours_in_universal_time(self):
        """[SLA-1] a company in China whose hours are in UTC is told so."""
        self.company.country_id = self.env.ref("base.cn")
        self.company.resource_calendar_id.tz = "UTC"
        settings = self.env["res.config.settings"].with_company(self.company).create({})
        self.assertIn("Asia/Shanghai", settings.order_calendar_hint)
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        settings.invalidate_recordset(["order_calendar_hint"])
        self.assertFalse(settings.order_calendar_hint)

    def _text_of(self, paper, order):
        blocks = self.env[f"order.paper.{paper}"]._get_blocks(order)
        facts = [block for block in blocks if block.kind == "facts"]
        return str([block.rows for block in facts])
