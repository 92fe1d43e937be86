"""[PRC-5] P08 Order operation, COP (000 订单处理作业流程)."""

from datetime import date, timedelta

from company import (
    ASSISTANT,
    FINANCE,
    PLANNER,
    SALESMAN,
    SUPERVISOR,
    SYSTEM,
    WAREHOUSE,
)
from factory import find_production
from making import (
    file_papers,
    goods,
    made_to_order,
    produce,
    receive_papers,
    runs_of,
    write_to_customer,
)

PLAN = "order.shipment.plan"
TODAY = date.today()


def test_from_a_phone_call_to_the_archive(company, switched_on):
    """The price was agreed in a quotation. The customer calls and orders: within four
    hours the order is written down, compared with the quotation, and confirmed by him
    in writing, before that it is not accepted. Departments review it under the lead of
    PMC. It goes back to the customer within four hours, becomes the internal order in
    four more, and within 24 hours production is planned. Sales plans the shipments,
    PMC and the warehouse have the plan; the note F-3L032-1 goes with the goods. Closed
    and paid, the order is kept for two years after its contract has ended."""
    switched_on("P08")
    order = called_in(company)
    number = company.order(order, "name")
    assert limit(company, "p08_check", order) == "met"
    company.agree_all(order)
    sheet = company.sheet(order)
    assert number in sheet and "陈启航" in sheet

    assert limit(company, "p08_sign_back", order) == "running"
    confirmation = company.paper(SALESMAN, "report_f01_order_confirmation", order)
    assert number in confirmation
    action = company.do(SALESMAN, "sale.order", "action_send_confirmation", order)
    write_to_customer(company, SALESMAN, action)
    assert limit(company, "p08_sign_back", order) == "met"
    company.comes_back(order, "returned")
    assert limit(company, "p08_internal", order) == "running"
    company.confirm(order)
    assert limit(company, "p08_internal", order) == "met"
    assert limit(company, "p08_plan", order) == "met"

    plan_shipments(company, number)
    produce(company, find_production(company, order))
    (transfer,) = company.ship(order)
    note = company.paper(WAREHOUSE, "report_f18_delivery_note", transfer)
    assert number in note and "F-3L032-1" in note
    company.receive_signed(transfer)
    company.pay(company.invoice(order))
    assert number in company.paper(FINANCE, "report_f30_settlement_statement", order)

    ends = TODAY + timedelta(days=300)
    company.do(SALESMAN, "sale.order", "write", order, {"contract_end": str(ends)})
    file_papers(company, SALESMAN, order)
    kept = company.order(order, "retention_until")
    assert kept == str(ends.replace(year=ends.year + 2))
    company.refused("", SYSTEM, "sale.order", "unlink", order)
    (paper, *_others) = company.search(
        SYSTEM,
        "ir.attachment",
        ("res_model", "=", "order.archive.entry"),
        ("name", "=", "合同.png"),
    )
    company.refused("", SYSTEM, "ir.attachment", "unlink", paper)


def called_in(company):
    """Return the order that is entered after the customer has called."""
    order = company.enter(
        order_line=goods(made_to_order(company, "P08-160")),
        commitment_date=f"{TODAY + timedelta(days=20)} 04:00:00",
    )
    company.do(SALESMAN, "sale.order", "action_quotation_sent", order)
    (line,) = company.order(order, "order_line")
    called = {
        "order_channel_id": company.ref("order_channel_phone"),
        "order_line": [(1, line, {"product_uom_qty": 4})],
    }
    company.do(ASSISTANT, "sale.order", "write", order, called)
    assert "4" in company.order(order, "quotation_differences", login=ASSISTANT)
    submit = (ASSISTANT, "sale.order", "action_review_submit", order)
    company.refused(["书面"], *submit)
    written = {"written_confirmation": True}
    company.do(ASSISTANT, "sale.order", "write", order, written)
    company.refused("差异", *submit)
    told = {"difference_explanation": "客户来电加订一台，单价不变"}
    company.do(ASSISTANT, "sale.order", "write", order, told)
    company.submit(order)
    return order


def limit(company, rule, order):
    """Return how a limit of the procedure stands."""
    (run,) = runs_of(company, rule, order)
    return run["state"]


def plan_shipments(company, number):
    """Sales makes the supply plan, hands it over, and those who got it confirm."""
    plan = hand_over_plan(company, number)
    for login in (PLANNER, WAREHOUSE):
        assert receive_papers(company, login, plan, PLAN), login
    assert "陈启航" in company.read(SUPERVISOR, PLAN, plan, "acknowledged_by")


def hand_over_plan(company, number):
    """Sales plans what leaves in a month and hands it over; return the plan."""
    days = {
        "kind": "supply",
        "date_from": str(TODAY),
        "date_to": str(TODAY + timedelta(days=30)),
    }
    (plan,) = company.as_(SUPERVISOR).call(PLAN, "create", [days])
    company.refused("", SUPERVISOR, PLAN, "action_hand_over", plan)
    company.do(SUPERVISOR, PLAN, "action_fill", plan)
    company.do(SUPERVISOR, PLAN, "action_hand_over", plan)
    text = company.paper(SUPERVISOR, "report_f33_shipment_plan", plan)
    assert number in text
    return plan
