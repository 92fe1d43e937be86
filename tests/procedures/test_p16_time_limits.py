"""[PRC-5] P16 Order time management (002 公司订单流程时间管理制度)."""

from datetime import date, timedelta

import pytest
from company import (
    ADMINISTRATOR,
    ASSISTANT,
    GENERAL_MANAGER,
    PRODUCER,
    SALESMAN,
    SUPERVISOR,
    SYSTEM,
    WAREHOUSE,
)
from factory import find_production
from making import (
    INSPECTOR,
    goods,
    inspection_of,
    let_time_pass,
    look_at,
    made_to_order,
    produce,
    runs_of,
    write_to_customer,
)
from selling import pack

ORDER = "sale.order"
INSPECTION = "order.inspection"
DELAY = "order.delay.report"
LEDGER = "order.ledger.entry"
RULE = "order.ledger.rule"
# longer than any of these limits, whatever weekend or holiday comes between
LONG = 30


@pytest.fixture
def fines(company):
    """A fine for what is late and a reward for what is in time, by the company's own
    regulations; the general manager decides on them."""
    common = {
        "res_model": ORDER,
        "company_id": company.ref("demo_company"),
        "basis": "《订单流程时间管理制度》第九条",
    }
    admin = company.as_(ADMINISTRATOR)
    rules = admin.call(
        RULE,
        "create",
        [
            {"name": "超时", "amount": 50, "event_code": "late", **common},
            {
                "name": "按时",
                "kind": "reward",
                "amount": 10,
                "event_code": "met",
                **common,
            },
        ],
    )
    ledger = company.ref("order_group_ledger")
    judge = company.ref("demo_user_gm")
    boss = company.as_(SYSTEM)
    boss.call("res.users", "write", [judge], {"group_ids": [(4, ledger)]})
    yield rules
    admin.call(RULE, "write", rules, {"active": False})
    boss.call("res.users", "write", [judge], {"group_ids": [(3, ledger)]})


def test_every_step_is_measured(company, switched_on, fines):
    """The first look at an order has one working day: it takes longer, and is late
    from the minute on which it was due. What it lacks is to be supplied in two days,
    which run on while the customer is waited for. Then one day until it is with
    scheduling, two for the plan. The workshop says that it will be late, and why; the
    customer is told at once. Quality inspects within a day and says on the day of the
    fault how it is to be reworked. What has passed leaves within a day, counted against
    the order, and the customer is told by what it comes. A fine is proposed for what
    was late, a reward for what was not; nothing is decided by itself."""
    switched_on("P16")
    product = made_to_order(company, "P16-160")
    inspected(company, product)
    order = company.enter(order_line=goods(product))
    number = company.order(order, "name")
    initial = late_at_first(company, order)
    supplemented(company, order)
    company.agree_all(order)
    company.confirm(order)
    for rule in ("p16_scheduling", "p16_plan"):
        assert state(company, rule, order) == "met", rule
    production = find_production(company, order)
    said_to_be_late(company, production, order)

    made_and_inspected(company, production)
    assert company.read(PRODUCER, "mrp.production", production, "state") == "done"
    assert state(company, "p16_shipping", order) == "running"
    packed_and_sent(company, order, number)
    assert state(company, "p16_shipping", order) == "met"
    judged(company, order, fines, initial)


def state(company, rule, document):
    """Return how a limit of a document stands, the last time that it ran."""
    return runs_of(company, rule, document)[0]["state"]


def inspected(company, product):
    """Quality looks at all pieces of a product before they enter stock."""
    point = {
        "name": "成品检验",
        "kind": "final",
        "company_id": company.ref("demo_company"),
        "product_ids": [(6, 0, [product])],
        "item_ids": [(0, 0, {"name": "水压试验", "norm": "5 分钟不渗漏"})],
    }
    company.as_(ADMINISTRATOR).call("order.inspection.point", "create", [point])


def late_at_first(company, order):
    """Return the limit of the first look, which is too late."""
    (run,) = runs_of(company, "p16_initial", order)
    assert run["state"] == "running" and not run["is_late"]
    let_time_pass(company, [run], LONG)
    (run,) = runs_of(company, "p16_initial", order)
    assert run["is_late"] and run["user_id"][1] == "林浩"
    told = company.search(
        SALESMAN,
        "mail.message",
        ("message_type", "=", "user_notification"),
        ("partner_ids.user_ids", "in", [company.as_(SALESMAN).uid]),
        ("body", "like", company.order(order, "name")),
    )
    assert told, "nobody was told that the limit ran out"
    company.submit(order)
    assert state(company, "p16_initial", order) == "late"
    return run


