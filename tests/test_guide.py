"""[PRC-5] The pages of the procedures say what the records say."""

import xml.etree.ElementTree as ElementTree

from devkit.commands.guide import compose, find_stale
from devkit.guide.picture import draw, measure, wrap
from devkit.guide.records import Row, Step, read_picture, read_walks
from devkit.rpc import Session

DATABASE = "plain"
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
