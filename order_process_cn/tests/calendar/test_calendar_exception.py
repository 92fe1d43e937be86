from datetime import date

from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import Form, new_test_user
from odoo.tools import mute_logger

from .common import CalendarCommon


class TestCalendarException(CalendarCommon):
    """[SLA-1] [PLN-1] Holidays and make-up days: by hand, and from the library."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        companies = cls.company | cls.other_company
        cls.administrator = new_test_user(
            cls.env,
            "opc_calendar_administrator",
            groups="order_process_cn.order_group_manager,base.group_multi_company",
            company_id=cls.company.id,
            company_ids=[Command.set(companies.ids)],
        )
        cls.employee = new_test_user(
            cls.env,
            "opc_calendar_employee",
            groups="base.group_user",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )
        cls.years = cls.env["order.calendar.year"]

    def _entries(self):
        """Return ``{date: (kind, weekday, source)}`` of the entries for everybody."""
        return {
            entry.date: (entry.kind, entry.weekday, entry.source)
            for entry in self.exceptions.search([("company_id", "=", False)])
        }

    def _run_wizard(self, year, company=None):
        """Fill a year the way the administrator does; return the wizard."""
        form = Form(
            self.env["order.calendar.fill.wizard"].with_user(self.administrator)
        )
        form.year = year
        if company:
            form.company_id = company
        wizard = form.save()
        action = wizard.action_fill()
        self.assertEqual(action["res_id"], wizard.id)
        # what is shown is rendered too
        result = self.env["ir.ui.view"].browse(action["views"][0][0])
        Form(wizard, view=result)
        return wizard

    # -- filling -----------------------------------------------------------------------

    def test_fill(self):
        """[SLA-1] An announced year: days off, and make-up days with the hours of the
        weekday that is off for them."""
        wizard = self._run_wizard(2025)
        entries = self._entries()
        self.assertEqual(entries[date(2025, 10, 1)], ("day_off", False, "library"))
        self.assertEqual(entries[date(2025, 9, 28)], ("make_up", "1", "library"))
        self.assertEqual(entries[date(2025, 10, 11)], ("make_up", "2", "library"))
        self.assertTrue(wizard.is_complete)
        self.assertIn("28 days off, 5 make-up working days", wizard.result)
        year = self.years.search([])
        self.assertEqual((year.year, year.is_complete), (2025, True))
        self.assertFalse(any(year.exception_ids.mapped("is_provisional")))

    def test_fill_year_not_announced(self):
        """[SLA-1] A year that is not announced is filled with the statutory days, and
        the administrator is told; the days stay marked until he says that all is
        known."""
        wizard = self._run_wizard(2095)
        self.assertFalse(wizard.is_complete)
        self.assertIn("0 make-up working days", wizard.result)
        year = self.years.search([])
        self.assertFalse(year.is_complete)
        entries = year.exception_ids
        self.assertTrue(entries)
        self.assertTrue(all(entries.mapped("is_provisional")))
        year.with_user(self.administrator).is_complete = True
        self.assertFalse(any(entries.mapped("is_provisional")))
        # filling again does not take back what the administrator said
        self._run_wizard(2095)
        self.assertTrue(year.is_complete)

    def test_fill_unknown_year(self):
        """[SLA-1] A year of which nothing is known is refused, nothing is entered."""
        for year, words in (
            (0, "0 lies not between"),  # no year at all
            (1900, "holidays of 1900 are not known"),
            (2200, "holidays of 2200 are not known"),
        ):
            with self.assertRaisesRegex(UserError, words):
                self._run_wizard(year)
        self.assertFalse(self.exceptions.search([]))
        self.assertFalse(self.years.search([]))

    def test_fill_twice(self):
        """[SLA-1] Filling again changes nothing."""
        self._run_wizard(2025)
        before = self.exceptions.search([])
        values = before.read(["date", "kind", "name", "weekday", "source"])
        wizard = self._run_wizard(2025)
        after = self.exceptions.search([])
        self.assertEqual(after, before)
        self.assertEqual(
            after.read(["date", "kind", "name", "weekday", "source"]), values
        )
        self.assertIn("0 days off, 0 make-up working days", wizard.result)
        self.assertEqual(len(self.years.search([])), 1)

    def test_by_hand_stays(self):
        """[SLA-1] What was entered, changed or archived by hand before or after a fill
        survives it, and the administrator is told."""
        self._except("2025-10-01", "make_up", name="Stocktaking")
        self._run_wizard(2025)
        by_date = {entry.date: entry for entry in self.exceptions.search([])}
        by_date[date(2025, 10, 11)].weekday = "0"
        by_date[date(2025, 5, 1)].active = False
        by_date[date(2025, 1, 1)].name = "New Year and Jubilee"
        wizard = self._run_wizard(2025)
        entries = self._entries()
        self.assertEqual(entries[date(2025, 10, 1)], ("make_up", False, "hand"))
        self.assertEqual(entries[date(2025, 10, 11)], ("make_up", "0", "hand"))
        self.assertNotIn(date(2025, 5, 1), entries)
        self.assertEqual(by_date[date(2025, 1, 1)].name, "New Year and Jubilee")
        kept = "2025-01-01, 2025-05-01, 2025-10-01, 2025-10-11"
        self.assertIn(f"Left as entered by hand: {kept}.", wizard.result)

    def test_fill_corrects_itself(self):
        """[SLA-1] Days that were filled in and are no longer so disappear: the next
        announcement moves them."""
        self._run_wizard(2025)
        year = self.years.search([])
        stale = self._except("2025-06-20", year_id=year.id)
        wrong = year.exception_ids.filtered(lambda day: day.date == date(2025, 5, 1))
        wrong.write({"kind": "make_up", "year_id": year.id})
        wizard = self._run_wizard(2025)
        self.assertFalse(stale.exists())
        self.assertEqual(self._entries()[date(2025, 5, 1)][0], "day_off")
        self.assertIn("2 earlier entries", wizard.result)

    def test_fill_for_one_company(self):
        """[SLA-1] A fill for one company leaves the others alone."""
        self._run_wizard(2025, self.company)
        holiday = date(2025, 10, 1)
        self.other_company.resource_calendar_id = self.calendar
        self.assertFalse(self.company._is_working_day(holiday))
        self.assertTrue(self.other_company._is_working_day(holiday))
        self._run_wizard(2025)
        self.assertFalse(self.other_company._is_working_day(holiday))
        self.assertEqual(len(self.years.search([])), 2)

    def test_names_in_every_language(self):
        """[SLA-1] Holidays are named in every language that is installed."""
        self.env["res.lang"]._activate_lang("zh_CN")
        self._run_wizard(2025)
        entry = self.exceptions.search([("date", "=", "2025-05-01")])
        self.assertEqual(entry.with_context(lang="en_US").name, "Labor Day")
        self.assertEqual(entry.with_context(lang="zh_CN").name, "劳动节")

    def test_deleting_a_year(self):
        """[SLA-1] With a year goes what was filled in, not what was entered by hand."""
        self._except("2025-12-24", name="Works outing")
        self._run_wizard(2025)
        self.assertFalse(self.company._is_working_day(date(2025, 10, 1)))
        self.years.with_user(self.administrator).search([]).unlink()
        self.assertEqual(self.exceptions.search([]).mapped("name"), ["Works outing"])
        self.assertTrue(self.company._is_working_day(date(2025, 10, 1)))

    # -- by hand -----------------------------------------------------------------------

    def test_by_hand(self):
        """[PLN-1] An administrator enters days off and make-up days."""
        form = Form(self.exceptions.with_user(self.administrator))
        form.date = "2026-06-06"
        form.kind = "make_up"
        form.replaces_date = "2026-06-12"
        self.assertEqual((form.date_weekday, form.weekday), ("5", "4"))
        form.weekday = "0"
        entry = form.save()
        self.assertEqual((entry.weekday, entry.source), ("0", "hand"))
        self.assertFalse(entry.is_provisional)
        self.assertTrue(self.company._is_working_day(date(2026, 6, 6)))

    def test_one_entry_a_day(self):
        """[PLN-1] There is one entry for a day and company, archived ones included."""
        entry = self._except("2026-06-08")
        self._except("2026-06-08", company_id=self.company.id)
        entry.active = False
        for company in (self.everybody, self.company):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaisesRegex(IntegrityError, "date_company_uniq"),
                self.cr.savepoint(),
            ):
                self._except("2026-06-08", company_id=company.id)

    # -- who may -----------------------------------------------------------------------

    def test_access(self):
        """[SLA-1] Everybody may see the days, administrators enter them; those of other
        companies stay with them."""
        entry = self._except("2026-06-08")
        own = self._except("2026-06-09", company_id=self.other_company.id)
        as_employee = entry.with_user(self.employee)
        self.assertEqual(as_employee.date, date(2026, 6, 8))
        self.assertNotIn(own, self.exceptions.with_user(self.employee).search([]))
        for model, values in [
            (self.exceptions, {"date": "2026-06-10"}),
            (self.years, {"year": 2026}),
            (self.env["order.calendar.fill.wizard"], {"year": 2025}),
        ]:
            with self.assertRaises(AccessError):
                call_kw(model.with_user(self.employee), "create", [[values]], {})
        for method, given in [("write", [{"kind": "make_up"}]), ("unlink", [])]:
            with self.assertRaises(AccessError):
                call_kw(as_employee, method, [entry.ids, *given], {})
        self.assertEqual(entry.kind, "day_off")
        entry.with_user(self.administrator).kind = "make_up"
        self.assertEqual(entry.kind, "make_up")
        entry.with_user(self.administrator).unlink()

    def test_years_are_unique(self):
        """[SLA-1] A year is in the list once for each company."""
        self._run_wizard(2025)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaisesRegex(IntegrityError, "year_company_uniq"),
            self.cr.savepoint(),
        ):
            self.years.create({"year": 2025})
