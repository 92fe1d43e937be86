"""write docs/procedures/ and its pictures from the records of the procedures

Read from a database without demo data, in English and Chinese. With --check nothing is
written, and the exit status is 1 when a page would change.
"""

from devkit import databases, paths, workspace
from devkit.arguments import parser
from devkit.console import say, step
from devkit.guide.pages import Pages, every_menu
from devkit.guide.picture import draw
from devkit.guide.records import Reader
from devkit.guide.words import LANGUAGES
from devkit.rpc import Session
from devkit.server import OdooServer

PAGES = paths.ROOT / "docs" / "procedures"
PICTURES = paths.ROOT / "docs" / "images" / "procedures"


def run(arguments: list[str]) -> int:
    options = parser(__doc__, "guide")
    options.add_argument("--check", action="store_true", help="change nothing")
    check = options.parse_args(arguments).check
    workspace.prepare()
    with databases.clone("plain", "guide") as database, step("writing the guide"):
        with OdooServer(database) as server:
            written = compose(Session(server.url, database.name, "admin", None))
    stale = find_stale(written)
    if not check:
        _write(written)
    for name in stale:
        say(f"  {'out of date' if check else 'written'}: {name}")
    return int(check and bool(stale))


def compose(session: Session) -> dict[str, str]:
    """``{path below docs: text}`` of everything that the command writes."""
    written = {}
    for language, code in LANGUAGES.items():
        reader = Reader(session, code)
        pages = Pages(language, reader.menus(every_menu()))
        cards = reader.cards()
        written[f"procedures/README{pages.say('', '.zh')}.md"] = pages.index(cards)
        for card in cards:
            written[f"procedures/{pages.file(card)}"] = pages.page(card)
            if card.rows:
                title = f"{card.code} {card.name}"
                picture = f"images/procedures/{pages.picture(card)}"
                written[picture] = draw(card.rows, title)
    return written


def find_stale(written: dict[str, str]) -> list[str]:
    """Names of pages and pictures that are not as they would be written, or are left
    over."""
    docs = paths.ROOT / "docs"
    there = {
        str(file.relative_to(docs)): file.read_text(encoding="utf-8")
        for folder in (PAGES, PICTURES)
        for file in folder.glob("*.*")
    }
    return sorted(
        name
        for name in written.keys() | there.keys()
        if written.get(name) != there.get(name)
    )


def _write(written: dict[str, str]) -> None:
    docs = paths.ROOT / "docs"
    for folder in (PAGES, PICTURES):
        folder.mkdir(parents=True, exist_ok=True)
    for name in find_stale(written):
        if name in written:
            (docs / name).write_text(written[name], encoding="utf-8")
        else:
            (docs / name).unlink()
