"""The pages of the guide, as Markdown."""

from collections.abc import Iterable, Sequence
from typing import Any

from devkit.guide import words
from devkit.guide.records import FORM, ROUTE, Card, Part
from devkit.guide.words import Say, Topic

Lines = list[str]
# seats whose people are found through a department
OF_DEPARTMENTS = {"department", "head"}
NO_ORDERS = "P25"
# in which order the records of a procedure are listed; other kinds stand before types
KINDS = (
    ROUTE,
    "order.entry.rule",
    "order.deposit.rule",
    "order.payment.plan",
    "order.issue.window",
    "order.demand.cycle",
    "order.edit.rule",
    "order.time.limit",
    "",
    "order.type",
    "order.channel",
    FORM,
)
URGENT = "order_review_route_urgent"


def every_menu() -> set[str]:
    """The menus that pages may name."""
    topics = (*words.BEFORE, *words.AFTER, words.ROLES)
    return {
        *(topic.menu for topic in topics),
        *words.SETTINGS.values(),
        *(words.DEPARTMENTS, words.HOLIDAYS, words.PROCEDURES, words.SIGNATURES),
    }


class Pages:
    """Writes cards in one language, with the names of menus in it."""

    def __init__(self, language: str, menus: dict[str, str]):
        self.language, self.menus = language, menus

    def say(self, en: str, zh: str) -> str:
        return getattr(Say(en, zh), self.language)

    def several(self, words: Iterable[str]) -> str:
        return self.say(", ", "、").join(dict.fromkeys(words))

    def join(self, *words: str) -> str:
        return self.say("; ", "；").join(filter(None, words))

    def file(self, card: Card) -> str:
        return f"{card.code.lower()}{self.say('', '.zh')}.md"

    def picture(self, card: Card) -> str:
        return f"{card.code.lower()}{self.say('', '-zh')}.svg"

    # -- index -------------------------------------------------------------------------

    def index(self, cards: Sequence[Card]) -> str:
        lines = [
            self.say("# Guide to the procedures", "# 各项制度操作手册"),
            "",
            self.say(
                "[中文](README.zh.md) · "
                "[what is covered, and what is not](../procedures.md)",
                "[English](README.md) · [覆盖情况对照表（英文）](../procedures.md)",
            ),
            "",
            self.say(
                "One page for each procedure, written by `./dev guide` from the "
                "records that carry it out. All are switched off after installation.",
                "一项制度一页，由 `./dev guide` 从系统的配置记录生成。"
                "安装后全部未启用。",
            ),
            "",
            *self._table(
                [self.say("Procedure", "制度"), self.say("What it is about", "要点")],
                (
                    [
                        f"[**{card.code}** {card.name}]({self.file(card)})",
                        card.essence,
                    ]
                    for card in cards
                ),
            ),
        ]
        return _join(lines)

    # -- one page ----------------------------------------------------------------------

    def page(self, card: Card) -> str:
        lines = [
            f"# {card.code} {card.name}",
            "",
            self.say(
                f"[中文]({card.code.lower()}.zh.md) · [All procedures](README.md)",
                f"[English]({card.code.lower()}.md) · [全部制度](README.zh.md)",
            ),
            "",
            f"{card.essence}",
            "",
            self._origin(card),
            *self._picture(card),
            *self._story(card),
            *self._daily(card),
            *self._needs(card),
            *self._parts(card),
            *self._missing(card),
        ]
        return _join(lines)

    def _origin(self, card: Card) -> str:
        facts = [
            self.say(f"Trade: {card.trade}", f"适用：{card.trade}")
            if card.trade
            else "",
            self.say(f"Source: document {card.source}", f"出处：文件 {card.source}")
            if card.source
            else "",
        ]
        return " · ".join(filter(None, facts))

    def _picture(self, card: Card) -> Lines:
        if not card.rows:
            return []
        title = self.say("Steps, limits and papers", "步骤、时限与单据")
        path = f"../images/procedures/{self.picture(card)}"
        return ["", f"![{title}]({path})"]

    def _story(self, card: Card) -> Lines:
        title = ["", self.say("## How it goes", "## 订单怎么走"), ""]
        if self.language == "zh" or not card.walks:
            return [*title, card.story] if card.story else []
        lines = title
        for file, story in card.walks:
            link = f"../../tests/procedures/{file}"
            lines += [f"{story} ([the test that walks it]({link}))", ""]
        return lines[:-1]

    def _daily(self, card: Card) -> Lines:
        rows = [[str(number), *row] for number, row in enumerate(self.daily(card), 1)]
        head = self.say("|Who|Does|Where|Paper", "|谁|做什么|在哪里|单据").split("|")
        return [
            "",
            self.say("## Day by day", "## 每天怎么做"),
            "",
            *self._table(head, rows),
        ]

    def daily(self, card: Card) -> Iterable[list[str]]:
        """First this, then that: who, does what, in which menu, with which paper."""
        if card.code == NO_ORDERS:
            yield self._topic(words.ROLES, card)
            return
        found = tags(card)
        for topic in words.BEFORE:
            if not topic.when or found & set(topic.when):
                yield self._topic(topic, card)
        paper = "F04" if URGENT in found else "F03"
        for row in self._order_stages(card):
            for step in row:
                note = self.say(" (%s)", "（%s）") % step.note if step.note else ""
                yield [
                    self.several(step.seats),
                    self.say("signs: ", "签署：") + step.name + note,
                    self.menus[words.SIGNATURES],
                    paper if paper in found else "",
                ]
        for topic in words.AFTER:
            if found & set(topic.when):
                yield self._topic(topic, card)

    def _order_stages(self, card: Card) -> Iterable[list]:
        for row in card.rows:
            if row.steps and row.steps[0].kind == "event":
                yield [step for step in row.steps if step.kind == "stage"]

    def _topic(self, topic: Topic, card: Card) -> list[str]:
        papers = [p for p in self._papers(card) if p.split(" ")[0] in topic.papers]
        does = getattr(topic.does, self.language)
        if topic.route and (asked := self._asked(card, topic.route)):
            does += self.say("; sign: ", "；签署：") + asked
        who = getattr(topic.who, self.language)
        return [who, does, self.menus[topic.menu], self.several(papers)]

    def _papers(self, card: Card) -> Lines:
        return [part.name for part in card.parts if part.model == FORM]

    def _asked(self, card: Card, document: str) -> str:
        """Who signs what is not an order, in the order of the stages."""
        routes = [
            part.res_id
            for part in card.parts
            if part.model == ROUTE and part.details["document"] == document
        ]
        seats = [seat.name for seat in card.seats if seat.route in routes]
        return self.several(seats)

    # -- what it needs, what it is made of ---------------------------------------------

    def _needs(self, card: Card) -> Lines:
        lines = [
            "",
            self.say("## Switching it on", "## 启用"),
            "",
            self.say(
                f"*{self.menus[words.PROCEDURES]}*, card {card.code}, *Switch On …*: "
                "the page says what your company still lacks, and takes the people.",
                f"“{self.menus[words.PROCEDURES]}”，卡片 {card.code}，“启用…”："
                "页面写明贵公司还缺什么，并在那里选定人员。",
            ),
            "",
        ]
        if not any(part.role != "use" for part in card.parts):
            lines[-2:] = [
                self.say("There is nothing to switch on.", "没有要启用的东西。"),
                "",
            ]
        own = [seat for seat in card.seats if seat.source in OF_DEPARTMENTS]
        people = self.several(seat.name for seat in own)
        if people:
            menu = self.menus[words.DEPARTMENTS]
            lines.append(
                self.say(
                    f"- People who sign: {people} (*{menu}*).",
                    f"- 签署人：{people}（“{menu}”）。",
                )
            )
        others = [seat for seat in card.seats if seat.source not in OF_DEPARTMENTS]
        if others:
            names = self.several(seat.name for seat in others)
            lines.append(
                self.say(f"- Also asked: {names}.", f"- 另有签署人：{names}。")
            )
        models = {part.model for part in card.parts}
        if "order.issue.window" in models:
            lines.append(
                self.say(
                    "- Somebody with the right *Issue Desk*.",
                    "- 有“下发台”权限的人。",
                )
            )
        if models & {"order.issue.window", "order.time.limit", "order.demand.cycle"}:
            menu = self.menus[words.HOLIDAYS]
            lines.append(
                self.say(
                    f"- Working hours of the company, holidays and make-up days "
                    f"(*{menu}*).",
                    f"- 公司的工作时间、节假日与调休（“{menu}”）。",
                )
            )
        return lines if lines[-1] else lines[:-1]

    def _parts(self, card: Card) -> Lines:
        if not card.parts:
            return []
        head = self.say(
            "Record|What happens to it|As it is shipped|Changed under",
            "记录|启用时|出厂值|在哪里改",
        )
        return [
            "",
            self.say("## What it is made of", "## 由什么组成，数字在哪里改"),
            "",
            *self._table(
                head.split("|"),
                (
                    [
                        self.several(part.name for part in alike),
                        self._happens(alike[0]),
                        self._shipped(alike[0]),
                        self.menus.get(words.SETTINGS.get(alike[0].model, ""), ""),
                    ]
                    for alike in _group(card.parts)
                ),
            ),
            "",
            self.say(
                "More that it can use, by its XML id: [table](../procedures.md).",
                "还可以用到的设置，见[对照表](../procedures.md)（英文）。",
            ),
        ]

    def _happens(self, part: Part) -> str:
        if part.role == "switch":
            return self.say("is switched on", "启用")
        if part.role == "use":
            return self.say("is used as it is", "照用")
        name, colon, value = part.effect.partition(": ")
        if colon:
            return name + self.say(": ", "：") + value
        return self.say("ticked: ", "勾选：") + part.effect

    def _shipped(self, part: Part) -> str:
        details: dict[str, Any] = part.details
        if part.model == "order.time.limit":
            events = f"{details['start_event']} → {details['stop_event']}"
            late = details.get("cutoff") and self.say(
                f"what begins after {_hour(details['cutoff'])} counts from the next "
                "working day",
                f"{_hour(details['cutoff'])} 以后开始的，从下一工作日算起",
            )
            return self.join(details.get("span", ""), events, late or "")
        if part.model == FORM:
            copies = self.several(details.get("copy_ids", []))
            label = self.say("copies: ", "各联：")
            return self.join(details.get("number", ""), copies and label + copies)
        if part.model == "order.issue.window":
            return self.say("until ", "截止 ") + _hour(details["cut_off"])
        if part.model == "order.demand.cycle":
            due = f"{self._due(part)} {_hour(details['due_hour'])}"
            return self.join(details["kind"], due)
        if part.model == "order.payment.plan":
            return self.join(*details.get("line_ids", []))
        if part.model == "order.edit.rule":
            return details.get("mode", "")
        if part.role == "set":
            return ""
        if part.model == "order.deposit.rule":
            share = details.get("percent") and f"{details['percent']:g} %"
            return self.join(share or "", " ".join(details.get("note", "").split()))
        return " ".join(details.get("note", "").split())

    def _due(self, part: Part) -> str:
        day = part.details.get("day_of_month")
        if "week" in part.xml_id:
            return part.details.get("weekday", "")
        return self.say(f"day {day}", f"{day} 日")

    def _missing(self, card: Card) -> Lines:
        if not card.missing:
            return []
        title = self.say("## Not covered", "## 未覆盖")
        text = self.say(
            _sentence(card.missing),
            "见[对照表](../procedures.md)“Not covered”一栏（英文）。",
        )
        return ["", title, "", text]

    def _table(self, head: Sequence[str], rows: Iterable[Sequence[str]]) -> Lines:
        return [
            _row(head),
            "|" + "---|" * len(head),
            *(_row(row) for row in rows),
        ]


