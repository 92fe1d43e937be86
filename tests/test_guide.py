"""[PRC-5] The pages of the procedures say what the records say."""

import re
import xml.etree.ElementTree as ElementTree

from devkit import paths
from devkit.commands.guide import compose, find_stale
from devkit.guide import words
from devkit.guide.picture import draw, measure, wrap
from devkit.guide.records import TABLE, Row, Step, read_picture, read_walks
from devkit.rpc import Session

DATABASE = "plain"
DATA = paths.ADDON_DIR / "data" / "procedures" / "order_procedure_data.xml"
# shown with the route or the document that they make asked for
SAID_ELSEWHERE = {"order.type.change_agreement", "order.type.asks_project_plan"}
# {procedure: what its row names and its card leaves to the company}
ALLOWED = {
    # sales needs them of purchasing and planning, whoever switches P02 or P17 on
    "P22": {"order_form_f08", "order_form_f09", "order_form_f33"},
    # the monthly sheet belongs to the rules of the company's own fines
    "P27": {"order_form_f25"},
    "P31": {"order_form_f25"},
}
PICTURE = (
    '<div><div class="mb-2"><div class="small">订单</div><div class="d-flex">'
    '<div class="border"><strong>录入</strong></div><span>▸</span>'
    '<div class="border border-primary"><strong>会签 &amp; 复审</strong>'
    "<div>工程</div><div>品质</div><em>任一人</em></div></div></div></div>"
)


def test_pages_are_those_of_the_records(server):
    """[PRC-5] `./dev guide` would write nothing."""
    session = Session(server.url, server.database.name, "admin", None)
    written = compose(session)
    assert len([name for name in written if name.startswith("procedures/p")]) >= 68
    assert find_stale(written) == [], "run ./dev guide"


def test_picture_is_read_and_drawn():
    rows = read_picture(PICTURE)
    stage = Step("stage", "会签 & 复审", ["工程", "品质"], "任一人")
    assert rows == [Row("订单", [Step("event", "录入"), stage])]
    drawing = ElementTree.fromstring(draw(rows, "P01"))
    words = [text.text for text in drawing.iter("{http://www.w3.org/2000/svg}text")]
    assert words == ["订单", "录入", "会签 & 复审", "工程", "品质", "任一人"]


def test_words_stay_in_their_boxes():
    for text in ("一二三四五六七八九十" * 4, "Deputy General Manager of the Works"):
        lines = wrap(text, 120)
        assert len(lines) > 1 and all(measure(line) <= 120 for line in lines)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_walks_are_found_by_their_procedure():
    [(file, story), *_others] = read_walks()["P01"]
    assert file.startswith("test_p01_") and story.startswith("An e-mail is entered")


def test_what_a_card_ticks_is_told():
    """Whatever a card sets on order types, somebody does something about it day by
    day: a topic names the field."""
    told = {tag for topic in (*words.BEFORE, *words.AFTER) for tag in topic.when}
    ticked = {part["field_name"] for part in read_parts() if "field_name" in part}
    assert {f"order.type.{name}" for name in ticked} - told - SAID_ELSEWHERE == set()


def test_cards_have_what_the_table_says():
    """What docs/procedures.md says a procedure is done by belongs to its card: a card
    that promises more than it switches on holds nothing."""
    own = {}
    for part in read_parts():
        code = part["procedure_id"].rpartition("_")[2].upper()
        own.setdefault(code, set()).add(part["res_id"])
    rows = re.findall(
        r"^\| \**(P\d\d)\**[^|]*\|([^|]*)\|", TABLE.read_text("utf-8"), re.M
    )
    assert len(rows) == 33
    for code, text in rows:
        named = set(re.findall(r"`(order_(?:review_route|time_limit)_\w+)`", text))
        named |= {f"order_form_{f.lower()}" for f in re.findall(r"\bF\d\dB?\b", text)}
        missing = named - own.get(code, set()) - ALLOWED.get(code, set())
        assert not missing, f"{code}: {sorted(missing)}"


def read_parts():
    """Return the parts of all cards as they are shipped: ``[{field: value}]``."""
    root = ElementTree.parse(DATA).getroot()
    return [
        {
            field.get("name"): field.get("ref") or field.text or ""
            for field in record.iter("field")
        }
        for record in root.iter("record")
        if record.get("model") == "order.procedure.part"
    ]
