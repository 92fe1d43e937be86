"""The picture of a card as a drawing: boxes and arrows, with what stands in them."""

import re
import unicodedata
from xml.sax.saxutils import escape

from devkit.guide.records import Row, Step

WIDTH, MARGIN, GAP, PADDING = 960, 12, 26, 10
BOX_WIDTH = 190
SIZE, LINE = 13, 18
COLORS = {
    "event": ("#f4f4f5", "#71717a"),
    "stage": ("#eff6ff", "#2563eb"),
    "gate": ("#fffbeb", "#d97706"),
    "limit": ("#ecfeff", "#0891b2"),
    "paper": ("#fafafa", "#a1a1aa"),
}
FONT = "font-family:'Noto Sans','Noto Sans CJK SC','Microsoft YaHei',sans-serif"
# in rows of these each box stands for itself
LOOSE = {"limit", "paper"}
STYLE = (
    f"<style>text{{{FONT};font-size:{SIZE}px;fill:#18181b}}"
    ".t{fill:#52525b;font-weight:600}.n{font-weight:600}"
    ".e{fill:#52525b;font-style:italic}</style>"
)


def draw(rows: list[Row], title: str) -> str:
    """The picture as SVG, with a text for those who do not see it."""
    shapes: list[str] = []
    top = MARGIN
    for row in rows:
        shapes.append(_text(MARGIN, top + SIZE, row.title, "t"))
        top = _draw_boxes(row, top + LINE + 4, shapes) + 14
    height = max(top, 40)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'width="{WIDTH}" height="{height}" role="img">\n'
        f"<title>{escape(title)}</title>\n{STYLE}\n"
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>\n'
        + "\n".join(shapes)
        + "\n</svg>\n"
    )


def _draw_boxes(row: Row, top: int, shapes: list[str]) -> int:
    """Draw the boxes of a row from left to right; return where the next row begins."""
    left, lowest = MARGIN, top
    for number, step in enumerate(row.steps):
        if left + BOX_WIDTH > WIDTH - MARGIN:
            left, top = MARGIN, lowest + 8
        lines = _lines(step)
        height = len(lines) * LINE + PADDING
        fill, stroke = COLORS[step.kind]
        shapes.append(
            f'<rect x="{left}" y="{top}" width="{BOX_WIDTH}" height="{height}" '
            f'rx="5" fill="{fill}" stroke="{stroke}"/>'
        )
        for line, (words, style) in enumerate(lines, 1):
            shapes.append(_text(left + 8, top + line * LINE, words, style))
        last = number == len(row.steps) - 1
        if not last and step.kind not in LOOSE:
            x, y = left + BOX_WIDTH + 8, top + 16
            shapes.append(f'<path d="M{x} {y - 5}l9 5l-9 5z" fill="#71717a"/>')
        left += BOX_WIDTH + GAP
        lowest = max(lowest, top + height)
    return lowest


def _lines(step: Step) -> list[tuple[str, str]]:
    lines = [(words, "n") for words in wrap(step.name)]
    for seat in step.seats:
        lines += [(words, "") for words in wrap(seat)]
    return lines + [(words, "e") for words in wrap(step.note)]


def _text(x: int, y: int, words: str, style: str) -> str:
    name = f' class="{style}"' if style else ""
    return f'<text x="{x}" y="{y}"{name}>{escape(words)}</text>'


def wrap(text: str, width: int = BOX_WIDTH - 16) -> list[str]:
    """Break a text into lines that fit: at blanks, and anywhere in Chinese."""
    lines, line = [], ""
    for piece in re.findall(r"[^\s\u2e80-\uffff]+\s*|.", text, re.S):
        if line and measure((line + piece).rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece
    return [*lines, line.rstrip()] if line.strip() else lines


def measure(text: str) -> float:
    """How wide a text is drawn at most, in pixels."""
    return sum(
        SIZE if unicodedata.east_asian_width(char) in "WF" else SIZE * 0.58
        for char in text
    )