def tags(card: Card) -> set[str]:
    """What topics may name of a card: its kinds of records, the documents its routes
    review, fields of order types, codes of papers, and XML ids."""
    found = set()
    for part in card.parts:
        found |= {part.model, part.xml_id}
        if part.model == "order.form":
            found.add(part.details["code"])
        elif part.model == ROUTE:
            document = part.details["document"]
            found.add("order_review_routes" if document == "sale.order" else document)
        elif part.field_name:
            found.add(f"{part.model}.{part.field_name}")
    return found


def _group(parts: Sequence[Part]) -> list[list[Part]]:
    """The parts in the order of the page; of what is set, all records of a field."""
    groups: dict[object, list[Part]] = {}
    for part in sorted(parts, key=_rank):
        set_alike = part.model, part.effect
        key = set_alike if part.role == "set" else (part.model, part.res_id)
        groups.setdefault(key, []).append(part)
    return list(groups.values())


def _rank(part: Part) -> int:
    return KINDS.index(part.model if part.model in KINDS else "")


def _hour(hour: float) -> str:
    return f"{int(hour):02}:{round(hour % 1 * 60):02}"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:].rstrip(".") + "."


def _row(cells: Sequence[str]) -> str:
    clean = (" ".join(cell.replace("|", "\\|").split()) for cell in cells)
    return f"| {' | '.join(clean)} |"


def _join(lines: Lines) -> str:
    return "\n".join(lines).rstrip() + "\n"
