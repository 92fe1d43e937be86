"""[PRC-5] P25 Roles (003 岗位职责): one day of each, told by his page “My Day”."""

from datetime import date, timedelta

import pytest
from company import (
    ADMINISTRATOR,
    ASSISTANT,
    BUYER,
    COUNTERSIGNERS,
    ENGINEER,
    FINANCE,
    GENERAL_MANAGER,
    PLANNER,
    PRODUCER,
    SALESMAN,
    SUPERVISOR,
    WAREHOUSE,
)
from factory import find_production
from making import (
    INSPECTOR,
    MADE,
    RUNS,
    goods,
    inspection_of,
    let_time_pass,
    made_to_order,
    produce,
    receive_papers,
)
from selling import pack

TRACKER = "qianrong"
FOLLOWED = "order.followed"
LINE = "order.day.line"
REQUEST = "order.purchase.request"
POINT = "order.inspection.point"
YESTERDAY = date.today() - timedelta(days=1)


@pytest.fixture
def pump(company):
    """A pump that is made when it is sold, and inspected before it enters stock."""
    product = made_to_order(company, "P25-160")
    point = {
        "name": "成品检验",
        "kind": "final",
        "company_id": company.ref("demo_company"),
        "product_ids": [(6, 0, [product])],
    }
    admin = company.as_(ADMINISTRATOR)
    points = admin.call(POINT, "create", [point])
    yield product
    admin.call(POINT, "write", points, {"active": False})


class Days:
    """The pages of everybody, asked for one document."""

    def __init__(self, company):
        self.company = company

    def find(self, login, key, model, *domain):
        """Return what of a list concerns somebody, and in which part of his page."""
        session = self.company.as_(login)
        page = session.call(LINE, "action_begin")
        lines = session.call(
            LINE, "search_read", page["domain"], ["key", "section", "count"]
        )
        (line,) = [one for one in lines if one["key"] == key] or [None]
        if not line:
            return None
        action = session.call(LINE, "action_open", [line["id"]])
        assert action["res_model"] == model
        found = session.call(model, "search_count", [*action["domain"], *domain])
        return line["section"] if found else None

    def has(self, login, key, model, document, section):
        assert self.find(login, key, model, ("id", "=", document)) == section, key

    def has_not(self, login, key, model, document):
        assert self.find(login, key, model, ("id", "=", document)) is None, key


def test_a_day_of_each(company, switched_on, pump):
    """The order clerk has a draft, hands it on, gets it back and hands it on again;
    each signer finds it when it is his turn, the departments not before. A signature
    that is late stands with whoever owes it, with supervisor and general manager, and
    with the tracker, who sees whose move it is.
    Held for its deposit the order is with finance, with the planner and, handed on,
    with the salesperson. In production: the paper that the workshop has to receive,
    what runs behind its plan, what purchasing has to buy and what has not arrived;
    quality has something to inspect. Goods ready to leave are with finance, then with
    the warehouse; the tracker has papers that nobody has received, and the receipt to
    bring in. What is done stands nowhere any more."""
    switched_on("P25", "P04", "P33", "P22")
    days = Days(company)
    order = company.enter(
        order_line=goods(pump),
        payment_term_id=company.ref("demo_terms_prepaid"),
        tracker_id=company.ref("demo_user_tracker"),
    )
    entered_and_signed(company, days, order)
    held_for_money(company, days, order)
    production = find_production(company, order)
    made(company, days, order, production)
    bought(company, days)
    sent(company, days, order)
    for login, key in ((SALESMAN, "in_work"), (PLANNER, "issue"), (SALESMAN, "held")):
        days.has_not(login, key, "sale.order", order)


def entered_and_signed(company, days, order):
    """From the order clerk to the last signer."""
    review, task = "order.review", "order.review.task"
    for login in (ASSISTANT, SALESMAN):
        days.has(login, "drafts", "sale.order", order, "waits")
    company.submit(order)
    days.has_not(ASSISTANT, "drafts", "sale.order", order)
    run = company.review_of(order)
    days.has(ASSISTANT, "submitted", review, run, "handed")

    def waits(login):
        return days.find(login, "sign", task, ("review_id", "=", run))

    assert waits(SALESMAN) == "waits" and not waits(ENGINEER)
    company.sign(order, SALESMAN, decision="decline", opinion="电话未留")
    days.has(ASSISTANT, "returned", review, company.review_of(order), "waits")
    company.submit(order)
    run = company.review_of(order)
    company.sign(order, SALESMAN, SUPERVISOR)
    for login in COUNTERSIGNERS:
        assert waits(login) == "waits", login

    (late,) = company.as_(ENGINEER).call(
        RUNS,
        "search_read",
        [
            ("document_id", "=", order),
            ("state", "=", "running"),
            ("user_id", "=", company.as_(ENGINEER).uid),
        ],
        ["document_name"],
    )
    let_time_pass(company, [late], 30)
    days.has(ENGINEER, "late", RUNS, late["id"], "late")
    for login in (SUPERVISOR, GENERAL_MANAGER):
        days.has(login, "late_all", RUNS, late["id"], "late")
    assert not days.find(SALESMAN, "late_all", RUNS)
    days.has(TRACKER, "followed_late", FOLLOWED, order, "late")
    followed(company, order)
    company.sign(order, *COUNTERSIGNERS)
    days.has_not(ENGINEER, "late", RUNS, late["id"])
    days.has_not(TRACKER, "followed_late", FOLLOWED, order)


