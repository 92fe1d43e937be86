from odoo.tests import freeze_time, tagged

from ...tools.paper_blocks import Column, Row, Table
from ...tools.paper_layout import paginate
from ..common import DEPARTMENTS, OrderCommon
from ..signing.test_arguments import PICTURE

GOODS = ("f01", "f04", "f05", "f16", "f30")
PRICES = {"price", "untaxed_price", "amount"}


@tagged("post_install", "-at_install")
class TestPaperContent(OrderCommon):
    """What stands on each paper. K6"""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.planner = cls._user("planner", "mrp.group_mrp_user")

    def _blocks(self, paper, doc):
        return self.env[f"order.paper.{paper}"]._get_blocks(doc)

    def _facts(self, paper, doc):
        return {
            label: "\n".join(texts)
            for block in self._blocks(paper, doc)
            if block.kind == "facts"
            for row in block.rows
            for label, texts in row
        }

    # -- goods -------------------------------------------------------------------------

    def test_columns_fill_the_sheet(self):
        """[FRM-1] every table of goods is as wide as the sheet, and each of its rows
        has a cell for every column."""
        order = self._order().sudo()
        for paper in GOODS:
            with self.subTest(paper=paper):
                table = self.env[f"order.paper.{paper}"]._get_goods(order)
                self.assertEqual(sum(column.share for column in table.columns), 100)
                for row in table.rows:
                    self.assertEqual(len(row.cells), len(table.columns))
                    self.assertTrue(all(cell.texts for cell in row.cells[:1]))

    def test_quantities_have_a_unit(self):
        """[FRM-1] no figure stands without its unit."""
        for paper in GOODS:
            with self.subTest(paper=paper):
                self.assertIn("unit", self.env[f"order.paper.{paper}"]._goods)

    def test_papers_of_the_workshop_ask_for_no_price(self):
        """[FRM-1] they can be printed by whoever may not see prices."""
        order = self._order().sudo()
        for paper in ("f04", "f05"):
            names = self.env[f"order.paper.{paper}"]._goods
            self.assertFalse(PRICES & names.keys())
            printed = self.env[f"order.paper.{paper}"].with_user(self.planner)
            with self.subTest(paper=paper):
                table = printed._get_goods(order.with_user(self.planner))
                self.assertEqual(len(table.rows), len(printed._get_goods_lines(order)))

    # -- facts -------------------------------------------------------------------------

    def test_address_has_no_empty_lines(self):
        """[FRM-1] F01 prints the lines of an address that say something."""
        order = self._order().sudo()
        order.partner_shipping_id.write(
            {"street": "Pump Road 1", "street2": False, "city": False, "zip": False}
        )
        address = self._facts("f01", order)["Delivery Address"]
        self.assertIn("Pump Road 1", address)
        self.assertNotIn("", [line.strip() for line in address.split("\n")])

    def test_instruction_names_when_goods_leave(self):
        """[MFG-1] F05: finished by, shipped by."""
        order = self._order().sudo()
        order.write(
            {
                "commitment_date": "2026-06-30 02:00:00",
                "production_date": "2026-06-25",
            }
        )
        facts = self._facts("f05", order)
        self.assertEqual(facts["Goods Finished by"], "2026-06-25")
        self.assertEqual(facts["Shipped by"], "2026-06-30")

    # -- who signs ---------------------------------------------------------------------

    def test_seats_before_and_after_the_submission(self):
        """[URG-3] F04 has a place for every seat of the route, first for the pen, then
        with what was signed and drawn."""
        order = self._order().sudo()
        coming = [seat["seat"] for seat in order._get_form_seats()]
        self.assertTrue(coming)
        self.assertFalse(any(seat["signer"] for seat in order._get_form_seats()))
        self._submit(order)
        self.assertEqual([seat["seat"] for seat in order._get_form_seats()], coming)
        self._sign(order, "sales", drawing=PICTURE)
        seat = order._get_form_seats()[0]
        self.assertEqual(seat["signer"], self.signers["sales"].name)
        self.assertEqual(seat["drawing"], PICTURE.encode())

    # -- sheets ------------------------------------------------------------------------

    def test_a_title_stays_with_what_it_names(self):
        """[FRM-1] the name of a round or an order is never the last row of a sheet."""
        rows = [["row"]] * 3 + [Row(["Round 2"], "title"), ["row"]]
        units = Table([Column("", 100)], rows).get_units(0, 700)
        room = sum(unit.height for unit in units[:4])
        sheets = paginate(units, room)
        self.assertEqual([len(sheet) for sheet in sheets], [3, 2])

    def test_production_starts_on_the_day_of_the_company(self):
        """[MFG-5] midnight in Shanghai is the day before in Greenwich."""
        production = self.env["mrp.production"].new(
            {"date_start": "2026-05-31 16:30:00"}
        )
        shanghai = production.with_context(tz="Asia/Shanghai")
        self.assertIn(("Start", "2026-06-01"), shanghai._get_review_head())


@tagged("post_install", "-at_install")
class TestLimitOnPaper(OrderCommon):
    def test_limit_kept(self):
        """[REV-7] F03 says of each decision whether it came in time."""
        self.env["order.time.limit"].search([]).active = False
        self.env["order.time.limit"].create(
            {
                "name": "Seat",
                "res_model": "order.review.task",
                "start_event": "opened",
                "stop_event": "decided",
                "unit": "elapsed_hours",
                "length": 4,
            }
        )
        with freeze_time("2026-06-01 02:00:00"):
            order = self._order().sudo()
            self._submit(order)
        review = order.sudo().review_id
        with freeze_time("2026-06-01 03:00:00"):
            self._sign(order, "sales")
        with freeze_time("2026-06-03 03:00:00"):
            self._sign(order, DEPARTMENTS[0])
        limits = [
            row["limit"]
            for turn in review._get_form_rounds()
            for row in turn["rows"]
            if row["act"] == "Agreed"
        ]
        self.assertEqual(limits, ["in time", "late"])
