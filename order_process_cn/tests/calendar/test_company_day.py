import ast
from datetime import date, datetime
from pathlib import Path

from odoo import fields
from odoo.tests import TransactionCase, freeze_time, tagged
from odoo.tools import file_path

from ...models.effect.take_back import warn_of_lost_money
from ..common import OrderCommon

MODELS = Path(file_path("order_process_cn/__manifest__.py")).parent / "models"
# one o'clock of the 20th in China
EARLY = "2030-05-19 17:00:00"
TODAY = date(2030, 5, 20)
# whoever needs no day of the company, and why
OWN_CLOCK = {
    "calendar/order_calendar_year.py": "years of every company at once",
    "forms/order_form_mixin.py": "the paper sets the clock, see order.paper",
    "limits/order_time_limit_run_check.py": "looks a day around, for every zone",
    "limits/order_time_limit_run_light.py": "a light is read by whoever looks at it",
    "production/sale_order_line_production.py": "core's own reckoning",
    "people/order_delegation.py": "the clock of whoever is absent",
    "signing/order_review_acts.py": "told to the person who urges, at once",
    "urgent/order_measure.py": "what a person proposes to himself",
    "urgent/res_users.py": "asked by the person who looks",
    "workshop/order_work_report.py": "its name is read by whoever looks at it",
}


@tagged("post_install", "-at_install")
class TestCompanyDay(OrderCommon):
    """[SLA-1] [FRM-1] K6: days are those of the company, whoever reckons: a scheduled
    action without time zone, a visitor, somebody far away."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.resource_calendar_id.tz = "Asia/Shanghai"
        cls.zones = (False, "UTC", "America/Los_Angeles", "Asia/Shanghai")

    def _everywhere(self, order):
        """Yield ``order`` as it is seen by people who live elsewhere."""
        for zone in self.zones:
            with self.subTest(zone=zone):
                self.env.invalidate_all()
                yield order.with_context(tz=zone).sudo()

    def test_inside_the_lead_time(self):
        """Entered on the 20th, ready on the 30th: the 29th is too early."""
        order = self._order(date_order=EARLY, wanted_date=date(2030, 5, 29))
        in_time = self._order(date_order=EARLY, wanted_date=date(2030, 5, 30))
        (order | in_time).sudo().order_line.customer_lead = 10
        detect = self.env["order.type.rule"]._detect_short_date
        for seen in self._everywhere(order | in_time):
            self.assertEqual(detect(seen, {}).keys(), {order})

    @freeze_time(EARLY)
    def test_goods_that_are_there(self):
        """What is in stock is there today."""
        self.product.is_storable = True
        warehouse = self.env["stock.warehouse"].search(
            [("company_id", "=", self.company.id)], limit=1
        )
        self.env["stock.quant"]._update_available_quantity(
            self.product, warehouse.lot_stock_id, 100
        )
        order = self._order()
        for seen in self._everywhere(order):
            self.assertEqual(seen.order_line.stock_date, TODAY)

    @freeze_time(EARLY)
    def test_goods_on_their_way(self):
        """They come on the day on which they come to the company."""
        self.product.is_storable = True
        warehouse = self.env["stock.warehouse"].search(
            [("company_id", "=", self.company.id)], limit=1
        )
        move = self.env["stock.move"].create(
            {
                "product_id": self.product.id,
                "product_uom_qty": 100,
                "date": "2030-05-24 17:00:00",
                "location_id": self.env.ref("stock.stock_location_suppliers").id,
                "location_dest_id": warehouse.lot_stock_id.id,
            }
        )
        move._action_confirm()
        order = self._order()
        for seen in self._everywhere(order):
            self.assertEqual(seen.order_line.stock_date, date(2030, 5, 25))

    def test_words_of_the_worker(self):
        order = self._order().sudo()
        for seen in self._everywhere(order):
            seen.activity_ids.unlink()
            warn_of_lost_money(seen, datetime(2030, 5, 19, 17))
            self.assertIn("2030-05-20 01:00", seen.activity_ids.note)

    def test_reallocated_goods(self):
        order = self._order().sudo()
        document = self.env["order.reallocation"].create({"order_id": order.id})
        line = self.env["order.reallocation.line"].new({"reallocation_id": document.id})
        for zone in self.zones:
            with self.subTest(zone=zone):
                seen = line.with_context(tz=zone, lang="en_US")
                self.assertIn("05/20/2030", seen._spell_day(datetime(2030, 5, 19, 17)))

    def test_a_company_without_working_hours(self):
        """A day needs a clock and no hours: nothing that needs only days fails."""
        company = self.company
        company.resource_calendar_id = False
        company.partner_id.tz = "Asia/Shanghai"
        instant = datetime(2030, 5, 19, 17)
        self.assertEqual(company._calendar_day(instant), TODAY)
        company.partner_id.tz = False
        self.assertEqual(company._calendar_day(instant), date(2030, 5, 19))
        with freeze_time(EARLY):
            order = self._submit()
            self._run_worker()
            self.assertFalse(self.env["order.recheck"].search([("error", "!=", False)]))
            todos = order.sudo().activity_ids
            self.assertTrue(todos)
            self.assertEqual(set(todos.mapped("date_deadline")), {fields.Date.today()})
            paper = self.env["order.paper.f01"]
            self.assertEqual(paper._get_timezone(order), "UTC")


@tagged("post_install", "-at_install")
class TestNobodyElsesDay(TransactionCase):
    """[SLA-1] K6: a day is reckoned by the company's clock, or it is said why not."""

    WORDS = ("context_today", "context_timestamp", "Date.today", "date.today")

    def test_every_day_is_the_companys(self):
        found = set()
        for path in MODELS.rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Attribute) and any(
                    ast.unparse(node).endswith(word) for word in self.WORDS
                ):
                    found.add(str(path.relative_to(MODELS)))
        self.assertEqual(found, set(OWN_CLOCK))
