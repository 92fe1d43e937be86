"""What the pages of the guide say of a procedure, read in one language from a database
without demo data."""

import ast
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field
from typing import Any

from devkit import paths
from devkit.rpc import Session

WALKS = paths.ROOT / "tests" / "procedures"
TABLE = paths.ROOT / "docs" / "procedures.md"
# what a row of docs/procedures.md says when nothing is left
COVERED = {"", "–"}
# what is read of each kind of record; other kinds are named only
DETAILS = {
    "order.review.route": ["res_model", "order_type_ids", "note"],
    "order.time.limit": ["span", "start_event", "stop_event", "cutoff"],
    "order.deposit.rule": ["percent", "amount", "method", "pickup_days", "note"],
    "order.issue.window": ["cut_off"],
    "order.demand.cycle": ["kind", "day_of_month", "weekday", "due_hour"],
    "order.form": ["code", "number", "copy_ids"],
    "order.type": ["note"],
    "order.edit.rule": ["mode"],
    "order.payment.plan": ["note", "line_ids"],
}
LINES = {
    "copy_ids": ("order.form.copy", []),
    "line_ids": ("order.payment.plan.line", ["percent"]),
}


@dataclass
class Step:
    """A box of the picture."""

    kind: str
    name: str
    seats: list[str] = field(default_factory=list)
    note: str = ""


@dataclass
class Row:
    title: str
    steps: list[Step]


@dataclass
class Part:
    """A record of the procedure."""

    model: str
    res_id: int
    name: str
    xml_id: str
    role: str
    field_name: str
    # what a field of it is set to, in words
    effect: str
    details: dict[str, Any]


@dataclass
class Seat:
    """Whom a route asks."""

    name: str
    source: str
    stage: str
    route: int


@dataclass
class Card:
    code: str
    name: str
    essence: str
    story: str
    source: str
    trade: str
    rows: list[Row]
    parts: list[Part]
    seats: list[Seat]
    missing: str = ""
    walks: list[tuple[str, str]] = field(default_factory=list)


