from datetime import datetime
from unittest.mock import ANY

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from ..common import OrderCommon

F01 = "order_process_cn.report_f01_order_confirmation"
F05 = "order_process_cn.report_f05_production_instruction"
CODES = ("f01", "f02", "f03", "f04", "f05", "f06", "f07", "f08", "f09", "f10", "f11")
CODES += ("f12", "f13", "f14", "f15", "f16", "f17", "f18", "f18b", "f19", "f20")
CODES += ("f21", "f22", "f23", "f24", "f25", "f25b", "f26", "f26b", "f27", "f28")
CODES += ("f29", "f30", "f31", "f32", "f33")


@tagged("post_install", "-at_install")
class TestPaperSettings(OrderCommon):
    """[FRM-1] K6: figures, language, clock and settings of papers."""

    def _html(self, report, records, user=None, **context):
        reports = self.env["ir.actions.report"].with_user(user or self.supervisor)
        reports = reports.with_context(**context)
        html = reports._render_qweb_html(report, records.ids)[0].decode()
        return " ".join(html.replace("\xa0", " ").split())

    def _form(self, code):
        return self.env["order.form"]._by_code(code)

    def test_every_form_has_its_paper(self):
        codes = {
            code.lower() for code in self.env["order.form"].search([]).mapped("code")
        }
        self.assertEqual(codes, set(CODES))
        for code in codes:
            self.assertEqual(self.env[f"order.paper.{code}"]._code.lower(), code)

    def test_nobody_prints_what_he_may_not_read(self):
        """[SEC-1] by the address of a report, any number of a document: whatever a
        paper reads as superuser, its reader is asked for first."""
        self._order()
        customer = self._user("asks_for_papers", "base.group_portal")
        for code in CODES:
            model = self._form(code.upper()).report_id.model
            found = self.env[model].search([], limit=1) or self.env[model].browse(1)
            paper = self.env[f"order.paper.{code}"].with_user(customer)
            with self.subTest(code), self.assertRaises(UserError):
                paper._draw(found.with_user(customer))

    # -- figures -----------------------------------------------------------------------

    def test_quantities_are_never_powers_of_ten(self):
        spell = self.env["uom.uom"]._spell_quantity
        for quantity, words in (
            (1000000, "1,000,000"),
            (123456.78, "123,456.78"),
            (0.5, "0.5"),
            (2.0, "2"),
            (0, "0"),
            (-0.001, "0"),
            (-3, "-3"),
            (1e15, "1,000,000,000,000,000"),
        ):
            with self.subTest(quantity=quantity):
                self.assertEqual(spell(quantity), words)

    def test_quantities_have_the_digits_of_their_precision(self):
        self.env.ref("uom.decimal_product_uom").digits = 4
        self.assertEqual(self.env["uom.uom"]._spell_quantity(1.23456), "1.2346")

    def test_prices_say_whether_taxes_are_in_them(self):
        order = self._order()
        tax = self.env["account.tax"].create(
            {"name": "VAT 13", "amount": 13, "price_include_override": "tax_excluded"}
        )
        order.order_line.tax_ids = tax
        text = self._html(F01, order)
        self.assertIn("Unit Price without Taxes", text)
        self.assertIn("Amount without Taxes", text)
        self.assertIn("Total with Taxes", text)
        tax.price_include_override = "tax_included"
        self.assertIn("Unit Price with Taxes", self._html(F01, self._order_with(tax)))

    def _order_with(self, tax):
        order = self._order()
        order.order_line.tax_ids = tax
        return order

    # -- language and clock ------------------------------------------------------------

    def test_language_of_a_paper(self):
        """The customer's for what he gets, the company's for what stays here."""
        self.env["res.lang"]._activate_lang("zh_CN")
        order = self._order()
        for customer, company, reader, f01, f05 in (
            ("zh_CN", "en_US", "en_US", "zh_CN", "en_US"),
            ("en_US", "zh_CN", "en_US", "en_US", "zh_CN"),
            (False, "zh_CN", "en_US", "zh_CN", "zh_CN"),
            (False, "en_US", "zh_CN", "en_US", "en_US"),
        ):
            with self.subTest(customer=customer, company=company, reader=reader):
                self.partner.lang = customer
                self.company.partner_id.lang = company
                doc = order.with_context(lang=reader)
                self.assertEqual(self.env["order.paper.f01"]._get_lang(doc), f01)
                self.assertEqual(self.env["order.paper.f05"]._get_lang(doc), f05)

    def test_dates_follow_the_clock_of_the_company(self):
        """Whoever prints: a user without time zone, a scheduled action, somebody far
        away."""
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        order = self._order()
        # the 21st in Shanghai
        order.sudo().commitment_date = datetime(2030, 5, 20, 17, 30)
        for zone in (False, "UTC", "America/Los_Angeles", "Asia/Shanghai"):
            with self.subTest(zone=zone):
                self.supervisor.tz = zone
                text = self._html(F01, order, tz=zone)
                self.assertIn("2030-05-21", text)

    @freeze_time("2030-01-01 16:30:00")
    def test_the_moment_of_printing(self):
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        self.assertIn("2030-01-02 00:30", self._html(F05, self._order(), tz="UTC"))

    # -- settings ----------------------------------------------------------------------

    def test_the_paper_is_a_setting_of_the_form(self):
        """Chosen by the administrator of the process, kept by an upgrade."""
        form = self._form("F01").with_user(self.administrator)
        small = (
            self.env["report.paperformat"]
            .with_user(self.administrator)
            .create({"name": "A5", "format": "A5", "margin_top": 5})
        )
        form.paperformat_id = small
        report = form.report_id
        self.assertEqual(report.sudo().get_paperformat(), small)
        # what an upgrade writes anew
        report.sudo().paperformat_id = self.env.ref("order_process_cn.paperformat_a4")
        self.assertEqual(report.sudo().get_paperformat(), small)
        records = self.env["ir.model.data"].search(
            [("module", "=", "order_process_cn"), ("model", "=", "report.paperformat")]
        )
        self.assertTrue(records)
        self.assertTrue(all(records.mapped("noupdate")))
        with self.assertRaises(AccessError):
            small.with_user(self.salesman).margin_top = 90

    def test_a_smaller_paper_has_more_sheets(self):
        order = self._order(lines=30)
        paper = self.env["order.paper.f05"]
        long = paper._draw(order)
        self._form("F05").paperformat_id = self.env["report.paperformat"].create(
            {"name": "A5", "format": "A5"}
        )
        small = paper._draw(order)
        self.assertGreater(len(small), len(long))
        for sheets in (long, small):
            rows = [
                row.cells[0].texts[0]
                for sheet in sheets
                if sheet["copy"]["number"] == 1
                for block in sheet["blocks"]
                if block.kind == "table"
                for row in block.rows
            ]
            self.assertEqual(rows, [str(number) for number in range(1, 31)])

    # -- copies ------------------------------------------------------------------------

    def test_prints_are_counted_one_by_one(self):
        order = self._order()
        issues = self.env["order.form.issue"]
        form = self._form("F05")
        for count in (1, 2, 3):
            issues._record_issues(form, order, printed=True)
            found = issues.search(
                [("res_id", "=", order.id), ("form_id", "=", form.id)]
            )
            self.assertEqual(found.mapped("print_count"), [count] * 3)
            self.assertEqual(found.mapped("printed_on"), [ANY] * 3)
        self.assertEqual(len(self.env["order.form.print"].search([])), 3)

    def test_an_issued_form_is_kept(self):
        order = self._order()
        form = self._form("F05")
        order._issue_form("F05")
        with self.assertRaisesRegex(UserError, "cannot be deleted"):
            form.unlink()
        unused = self.env["order.form"].create(
            {"code": "X99", "name": "X", "report_id": form.report_id.copy().id}
        )
        unused.unlink()
        self.assertFalse(unused.exists())

    def test_two_orders_at_once(self):
        orders = self._order() + self._order()
        sheets = self.env["order.paper.f01"]._draw(orders)
        self.assertEqual(
            [sheet["form"]["document"] for sheet in sheets],
            [name for order in orders for name in (order.name, order.name)],
        )

    def test_workshop_papers_have_no_prices(self):
        """[SEC-1]"""
        order = self._order(price=4321.0)
        order.order_line[0].write({"tax_ids": [Command.clear()]})
        self.assertNotIn("4,321", self._html(F05, order))
        self.assertIn("4,321", self._html(F01, order))