def supplemented(company, order):
    """Something is missing, and comes within two days."""
    company.sign(order, SALESMAN, decision="decline", opinion="请补充介质温度")
    assert state(company, "p16_supplement", order) == "running"
    lacking = {"special_requirements": "介质温度 60 ℃"}
    company.do(ASSISTANT, ORDER, "write", order, lacking)
    company.submit(order)
    assert state(company, "p16_supplement", order) == "met"


def said_to_be_late(company, production, order):
    """The head of production reports a delay with its remedy; sales tells the
    customer."""
    report = {
        "production_id": production,
        "cause_id": company.ref("order_delay_cause_customer"),
    }
    (report,) = company.as_(PRODUCER).call(DELAY, "create", [report])
    company.refused("", PRODUCER, DELAY, "action_report", report)
    rest = {
        "remedy": "周末加班装配",
        "new_date": str(date.today() + timedelta(days=90)),
    }
    company.do(PRODUCER, DELAY, "write", report, rest)
    company.do(PRODUCER, DELAY, "action_report", report)
    (run,) = runs_of(company, "delay", order) or runs_of(company, "delay", report)
    assert run["state"] == "running"
    assert "周末加班装配" in company.words_of(order)
    company.do(SALESMAN, DELAY, "action_note_told", report)
    (run,) = runs_of(company, "delay", order) or runs_of(company, "delay", report)
    assert run["state"] == "met"


def made_and_inspected(company, production):
    """A fault is found, the advice is given the same day; reworked, all has passed."""
    produce(company, production)
    first = inspection_of(company, production)
    assert state(company, "p16_inspection", first) == "running"
    company.do(INSPECTOR, INSPECTION, "write", first, {"faulty": 1})
    assert state(company, "p16_rework", first) == "running"
    found = {
        "rework_advice": "更换机封后重做水压",
        "finding": "一台渗漏",
        "quantity_passed": 2,
        "quantity_rework": 1,
    }
    company.do(INSPECTOR, INSPECTION, "write", first, found)
    assert state(company, "p16_rework", first) == "met"
    look_at(company, first)
    company.do(INSPECTOR, INSPECTION, "action_done", first)
    assert state(company, "p16_inspection", first) == "met"
    text = company.paper(INSPECTOR, "report_f12_inspection", first)
    assert "更换机封" in text
    with company.refusal(""):
        produce(company, production)
    again = company.do(INSPECTOR, INSPECTION, "action_correct", first)["res_id"]
    look_at(company, again)
    company.do(INSPECTOR, INSPECTION, "action_pass_all", again)
    produce(company, production)


def packed_and_sent(company, order, number):
    """The list is compared with the order, and the customer learns how it comes."""
    (transfer,) = company.transfers(order)
    company.do(WAREHOUSE, "stock.picking", "action_assign", transfer)
    unchecked = (WAREHOUSE, "stock.picking", "button_validate", transfer)
    company.refused("装箱", *unchecked)
    pack(company, transfer, 3)
    company.do(*unchecked)
    assert company.read(WAREHOUSE, "stock.picking", transfer, "state") == "done"
    arrival = f"{date.today() + timedelta(days=2)} 04:00:00"
    way = {"carrier_tracking_ref": "SF-160-0001", "expected_arrival": arrival}
    company.do(WAREHOUSE, "stock.picking", "write", transfer, way)
    notice = company.paper(WAREHOUSE, "report_f19_shipping_notice", transfer)
    assert number in notice and "SF-160-0001" in notice
    action = company.do(SALESMAN, "stock.picking", "action_notify_customer", transfer)
    write_to_customer(company, SALESMAN, action)
    assert company.read(WAREHOUSE, "stock.picking", transfer, "notified_on")


def judged(company, order, rules, initial):
    """What is proposed concerns whoever answers for it; the general manager decides."""
    cron = company.ref("order_ledger_cron")
    company.as_(SYSTEM).call("ir.cron", "method_direct_trigger", [cron])
    entries = company.as_(GENERAL_MANAGER).call(
        LEDGER,
        "search_read",
        [("rule_id", "in", rules), ("res_id", "=", order)],
        ["kind", "state", "user_id", "amount"],
    )
    fines = [entry for entry in entries if entry["kind"] == "fine"]
    rewards = [entry for entry in entries if entry["kind"] == "reward"]
    assert [fine["amount"] for fine in fines] == [50]
    assert fines[0]["user_id"] == initial["user_id"]
    # supplement, scheduling, plan, shipping
    assert len(rewards) == 4
    assert {entry["state"] for entry in entries} == {"proposed"}
    (fine,) = fines
    company.refused("", SUPERVISOR, LEDGER, "action_confirm", fine["id"])
    company.do(GENERAL_MANAGER, LEDGER, "action_confirm", fine["id"])
    balance = company.read(SALESMAN, LEDGER, fine["id"], "balance")
    assert balance == -50
