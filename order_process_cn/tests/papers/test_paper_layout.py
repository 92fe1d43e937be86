from odoo.tests import BaseCase, tagged

from ...tools.paper_blocks import Boxes, Cell, Column, Facts, Row, Table, Words
from ...tools.paper_layout import Unit, count_lines, paginate, shorten


@tagged("post_install", "-at_install")
class TestPaperLayout(BaseCase):
    """[FRM-1] K6: which rows stand on which sheet."""

    def test_lines_of_text(self):
        self.assertEqual(count_lines("", 100), 1)
        self.assertEqual(count_lines("泵" * 7, 100), 1)
        self.assertEqual(count_lines("泵" * 8, 100), 2)
        self.assertEqual(count_lines("泵\n泵", 100), 2)
        # no line begins with a comma
        self.assertEqual(count_lines("泵泵泵泵泵泵泵，", 100), 2)
        # a word is not parted while it fits on a line of its own
        self.assertEqual(count_lines("pump pump pump", 60), 3)
        self.assertEqual(count_lines("x" * 30, 100), 3)

    def test_nothing_is_lost_and_no_sheet_is_too_full(self):
        for count in (1, 16, 300):
            for height in (26, 140, 900):
                units = [Unit(0, at, height, 30) for at in range(count)]
                sheets = paginate(units, 850)
                self.assertEqual([u for sheet in sheets for u in sheet], units)
                for sheet in sheets:
                    self.assertTrue(sheet)
                    if len(sheet) > 1:
                        self.assertLessEqual(len(sheet) * height + 30, 850)

    def test_the_head_of_a_table_counts_on_every_sheet(self):
        units = [Unit(0, at, 100, 50) for at in range(4)]
        self.assertEqual([len(sheet) for sheet in paginate(units, 250)], [2, 2])
        self.assertEqual([len(sheet) for sheet in paginate(units, 249)], [1, 1, 1, 1])

    def test_who_signs_is_never_alone_on_a_sheet(self):
        """The last row goes with the boxes to the next sheet."""
        rows = [Unit(0, at, 100) for at in range(8)]
        rows[-1] = rows[-1]._replace(stays=True)
        sheets = paginate([*rows, Unit(1, 0, 120)], 850)
        self.assertEqual([len(sheet) for sheet in sheets], [7, 2])

    def test_blocks_are_parted_between_rows(self):
        table = Table(
            [Column("No.", 10), Column("Product", 90)],
            [[str(number), "泵"] for number in range(5)],
        )
        part = table.take([3, 4])
        self.assertEqual([row.cells[0].texts for row in part.rows], [("3",), ("4",)])
        self.assertEqual(part.columns, table.columns)
        self.assertEqual(len(table.rows), 5)

    def test_long_texts_are_capped_for_their_column(self):
        row = Table([Column("Remarks", 20)], [["泵" * 5000]]).rows[0]
        (text,) = row.cells[0].texts
        self.assertTrue(text.endswith(" …"))
        self.assertLess(len(text), 300)
        self.assertEqual(shorten("pump", 4, " …"), "pump")

    def test_a_long_value_has_a_row_of_its_own(self):
        facts = Facts([("a", "1"), ("b", "2"), ("c", "长" * 100), ("d", "4")])
        labels = [[label for label, _texts in row] for row in facts.rows]
        self.assertEqual(labels, [["a", "b"], ["c"], ["d"]])

    def test_what_is_empty(self):
        facts = Facts([("a", False), ("b", None), ("c", 0)])
        texts = [texts for row in facts.rows for _label, texts in row]
        self.assertEqual(texts, [(), (), ("0",)])
        self.assertEqual(paginate([], 100), [[]])

    def test_cells_keep_their_style(self):
        row = Row([Cell(["Total"], 2, bold=True), "x"], "title")
        table = Table([Column("a", 50), Column("b", 30), Column("c", 20, "end")], [row])
        total, other = table.get_aligned(table.rows[0])
        self.assertTrue(total[0].bold)
        self.assertEqual((total[1], other[1]), ("start", "end"))
        self.assertEqual(Words("Dear").get_units(0, 100)[0].stays, True)
        self.assertTrue(Boxes([("Finance", "")]).follows)
