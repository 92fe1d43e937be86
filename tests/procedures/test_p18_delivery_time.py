"""[PRC-5] P18 Delivery time control (002 订单交货期控制)."""

from datetime import date, timedelta

from company import PLANNER, PRODUCER, SALESMAN, SUPERVISOR, WAREHOUSE
from factory import find_production, report_all
from making import goods, made_to_order
from selling import close

CAPACITY, DELAY = "order.capacity.wizard", "order.delay.report"


def test_promised_by_capacity_kept_by_reports(company, switched_on):
    """Nothing is promised before production was asked: what it cannot make in time is
    promised only with a reason, by those who may give it. What becomes of short lines
    is agreed with the customer before production. A delay is reported with its cause
    and remedy, the customer is told, and he confirms what has arrived. Paid, the papers
    are filed."""
    switched_on("P18")
    tomorrow = str(date.today() + timedelta(days=1))
    pump = made_to_order(company, "P18-IH65", "ih65")
    order = company.approved(order_line=goods(pump, 40), wanted_date=tomorrow)
    company.refused("产能", SUPERVISOR, "sale.order", "action_confirm", order)
    ask_production(company, order)
    company.confirm(order)
    assert company.order(order, "effect_state") == "held"
    decide_on_short_lines(company, order)
    company.work()
    assert company.order(order, "effect_state") == "effective"
    production = find_production(company, order)
    report_delay(company, order, production)
    report_all(company, production, 40)
    company.do(PRODUCER, "mrp.production", "button_mark_done", production)
    (transfer,) = company.ship(order)
    notice = company.paper(WAREHOUSE, "report_f19_shipping_notice", transfer)
    assert company.order(order, "name") in notice
    company.receive_signed(transfer)
    assert company.order(order, "progress") == "received"
    close(company, order)


def ask_production(company, order):
    """The salesman checks, the answer says what each work center needs and has; he may
    not pass it for production, which adds capacity."""
    (page,) = company.as_(SALESMAN).call(CAPACITY, "create", [{"order_id": order}])
    for words in ("数控加工组", "装配组", "试压检测组"):
        assert words in company.read(SALESMAN, CAPACITY, page, "answer")
    company.do(SALESMAN, CAPACITY, "action_keep", page)
    company.refused("产能", SUPERVISOR, "sale.order", "action_confirm", order)
    reason = {
        "order_id": order,
        "reason_id": company.ref("order_capacity_reason_overtime"),
        "remark": "两班加班，外加外协机加工",
    }
    (page,) = company.as_(SALESMAN).call(CAPACITY, "create", [reason])
    company.refused("生产", SALESMAN, CAPACITY, "action_pass", page)
    (page,) = company.as_(PRODUCER).call(CAPACITY, "create", [reason])
    company.do(PRODUCER, CAPACITY, "action_pass", page)


def decide_on_short_lines(company, order):
    """The salesman sees what there is and agrees with the customer on the rest."""
    lines = company.order(order, "order_line", login=SALESMAN)
    decision = {"short_decision": "later", "short_note": "客户同意分批晚交"}
    company.do(SALESMAN, "sale.order.line", "write", lines, decision)


def report_delay(company, order, production):
    """A machine is out of order: production says so, sales tells the customer."""
    values = {
        "production_id": production,
        "cause_id": company.ref("order_delay_cause_machine"),
        "remedy": "备用机床加班",
        "new_date": str(date.today() + timedelta(days=40)),
    }
    (report,) = company.as_(PLANNER).call(DELAY, "create", [values])
    company.do(PLANNER, DELAY, "action_report", report)
    assert company.order(order, "delay_count") == 1
    company.do(SALESMAN, DELAY, "action_note_told", report)
    assert company.read(SALESMAN, DELAY, report, "customer_told_on")