class Reader:
    """Reads cards as the administrator sees them in one language."""

    def __init__(self, session: Session, language: str):
        self.session = session
        self.context = {"lang": language, "active_test": False}
        self.labels: dict[str, dict[str, Any]] = {}

    def call(self, model: str, method: str, *args: Any, **more: Any) -> Any:
        context = self.context | more.pop("context", {})
        return self.session.call(model, method, *args, context=context, **more)

    def fields_of(self, model: str) -> dict[str, Any]:
        if model not in self.labels:
            self.labels[model] = self.call(
                model, "fields_get", attributes=["string", "selection", "relation"]
            )
        return self.labels[model]

    def say(self, model: str, name: str, value: Any) -> str:
        """The words of a selection."""
        return dict(self.fields_of(model)[name].get("selection", [])).get(value, value)

    def menus(self, xml_ids: set[str]) -> dict[str, str]:
        """Where each menu is found, from the first word to the last."""
        ids = self._resolve(xml_ids)
        full = {"ir.ui.menu.full_list": True}
        found = self.call(
            "ir.ui.menu", "read", list(ids.values()), ["complete_name"], context=full
        )
        names = {menu["id"]: menu["complete_name"] for menu in found}
        return {
            xml_id: names[number].replace("/", " → ") for xml_id, number in ids.items()
        }

    def cards(self) -> list[Card]:
        names = ["code", "name", "essence", "story", "source", "trade", "steps_picture"]
        cards = self.call("order.procedure", "search_read", [], names)
        parts = self.call(
            "order.procedure.part",
            "search_read",
            [],
            ["procedure_id", "role", "res_model", "res_id", "field_name", "value"],
        )
        records = self._read_records(parts)
        seats = self._read_seats()
        walks, missing = read_walks(), read_missing()
        result = []
        for card in sorted(cards, key=lambda card: card["code"]):
            own = [p for p in parts if p["procedure_id"][0] == card["id"]]
            routes = {p["res_id"] for p in own if p["res_model"] == ROUTE}
            result.append(
                Card(
                    *(card[name] or "" for name in names[:6]),
                    read_picture(card["steps_picture"]),
                    [self._part(part, records) for part in own],
                    [seat for seat in seats if seat.route in routes],
                    missing.get(card["code"], ""),
                    walks.get(card["code"], []),
                )
            )
        return result

    def _resolve(self, xml_ids: set[str]) -> dict[str, int]:
        names = {xml_id.partition(".")[2]: xml_id for xml_id in xml_ids}
        rows = self.call(
            "ir.model.data",
            "search_read",
            [("name", "in", list(names)), ("model", "=", "ir.ui.menu")],
            ["complete_name", "res_id"],
        )
        found = {row["complete_name"]: row["res_id"] for row in rows}
        return {xml_id: found[xml_id] for xml_id in sorted(xml_ids)}

    def _read_records(self, parts: list[dict]) -> dict[tuple[str, int], dict]:
        """What stands in the records of all procedures, a few calls for each kind."""
        found = {}
        for model in sorted({part["res_model"] for part in parts}):
            ids = sorted({p["res_id"] for p in parts if p["res_model"] == model})
            names = ["display_name", *DETAILS.get(model, [])]
            rows = self.call(model, "read", ids, names)
            for name in set(names) & set(LINES):
                self._read_lines(rows, name)
            xml_ids = self.call(
                "ir.model.data",
                "search_read",
                [("model", "=", model), ("res_id", "in", ids)],
                ["name", "res_id"],
            )
            known = {row["res_id"]: row["name"] for row in xml_ids}
            for row in rows:
                found[model, row["id"]] = row | {"xml_id": known.get(row["id"], "")}
        return found

    def _read_lines(self, rows: list[dict], name: str) -> None:
        ids = [line for row in rows for line in row[name]]
        model, more = LINES[name]
        lines = self.call(model, "read", ids, ["display_name", *more])
        words = {line["id"]: line["display_name"] for line in lines}
        for line in lines:
            if percent := line.get("percent"):
                words[line["id"]] += f" {percent:g} %"
        for row in rows:
            row[name] = [words[line] for line in row[name]]

    def _part(self, part: dict, records: dict) -> Part:
        model, name = part["res_model"], part["field_name"] or ""
        record = records[model, part["res_id"]]
        details = {
            key: self.say(model, key, record[key])
            if isinstance(record[key], str)
            else record[key]
            for key in DETAILS.get(model, [])
            if record[key] not in (False, None, [])
        }
        if model == ROUTE:
            # the name of the model is what topics look for
            details["document"] = record["res_model"]
        effect = ""
        if part["role"] == "set":
            label = self.fields_of(model)[name]
            effect = label["string"]
            if comodel := label.get("relation"):
                value = self.call(comodel, "read", [int(part["value"])], ["name"])
                effect += f": {value[0]['name']}"
            elif part["value"]:
                effect += f": {self.say(model, name, part['value'])}"
        title = record["display_name"]
        if model == FORM:
            title = f"{record['code']} {title}"
        words = title, record["xml_id"], part["role"], name, effect
        return Part(model, part["res_id"], *words, details)

    def _read_seats(self) -> list[Seat]:
        seats = self.call(
            "order.review.seat",
            "search_read",
            [],
            ["display_name", "source", "stage_id"],
        )
        stages = self.call(
            "order.review.stage", "search_read", [], ["name", "route_id"]
        )
        known = {stage["id"]: stage for stage in stages}
        return [
            Seat(
                seat["display_name"],
                seat["source"],
                known[seat["stage_id"][0]]["name"],
                known[seat["stage_id"][0]]["route_id"][0],
            )
            for seat in seats
        ]


ROUTE, FORM = "order.review.route", "order.form"
KINDS = {
    "border-primary": "stage",
    "border-warning": "gate",
    "border-info": "limit",
    "border-secondary": "paper",
}


def read_picture(picture: str) -> list[Row]:
    """The rows of boxes of a picture as the cards show it."""
    root = ElementTree.fromstring(picture)
    return [
        Row(row[0].text or "", [_read_step(box) for box in row[1].findall("div")])
        for row in root
    ]


def _read_step(box: ElementTree.Element) -> Step:
    kinds = [KINDS[word] for word in box.get("class", "").split() if word in KINDS]
    name, note = box.find("strong"), box.find("em")
    return Step(
        kinds[0] if kinds else "event",
        (name.text or "") if name is not None else "",
        [seat.text or "" for seat in box.findall("div")],
        (note.text or "") if note is not None else "",
    )


def read_walks() -> dict[str, list[tuple[str, str]]]:
    """``{code: [(file, story)]}``: what the tests of the whole system walk."""
    walks: dict[str, list[tuple[str, str]]] = {}
    for file in sorted(WALKS.glob("test_p[0-9][0-9]_*.py")):
        code = file.name[5:8].upper()
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                if story := ast.get_docstring(node):
                    story = " ".join(story.split())
                    walks.setdefault(code, []).append((file.name, story))
    return walks


def read_missing() -> dict[str, str]:
    """``{code: what docs/procedures.md says is not covered}``."""
    rows = re.findall(
        r"^\| \**(P\d\d)\** \|.*\|([^|]*)\|$", TABLE.read_text("utf-8"), re.M
    )
    said = {code: text.strip() for code, text in rows}
    return {code: text for code, text in said.items() if text not in COVERED}
