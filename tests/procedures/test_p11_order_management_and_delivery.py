"""[PRC-5] P11 Order management and delivery (002 订单管理与交付制度)."""

from datetime import date, timedelta

from company import (
    ASSISTANT,
    PLANNER,
    PRODUCER,
    SALESMAN,
    SUPERVISOR,
    WAREHOUSE,
)
from customer import Customer
from factory import find_production
from making import goods, made_to_order, produce, runs_of
from selling import (
    CASE,
    close,
    limit,
    opened_by,
    read_paper,
    settle_case,
)

DELAY = "order.delay.report"


def test_followed_to_the_signed_note(company, switched_on):
    """Departments review, each with a working day; who finds something asks sales to
    supply it, and the record says so. The order is followed step by step, by sales and
    by the customer on his page. Production will be late and says so: sales tells the
    customer, and agrees on another day. Delivered with its note, which he signs: before
    that it has not arrived. He says how satisfied he is; his complaint is answered
    within a working day. Paid, the papers are filed."""
    switched_on("P11")
    seen = []
    order = company.enter(order_line=goods(made_to_order(company, "P11-160")))
    number = company.order(order, "name")

    def look():
        seen.append(company.order(order, "progress"))

    look()
    company.submit(order)
    reviewed(company, order)
    look()
    company.agree_all(order)
    company.confirm(order)
    look()
    customer = Customer(company, order, SUPERVISOR)
    late(company, order, customer)
    (transfer,) = company.ship(order)
    company.work()
    look()
    note = (transfer, number, "P11-160")
    read_paper(company, WAREHOUSE, "report_f18_delivery_note", *note)
    company.receive_signed(transfer)
    read_paper(company, WAREHOUSE, "report_f20_delivery_receipt", *note, "收货人")
    look()
    assert seen == ["entry", "review", "effective", "shipped", "received"]
    customer.rate(1, "晚了一周")
    assert company.order(order, "satisfaction") == 1
    complained(company, customer, order, number)
    close(company, order)


def reviewed(company, order):
    """4.1: what is missing is supplied, and it stands in the record."""
    (seat,) = runs_of(company, "seat", order)
    assert seat["state"] == "running"
    company.sign(order, SALESMAN, decision="decline", opinion="缺收货人电话")
    special = {"special_requirements": "收货人 138 0000 0000"}
    company.do(ASSISTANT, "sale.order", "write", order, special)
    company.submit(order)
    assert "缺收货人电话" in company.sheet(order)


def late(company, order, customer):
    """4.2, 4.3: told at once, with what is done about it."""
    production = find_production(company, order)
    report = {
        "production_id": production,
        "cause_id": company.ref("order_delay_cause_machine"),
        "remedy": "周末加班装配",
        "new_date": str(date.today() + timedelta(days=70)),
    }
    (report,) = company.as_(PRODUCER).call(DELAY, "create", [report])
    company.do(PRODUCER, DELAY, "action_report", report)
    assert "周末加班装配" in company.words_of(order)
    company.do(SALESMAN, DELAY, "action_note_told", report)
    assert company.read(SALESMAN, DELAY, report, "customer_told_on")
    produce(company, production)
    assert company.read(PLANNER, "mrp.production", production, "state") == "done"


def complained(company, customer, order, number):
    """4.5: somebody is in charge, and he is answered in time."""
    case = opened_by(company, customer, order, "complaint", "晚了一周", "late")
    assert limit(company, "service_answer", case) == "running"
    company.do(SALESMAN, CASE, "action_request", case)
    company.refused("", SALESMAN, CASE, "action_settle", case)
    settle_case(company, case, "运费由我方承担")
    assert limit(company, "service_answer", case) == "met"
    words = (number, "晚了一周", "运费由我方承担")
    read_paper(company, SALESMAN, "report_f26b_complaint", case, *words)
