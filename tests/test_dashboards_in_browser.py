"""[ANA-1] Whoever presses a figure of a dashboard sees the rows that it counts."""

import json
import re

import pytest
from steps import ref

from devkit import paths

BOSS = "huangweidong"
FILES = paths.ADDON_DIR / "data" / "figures" / "files"
BOARDS = ("orders", "reviewers", "deliveries", "after_sales")
CARD = "canvas.o-scorecard"
# Cards are drawn: what is written in them is kept on the way. First they are drawn with
# nothing, and again with what the server has counted: how many requests are open.
WATCH = """
window.asked = 0;
window.answered = 0;
const answer = () => {
    window.asked--;
    window.answered = performance.now();
};
const send = XMLHttpRequest.prototype.send;
XMLHttpRequest.prototype.send = function (...all) {
    window.asked++;
    this.addEventListener("loadend", answer);
    return send.apply(this, all);
};
const get = window.fetch;
window.fetch = function (...all) {
    window.asked++;
    return get.apply(this, all).finally(answer);
};
const pen = CanvasRenderingContext2D.prototype;
const draw = pen.fillText;
pen.fillText = function (text, ...rest) {
    (this.canvas.words ??= []).push(String(text));
    return draw.call(this, text, ...rest);
};
"""


QUIET = "window.asked === 0 && performance.now() - window.answered > 500"


def read_cards(board):
    """Return for each card of a dashboard whether it is a number of rows."""
    content = json.loads((FILES / f"order_{board}_dashboard.json").read_text())
    cells = next(s["cells"] for s in content["sheets"] if s["name"] == "Data")
    figures = [figure for sheet in content["sheets"] for figure in sheet["figures"]]
    cards = [f["data"] for f in figures if f["data"].get("type") == "scorecard"]
    formulas = [cells[card["keyValue"].partition("!")[2]] for card in cards]
    return [
        text.count("PIVOT.VALUE") == text.count('"__count"') == 1 for text in formulas
    ]


def open_board(page, database, board):
    name = database.query(
        "SELECT COALESCE(name->>'zh_CN', name->>'en_US') FROM spreadsheet_dashboard "
        f"WHERE id = {ref(database, f'spreadsheet_dashboard_{board}')}"
    )[0][0]
    page.goto("/odoo/dashboards")
    page.click(f".o_search_panel li:has-text('{name}')")
    page.wait_for_function(
        f"[...document.querySelectorAll('{CARD}')].filter(c => c.words).length == 3"
    )
    page.wait_for_function(QUIET)


def shown_number(card):
    """Return the number that is drawn in a card."""
    words = card.evaluate("canvas => canvas.words")
    numbers = [word for word in words if re.fullmatch(r"[\d,]+", word)]
    return int(numbers[-1].replace(",", ""))


@pytest.mark.parametrize("board", BOARDS)
def test_a_figure_opens_its_rows(open_page, database, board):
    page = open_page(BOSS)
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.context.add_init_script(WATCH)
    counts = [number for number, is_count in enumerate(read_cards(board)) if is_count]
    assert counts
    for number in counts:
        open_board(page, database, board)
        card = page.locator(CARD).nth(number)
        expected = shown_number(card)
        card.click()
        page.wait_for_selector(".o_list_view")
        page.wait_for_function(QUIET)
        rows = page.locator(".o_data_row").count()
        total = page.locator(".o_pager_limit")
        rows = int(total.inner_text()) if total.count() else rows
        assert rows == expected, (board, number)
    assert errors == []
