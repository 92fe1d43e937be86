"""How much room text takes on paper, and which rows stand on which sheet.

Pure rules, in the pixels of the style sheet of the papers. A renderer without patches
neither repeats the head of a table nor numbers pages, so the sheets are made here.
"""

import re
import unicodedata
from typing import NamedTuple

# 13 px type on lines of 1.45, see static/src/report/order_paper.scss
LINE = 19
WIDE, NARROW = 13.5, 7.9
PADDING, BORDER = 9, 7
# what stays together on a line: words, and Chinese signs with their punctuation
_WORDS = re.compile(
    r"[!-~\u00a1-\u2e7f]+|\s|[（《「『“‘]*.[，。、；：！？）》」』”’…]*"
)


class Unit(NamedTuple):
    """Something that cannot be cut: a row of a table, a letter, a box to sign in.

    :param height: of itself
    :param head: of what is repeated above it when it comes first on a sheet
    :param stays: whether it may not be parted from what follows
    """

    block: int
    row: int
    height: float
    head: float = 0
    stays: bool = False


def text_width(text):
    """Return the width of one line of text."""
    return sum(
        WIDE if unicodedata.east_asian_width(sign) in "WF" else NARROW for sign in text
    )


def count_lines(text, width):
    """Return on how many lines ``text`` stands in a column of ``width``.

    Broken as browsers do: between words, between Chinese signs, and within a word that
    is too long for a line of its own.
    """
    return sum(_count(line, max(width, WIDE)) for line in text.split("\n"))


def _count(line, width):
    lines, at = 1, 0
    for word in _WORDS.findall(line):
        length = text_width(word)
        if at + length <= width:
            at += length
            continue
        if word.isspace():
            continue
        if at:
            lines, at = lines + 1, 0
        lines += int(length // width)
        at = length % width
    return lines


def row_height(cells):
    """Return the height of a table row.

    :param cells: ``[(paragraphs, width of the column, height of pictures)]``
    """
    tallest = max(
        (
            picture + LINE * sum(count_lines(text, width - PADDING) for text in texts)
            for texts, width, picture in cells
        ),
        default=0,
    )
    return max(tallest, LINE) + BORDER


def shorten(text, limit, ending):
    """Return ``text`` cut to at most ``limit`` signs, with ``ending`` where it was."""
    if len(text) <= limit:
        return text
    return f"{text[: limit - len(ending)]}{ending}"


def paginate(units, room):
    """Return ``[[unit, …], …]``: the units of each sheet.

    Units that stay together stand on one sheet; one that is taller than a whole sheet
    gets a sheet of its own.

    :param units: list of :class:`Unit`, in order
    :param room: height of what a sheet holds
    """
    sheets, free = [[]], room
    for group in _groups(units):
        needed = _height(group, sheets[-1])
        if sheets[-1] and needed > free:
            sheets.append([])
            free, needed = room, _height(group, [])
        sheets[-1] += group
        free -= needed
    return sheets


def _groups(units):
    """Return the units in the runs that may not be parted."""
    groups = []
    joined = False
    for unit in units:
        if joined:
            groups[-1].append(unit)
        else:
            groups.append([unit])
        joined = unit.stays
    return groups


def _height(group, before):
    """Return what ``group`` takes below the units of ``before``: the head of a table
    stands above its first row on each sheet."""
    height, block = 0, before[-1].block if before else None
    for unit in group:
        height += unit.height + (unit.head if unit.block != block else 0)
        block = unit.block
    return height
