"""[PRC-5] P20 Production planning."""

from datetime import date, timedelta

from company import ADMINISTRATOR, PLANNER, PRODUCER, SALESMAN, SUPERVISOR
from factory import (
    find_operations,
    find_production,
    issued_copies,
    report_work,
)
from making import goods, made_to_order

CAPACITY, DELAY = "order.capacity.wizard", "order.delay.report"
PLANS, DAYS = "order.production.plan", "order.daily.report"


def test_from_capacity_to_feedback(company, switched_on):
    """Accepted by review and by capacity; the plan stands in time, counted from the
    review and from the effect; material is seen to, six copies go out; work is reported
    operation by operation, what goes wrong is reported at once with its remedy, the
    plan is revised, and the day ends with a report that sales reads."""
    switched_on("P20")
    pump = made_to_order(company, "P20-IH65", "ih65")
    order = company.approved(order_line=goods(pump, 2))
    assert runs(company, order, "p08_plan", "running")
    company.refused("产能", SUPERVISOR, "sale.order", "action_confirm", order)
    (page,) = company.as_(SALESMAN).call(CAPACITY, "create", [{"order_id": order}])
    company.do(SALESMAN, CAPACITY, "action_keep", page)
    company.confirm(order)
    company.work()
    production = find_production(company, order)
    assert company.read(PLANNER, "mrp.production", production, "state") != "draft"
    for name in ("p08_plan", "p16_plan"):
        assert runs(company, order, name, "met"), name
    instruct(company, order)
    plan = issue_plan(company, order, production)
    go_wrong(company, order, production)
    revise(company, plan, production)
    finish(company, order, production)
    (transfer,) = company.ship(order)
    company.receive_signed(transfer)
    company.pay(company.invoice(order))
    assert company.order(order, "closed_on")


def runs(company, order, name, state):
    rule = company.ref(f"order_time_limit_{name}")
    return company.search(
        ADMINISTRATOR,
        "order.time.limit.run",
        ("rule_id", "=", rule),
        ("res_id", "=", order),
        ("state", "=", state),
    )


def instruct(company, order):
    copies = issued_copies(company, PRODUCER, "sale.order", order)
    assert len(copies) == 2
    company.do(PRODUCER, "order.form.issue", "action_acknowledge", copies)
    text = company.paper(PRODUCER, "report_f05_production_instruction", order)
    assert company.order(order, "name") in text


def issue_plan(company, order, production):
    """Which material is there is on the plan; its dates become those of production."""
    begin = date.today() + timedelta(days=2)
    line = {
        "production_id": production,
        "date_start": f"{begin} 01:00:00",
        "date_finished": f"{begin + timedelta(days=3)} 09:00:00",
    }
    values = {"date_from": str(date.today()), "line_ids": [(0, 0, line)]}
    (plan,) = company.as_(PLANNER).call(PLANS, "create", [values])
    (row,) = company.read(PLANNER, PLANS, plan, "line_ids")
    line = company.read(PLANNER, "order.production.plan.line", row, "kit_words")
    assert line, "what is missing is said"
    company.do(PLANNER, PLANS, "action_issue", plan)
    begun = company.read(PLANNER, "mrp.production", production, "date_start")
    assert begun == f"{begin} 01:00:00"
    text = company.paper(PLANNER, "report_f06_production_plan", plan)
    assert company.order(order, "name") in text
    copies = company.search(
        PLANNER, "order.form.issue", ("res_model", "=", PLANS), ("res_id", "=", plan)
    )
    assert len(copies) == 6
    return plan


def go_wrong(company, order, production):
    """A machine breaks: reported with cause and remedy, sales tells the customer."""
    first = find_operations(company, production)[0]
    company.do(PRODUCER, "mrp.production", "action_start", production)
    report_work(company, first["card_code"], quantity_good=1)
    values = {
        "production_id": production,
        "cause_id": company.ref("order_delay_cause_machine"),
        "remedy": "改在备用机床加工",
        "new_date": str(date.today() + timedelta(days=90)),
    }
    (report,) = company.as_(PRODUCER).call(DELAY, "create", [values])
    company.do(PRODUCER, DELAY, "action_report", report)
    rule = company.ref("order_time_limit_delay")
    limit = [("rule_id", "=", rule), ("res_id", "=", report)]
    assert company.search(ADMINISTRATOR, "order.time.limit.run", *limit)
    company.do(SALESMAN, DELAY, "action_note_told", report)
    assert company.order(order, "delay_count") == 1


def revise(company, plan, production):
    """The copies from before are void: a revision with the same number takes their
    place."""
    action = company.do(PLANNER, PLANS, "action_revise", plan)
    again = action["res_id"]
    company.do(PLANNER, PLANS, "action_issue", again)
    assert company.read(PLANNER, PLANS, plan, "state") == "replaced"
    assert issued_copies(company, PRODUCER, PLANS, plan) == []
    copies = issued_copies(company, PRODUCER, PLANS, again)
    assert len(copies) == 1
    company.do(PRODUCER, "order.form.issue", "action_acknowledge", copies)


def finish(company, order, production):
    """The rest is made; the day is reported, and the report is there for sales."""
    first, *others = find_operations(company, production)
    report_work(company, first["card_code"], quantity_good=1)
    for operation in others:
        report_work(company, operation["card_code"], quantity_good=2)
    company.do(PRODUCER, "mrp.production", "button_mark_done", production)
    (day,) = company.as_(PRODUCER).call(DAYS, "create", [{}])
    company.do(PRODUCER, DAYS, "action_fill", day)
    company.do(PRODUCER, DAYS, "action_hand_in", day)
    text = company.paper(SUPERVISOR, "report_f31_daily_report", day)
    assert company.order(order, "name") in text
