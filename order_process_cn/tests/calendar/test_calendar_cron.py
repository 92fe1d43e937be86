from datetime import date

from odoo.tests import freeze_time, tagged

from ..common import OrderCommon


@tagged("post_install", "-at_install")
class TestCalendarCron(OrderCommon):
    """[SLA-1] K10: years fill themselves, and somebody is told what is missing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.years = cls.env["order.calendar.year"]
        cls.years.search([]).unlink()

    def _run(self):
        self.env.ref("order_process_cn.order_calendar_cron").ir_actions_server_id.run()
        self.env.flush_all()

    def _notices(self):
        return self.env["mail.message"].search(
            [
                ("message_type", "=", "user_notification"),
                ("notified_partner_ids", "in", self.administrator.partner_id.ids),
                ("subject", "like", "Holidays of"),
            ]
        )

    def _entries(self, year):
        return self.env["order.calendar.exception"].search_count(
            [("date", ">=", date(year, 1, 1)), ("date", "<=", date(year, 12, 31))]
        )

    @freeze_time("2025-05-10")
    def test_known_years_are_entered(self):
        self._run()
        years = {year.year: year.is_complete for year in self.years.search([])}
        self.assertEqual(years[2025], True)
        self.assertIn(2026, years)
        self.assertGreaterEqual(self._entries(2025), 28)

    @freeze_time("2025-05-10")
    def test_a_second_run_changes_nothing(self):
        self._run()
        before = self.years.search([]).mapped("filled_at"), self._entries(2025)
        with freeze_time("2025-05-17"):
            self._run()
        self.assertEqual(
            (self.years.search([]).mapped("filled_at"), self._entries(2025)), before
        )

    @freeze_time("2025-05-10")
    def test_what_was_entered_by_hand_stays(self):
        by_hand = self.env["order.calendar.exception"].create(
            {"name": "Stocktaking", "date": date(2025, 10, 1), "kind": "day_off"}
        )
        self._run()
        self.assertEqual(by_hand.name, "Stocktaking")
        self.assertFalse(by_hand.year_id)

    @freeze_time("2094-11-07")
    def test_alarm_from_november_on(self):
        """[SLA-1] the statutory days of 2095 are known, what is moved is not."""
        self._run()
        self.assertEqual(len(self._notices()), 1)
        self.assertIn("2095", self._notices().subject)

    @freeze_time("2094-10-30")
    def test_no_alarm_before(self):
        self._run()
        self.assertFalse(self._notices())

    @freeze_time("2094-11-07")
    def test_no_alarm_once_it_is_entered(self):
        self.years.create({"year": 2095, "is_complete": True})
        self._run()
        self.assertFalse(self._notices())