def followed(company, order):
    """The tracker finds it first in her list, with whose move it is, and opens it."""
    mine = [("follower_id", "=", company.as_(TRACKER).uid)]
    session = company.as_(TRACKER)
    (first, *_rest) = session.call(
        FOLLOWED, "search_read", mine, ["is_late", "order_id", "order_standing"]
    )
    assert first["is_late"] and first["order_standing"]
    (row,) = session.call(FOLLOWED, "read", [order], ["order_standing"])
    assert "工程" in row["order_standing"] or "王志强" in row["order_standing"]
    action = session.call(FOLLOWED, "action_open_document", [order])
    number = company.order(order, "name")
    assert (
        company.read(TRACKER, action["res_model"], action["res_id"], "name") == number
    )


def held_for_money(company, days, order):
    """Confirmed, and waiting for its deposit."""
    company.confirm(order)
    days.has(FINANCE, "deposits", "sale.order", order, "waits")
    days.has(PLANNER, "issue", "sale.order", order, "waits")
    days.has(SALESMAN, "held", "sale.order", order, "handed")
    company.pay_deposit(order)
    days.has_not(FINANCE, "deposits", "sale.order", order)
    days.has(SALESMAN, "in_work", "sale.order", order, "handed")


def made(company, days, order, production):
    """With the workshop and with quality."""
    papers = "order.form.issue"
    mine = (("res_model", "=", "sale.order"), ("res_id", "=", order))
    assert days.find(PRODUCER, "papers", papers, *mine) == "waits"
    days.has(TRACKER, "papers_out", FOLLOWED, order, "waits")
    assert receive_papers(company, PRODUCER, order)
    assert not days.find(PRODUCER, "papers", papers, *mine)
    behind = {"date_start": f"{YESTERDAY - timedelta(days=9)} 01:00:00"}
    company.do(PLANNER, MADE, "write", production, behind)
    days.has(PRODUCER, "make_late", MADE, production, "late")

    produce(company, production)
    inspection = inspection_of(company, production)
    days.has(INSPECTOR, "inspect", "order.inspection", inspection, "waits")
    company.do(INSPECTOR, "order.inspection", "action_pass_all", inspection)
    days.has_not(INSPECTOR, "inspect", "order.inspection", inspection)
    produce(company, production)
    days.has_not(PRODUCER, "make_late", MADE, production)


def bought(company, days):
    """With purchasing: what it is asked to buy, and what has not arrived."""
    part = company.ref("demo_part_casing")
    vendor = company.ref("demo_vendor_foundry")
    asked = {
        "line_ids": [(0, 0, {"product_id": part, "quantity": 6, "partner_id": vendor})]
    }
    (request,) = company.as_(PRODUCER).call(REQUEST, "create", [asked])
    company.do(PRODUCER, REQUEST, "action_release", request)
    days.has(BUYER, "buy", REQUEST, request, "waits")
    action = company.do(BUYER, REQUEST, "action_make_rfqs", request)
    (bought,) = (
        [action["res_id"]]
        if action.get("res_id")
        else company.search(BUYER, "purchase.order", *action["domain"])
    )
    model = "purchase.order"
    (line,) = company.search(BUYER, "purchase.order.line", ("order_id", "=", bought))

    def arrives(day):
        planned = {"date_planned": f"{day} 04:00:00"}
        company.do(BUYER, "purchase.order.line", "write", line, planned)

    arrives(YESTERDAY + timedelta(days=9))
    company.do(BUYER, model, "button_confirm", bought)
    days.has_not(BUYER, "buy_late", model, bought)
    arrives(YESTERDAY)
    days.has(BUYER, "buy_late", model, bought, "late")


def sent(company, days, order):
    """With finance, then with the warehouse."""
    releases = "order.shipping.release"
    company.do(SALESMAN, "sale.order", "action_request_shipping", order)
    (release,) = company.search(SALESMAN, releases, ("order_id", "=", order))
    company.do(SALESMAN, releases, "action_request", release)
    state = company.read(SALESMAN, releases, release, "state")
    assert state in {"requested", "released"}, state
    if state == "requested":
        days.has(FINANCE, "releases", releases, release, "waits")
        company.sign(release, FINANCE)
        company.work()
    days.has(WAREHOUSE, "ship", releases, release, "waits")
    (transfer,) = company.transfers(order)
    late = {"scheduled_date": f"{YESTERDAY} 04:00:00"}
    company.do(WAREHOUSE, "stock.picking", "write", transfer, late)
    days.has(WAREHOUSE, "ship_late", "stock.picking", transfer, "late")
    pack(company, transfer, 3)
    company.ship(order)
    company.work()
    days.has_not(WAREHOUSE, "ship_late", "stock.picking", transfer)
    days.has_not(WAREHOUSE, "ship", releases, release)
    days.has(TRACKER, "receipts", FOLLOWED, order, "waits")
    company.receive_signed(transfer)
    days.has_not(TRACKER, "receipts", FOLLOWED, order)
