import base64
import io
from datetime import date, datetime

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...models.order_import.checking import Orders
from ...models.order_import.reading import read_rows
from ...tools.dirty_cells import read_date, read_number, read_text
from ..common import OrderCommon

TITLES = (
    "Customer of the Row",
    "Customer's Order Number",
    "Wanted on",
    "Product or Its Code",
    "Quantity of the Row",
    "Price Each",
)


@tagged("post_install", "-at_install")
class TestOrderImport(OrderCommon):
    """[INT-8] a file of orders as customers send them: one report of everything that is
    wrong, and all orders or none."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.env["res.partner"].create(
            {"name": "东海水务集团", "ref": "C001", "is_company": True}
        )
        cls.pump, cls.valve = cls.env["product.product"].create(
            [
                {"name": "立式泵", "default_code": "PUMP-80", "list_price": 900},
                {"name": "蝶阀", "default_code": "VALVE-50", "list_price": 90},
            ]
        )

    def _csv(self, *rows, encoding="utf-8-sig"):
        lines = [TITLES, *rows]
        return "\n".join(",".join(f'"{cell}"' for cell in row) for row in lines).encode(
            encoding
        )

    def _sheet(self, *rows):
        import openpyxl  # noqa: PLC0415

        book = openpyxl.Workbook()
        for row in (TITLES, *rows):
            book.active.append(row)
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    def _page(self, data):
        pages = self.env["order.import.wizard"].with_user(self.salesman)
        page = pages.create({"content": base64.b64encode(data)})
        self._rpc(self.salesman, page, "action_check")
        return page

    def test_template_of_a_new_page(self):
        """The empty sheet is given out before a file was chosen, to whoever opened the
        page."""
        page = self.env["order.import.wizard"].with_user(self.salesman).create({})
        action = page.action_template()
        self.assertIn(f"/order.import.wizard/{page.id}/template?", action["url"])
        titles = base64.b64decode(page.template).decode("utf-8-sig")
        self.assertEqual(len(titles.strip().split(",")), len(TITLES))
        with self.assertRaises(AccessError):
            page.with_user(self.supervisor).action_template()

    # -- cells -------------------------------------------------------------------------

    def test_cells(self):
        """Figures, days and names in every way they are written; what may mean two
        things is refused."""
        for cell, number in {
            "１，２００．５０": 1200.5,
            " 1,200 ": 1200.0,
            "￥12,345.60": 12345.6,
            "300元": 300.0,
            7: 7.0,
            "": None,
            "　": None,
        }.items():
            with self.subTest(cell):
                self.assertEqual(read_number(cell), number)
        for cell in ("12,5", "1.200,50", "1,20,000", "十", "5个", "1e5", "--1", "NaN"):
            with self.subTest(cell), self.assertRaises(ValueError):
                read_number(cell)
        day = date(2026, 3, 5)
        for cell in (
            "2026-3-5",
            "2026/03/05",
            "２０２６．３．５",
            "2026年3月5日",
            " 2026 年 3 月 5 日",
            "20260305",
            20260305,
            "2026-03-05 00:00:00",
            datetime(2026, 3, 5, 8),
            46086,
        ):
            with self.subTest(cell):
                self.assertEqual(read_date(cell), day)
        for cell in ("3/5/2026", "05-03-26", "2026-02-30", "2026-13-1", "明天", 5):
            with self.subTest(cell), self.assertRaises(ValueError):
                read_date(cell)
        self.assertEqual(read_text(" ＡＢＣ　\u200b 1 "), "ABC 1")
        self.assertEqual(read_text(1001.0), "1001")

    # -- the report --------------------------------------------------------------------

    def test_everything_wrong_at_once(self):
        """Each cell with its name, what is in it and what to do; nothing is made."""
        known = self._order(partner_id=self.customer.id, client_order_ref="PO-7")
        self.env["res.partner"].create([{"name": "Twins"}, {"name": "Twins"}])
        before = self.env["sale.order"].search_count([])
        page = self._page(
            self._csv(
                ("东海水务集团 ", "po－７", "2026-03-05", "PUMP-80", "1", ""),
                ("Nobody", "A1", "3/5/2026", "NONE", "０", "-1"),
                ("Twins", "", "", "PUMP-80", "12,5", "x"),
                ("", "", "", "", "", ""),
                ("C001", "A2", "2026-03-05", "PUMP-80", "", ""),
                ("C001", "A2", "2026-03-06", "PUMP-80", "3", ""),
                ("C001", "A3", "", "VALVE-50", "3", ""),
                ("C001", "A3", "", "ＶＡＬＶＥ-50", "３", ""),
            )
        )
        found = {line.cell: line.advice for line in page.line_ids}
        for cell, words in {
            "B2": known.name,
            "A3": "enter him first",
            "C3": "2026-03-31",
            "D3": "No product",
            "E3": "More than zero",
            "F3": "not less",
            "A4": "2 are called so",
            "E4": "1200.50",
            "F4": "1200.50",
            "E6": "how many",
            "C7": "Row 6 of the same order",
            "D9": "Row 8 says the same",
        }.items():
            with self.subTest(cell):
                self.assertIn(words, found.pop(cell))
        self.assertFalse(found)
        self.assertIn("12 cells of 7 rows", page.summary)
        with self.assertRaisesRegex(UserError, "nothing was imported"):
            self._rpc(self.salesman, page, "action_make")
        self.assertEqual(self.env["sale.order"].search_count([]), before)

    def test_all_of_them(self):
        """A sheet and a text of a Chinese spreadsheet become the same drafts, once; the
        next time each number is found."""
        rows = (
            ("Ｃ００１", "PO 8", datetime(2026, 3, 5), "pump-80", "１，２００", "8.5"),
            ("东海水务集团", "po-8", "2026年3月5日", "蝶阀", 3, None),
            ("c001", None, "", "PUMP-80", 2.0, None),
        )
        page = self._page(self._sheet(*rows))
        self.assertFalse(page.line_ids.mapped("advice"))
        self.assertIn("3 rows, 2 orders", page.summary)
        self._rpc(self.salesman, page, "action_make")
        orders = page.order_ids
        self.assertEqual(len(orders), 2)
        order = orders.filtered("client_order_ref")
        self.assertEqual(order.state, "draft")
        self.assertTrue(order.is_imported)
        self.assertEqual(order.wanted_date, date(2026, 3, 5))
        self.assertEqual(order.create_uid, self.salesman)
        quantities = order.order_line.mapped("product_uom_qty")
        self.assertEqual(quantities, [1200.0, 3.0])
        self.assertEqual(order.order_line.mapped("price_unit"), [8.5, 90.0])
        self._rpc(self.salesman, page, "action_make")
        self.assertEqual(page.order_ids, orders)
        plain = [["" if cell is None else cell for cell in row] for row in rows]
        page = self._page(self._csv(*plain, encoding="gb18030"))
        self.assertIn(order.name, page.line_ids.advice)

    def test_hostile_files(self):
        """What is no file of orders is refused in words; who does not sell cannot ask;
        a page is its owner's; another file has to be checked first."""
        for data, words in {
            b"": "Choose a file",
            b"PK\x03\x04nonsense": "cannot be read",
            b"\x89PNG\xff\xfe\x00": "cannot be read|no column",
            b"a,b\n1,2": "no column “Customer of the Row”",
            self._csv(): "no rows",
            self._csv(*[("a",) * 6] * 5001): "more than 5,000",
            b"x" * 5_000_001: "too large",
        }.items():
            with self.subTest(data[:20]), self.assertRaisesRegex(UserError, words):
                self._page(data)
        strange = self._csv(("C0\x0001", "A\x00 1", "9999-12-31", "PUMP-80", "1", ""))
        page = self._page(strange)
        self.assertIn("between the years", page.line_ids.advice)
        page = self._page(self._csv(("C001", "", "", "PUMP-80", "1", "")))
        other = self._csv(("C001", "", "", "PUMP-80", "9", ""))
        page.content = base64.b64encode(other)
        with self.assertRaisesRegex(UserError, "Check the file first"):
            page.action_make()
        with self.assertRaises(AccessError):
            page.with_user(self.gm).action_make()
        template = base64.b64decode(page.template).decode("utf-8-sig")
        self.assertEqual(template.strip(), ",".join(TITLES))

    def test_questions_to_the_database(self):
        """Hundreds of rows are looked up with as many queries as a few."""
        counts = []
        for number in (3, 400):
            rows = [
                ("C001", f"N{i}", "2026-03-05", "PUMP-80", "1", "")
                for i in range(number)
            ]
            table = read_rows(self.env, self._csv(*rows))
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertFalse(Orders(self.env, self.company, table).check().faults)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts)
        self.assertLessEqual(counts[0], 8)
