"""What papers are made of: facts, tables, words and boxes to sign in.

A paper names its blocks; how they look and on which sheet they stand follows from them.
Pure data: whatever a block holds is text in the language of the reader, or a picture.
"""

from typing import NamedTuple

from .paper_layout import LINE, Unit, count_lines, row_height, shorten

LABEL_SHARE, VALUE_SHARE = 16, 34
# what anybody may write without end is told on paper up to so many lines of Chinese,
# the rest on screen: (signs on a line of one percent of an A4 sheet)
LINES, SIGNS = 24, 0.5
ENDING = " …"
# a longer value gets a row of its own
LONG_VALUE = 60
PICTURE = 40
BOX, LOW_BOX = 90, 44


class Column(NamedTuple):
    """A column of a table; ``share`` is its width in percent."""

    label: str
    share: float
    align: str = "start"


class Cell(NamedTuple):
    """Paragraphs, and a picture below them where there is one."""

    texts: tuple
    span: int = 1
    picture: str = ""
    bold: bool = False
    align: str = ""


class Row(NamedTuple):
    """``style``: "title" for a line between rows, "void" for what does not count any
    more, "mark" for what has to be seen, "tall" for what is filled in by hand."""

    cells: tuple
    style: str = ""


class Block:
    """Part of a paper. ``rows`` may be parted between sheets unless it says not."""

    kind = ""
    # whether what stands before may not be left behind on another sheet
    follows = False

    def __init__(self, rows):
        self.rows = rows

    def get_units(self, number, width):
        """Return the units of this block, see ``paper_layout.paginate``."""
        return [
            Unit(
                number,
                at,
                self._get_height(row, width),
                self._get_head(width),
                self._is_heading(row),
            )
            for at, row in enumerate(self.rows)
        ]

    def take(self, at):
        """Return the part of this block that consists of the rows ``at``."""
        part = type(self).__new__(type(self))
        part.__dict__.update(self.__dict__, rows=[self.rows[number] for number in at])
        return part

    def _get_head(self, width):
        return 0

    def _is_heading(self, row):
        """Whether a row stays with the one that follows."""
        return False

    def _get_height(self, row, width):
        raise NotImplementedError


class Facts(Block):
    """Label and value, two pairs a row."""

    kind = "facts"

    def __init__(self, pairs):
        rows = [[]]
        for label, value in pairs:
            pair = label, _cell(value, 100 - LABEL_SHARE).texts
            is_long = max(map(len, pair[1]), default=0) > LONG_VALUE
            if is_long or len(rows[-1]) == 2:
                rows.append([])
            rows[-1].append(pair)
            if is_long:
                rows.append([])
        super().__init__([row for row in rows if row])

    def _get_height(self, row, width):
        share = VALUE_SHARE if len(row) == 2 else 100 - LABEL_SHARE
        cells = []
        for label, texts in row:
            cells += [
                ([label], width * LABEL_SHARE / 100, 0),
                (texts, width * share / 100, 0),
            ]
        return row_height(cells)


class Table(Block):
    """Rows below a head that is repeated on every sheet.

    A cell is a text, a list of paragraphs, or a :class:`Cell`; a row is a list of
    these or a :class:`Row`.
    """

    kind = "table"

    def __init__(self, columns, rows):
        self.columns = columns
        super().__init__([self._shorten(row) for row in rows])

    def _shorten(self, row):
        """Return the row with texts that leave room for others on its sheet."""
        if not isinstance(row, Row):
            row = Row(row)
        cells, at = [], 0
        for content in row.cells:
            span = content.span if isinstance(content, Cell) else 1
            share = sum(column.share for column in self.columns[at : at + span])
            cells.append(_cell(content, share))
            at += span
        return row._replace(cells=tuple(cells))

    def _get_head(self, width):
        if not any(column.label for column in self.columns):
            return 0
        return row_height(
            [([column.label], width * column.share / 100, 0) for column in self.columns]
        )

    def _get_height(self, row, width):
        cells, at = [], 0
        for cell in row.cells:
            share = sum(column.share for column in self.columns[at : at + cell.span])
            at += cell.span
            picture = PICTURE if cell.picture else 0
            cells.append((cell.texts, width * share / 100, picture))
        least = LINE * 2 + 4 if row.style == "tall" else 0
        return max(row_height(cells), least)

    def _is_heading(self, row):
        return row.style == "title"

    def get_aligned(self, row):
        """Return ``[(cell, how it is aligned)]`` of one row."""
        at, found = 0, []
        for cell in row.cells:
            found.append((cell, cell.align or self.columns[at].align))
            at += cell.span
        return found


class Words(Block):
    """A letter, or a heading: stays with what it introduces."""

    kind = "words"

    def __init__(self, text):
        super().__init__([text])

    def _is_heading(self, row):
        return True

    def _get_height(self, row, width):
        return LINE * count_lines(row, width - 8) + 16


class Boxes(Block):
    """Where people sign, side by side: never alone on a sheet.

    :param boxes: ``[(label, paragraphs or Cell), …]``
    :param is_low: for a sheet that holds little
    """

    kind = "boxes"
    follows = True

    def __init__(self, boxes, is_low=False):
        self.room = LOW_BOX if is_low else BOX
        share = 100 / max(len(boxes), 1)
        super().__init__([[(label, _cell(content, share)) for label, content in boxes]])

    def _get_height(self, row, width):
        share = width / max(len(row), 1)
        content = row_height(
            [
                (cell.texts, share, PICTURE if cell.picture else 0)
                for _label, cell in row
            ]
        )
        return row_height([([label], share, 0) for label, _c in row]) + max(
            content, self.room
        )


def _cell(content, share):
    """Return a cell whose texts fit into a column of ``share`` percent."""
    cell = content if isinstance(content, Cell) else Cell(content)
    texts = cell.texts if isinstance(cell.texts, (list, tuple)) else [cell.texts]
    left = int(LINES * share * SIGNS)
    shown = []
    for text in texts:
        if text is False or text is None or left <= 0:
            continue
        shown.append(shorten(str(text), left, ENDING))
        left -= len(shown[-1])
    return cell._replace(texts=tuple(shown))
