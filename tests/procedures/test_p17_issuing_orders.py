"""[PRC-5] P17 Issuing orders (002 订单下发流程)."""

from datetime import date, timedelta

from company import (
    CLERK,
    ENGINEER,
    PLANNER,
    PRODUCER,
    SALESMAN,
    SUPERVISOR,
    WAREHOUSE,
)
from factory import find_production, report_all
from making import MADE, goods, made_to_order, produce, receive_papers
from selling import read_paper, read_statement

ORDER, PLAN, TASK = "sale.order", "order.shipment.plan", "order.review.task"


def test_no_work_order_runs_unsigned(company, switched_on):
    """Sales hands PMC the shipments of the week. Engineering releases the bill of
    materials, without which no work order is issued; the planner issues it. Sales,
    planning and engineering sign on screen, the warehouse on paper and production in
    the group: a clerk registers both with the picture, and a paper alone is no
    signature. Before the fifth it does not start, and more pieces than were signed are
    not made afterwards. Made, it enters stock, is delivered and settled."""
    switched_on("P17")
    pump = made_to_order(company, "P17-160")
    promised = f"{date.today() + timedelta(days=5)} 04:00:00"
    order = company.enter(order_line=goods(pump, 2), commitment_date=promised)
    number = company.order(order, "name")
    company.confirm(order)
    planned(company, number)
    production = find_production(company, order)
    released(company, production)
    countersigned(company, production)
    read_paper(
        company,
        PLANNER,
        "report_f07_work_order",
        production,
        "P17-160",
        *("林浩", "陈启航", "王志强", "吴勇", "周建"),
    )
    company.do(PRODUCER, MADE, "action_start", production)
    more = {"product_qty": 3, "mo_id": production}
    report_all(company, production, 2)
    with company.refusal(""):
        (page,) = company.as_(PRODUCER).call("change.production.qty", "create", [more])
        company.do(PRODUCER, "change.production.qty", "change_prod_qty", page)
    produce(company, production)
    assert company.read(PLANNER, MADE, production, "state") == "done"

    (transfer,) = company.ship(order)
    read_paper(
        company, WAREHOUSE, "report_f18_delivery_note", transfer, number, "P17-160"
    )
    company.receive_signed(transfer)
    company.pay(company.invoice(order))
    read_statement(company, order)


def planned(company, number):
    """1: 一周预出货计划, handed to PMC, which confirms it."""
    week = {
        "kind": "week",
        "date_from": str(date.today()),
        "date_to": str(date.today() + timedelta(days=6)),
    }
    (plan,) = company.as_(SUPERVISOR).call(PLAN, "create", [week])
    company.do(SUPERVISOR, PLAN, "action_fill", plan)
    company.do(SUPERVISOR, PLAN, "action_hand_over", plan)
    read_paper(company, SUPERVISOR, "report_f33_shipment_plan", plan, number, "P17-160")
    assert receive_papers(company, PLANNER, plan, PLAN)


def released(company, production):
    """1, 2: the bill of materials first, then the work order."""
    bom = company.read(PLANNER, MADE, production, "bom_id")[0]
    assert not company.read(ENGINEER, "mrp.bom", bom, "is_released")
    company.refused("", PLANNER, MADE, "action_review_submit", production)
    company.do(ENGINEER, "mrp.bom", "action_release", bom)
    company.submit(production, PLANNER, MADE)


def countersigned(company, production):
    """6: 纸质会签和工作群里认可都有效; without a picture neither is."""
    company.sign(production, SALESMAN, PLANNER, ENGINEER)
    for login, medium in ((WAREHOUSE, "paper"), (PRODUCER, "chat")):
        company.refused("", PRODUCER, MADE, "action_start", production)
        (task,) = company.as_(login).call(
            TASK,
            "search",
            [("is_mine", "=", True), ("review_id.res_id", "=", production)],
        )
        said = ("agree", company.as_(login).uid, medium)
        company.refused("", CLERK, TASK, "action_register", task, *said, [])
        proof = [company.scan(CLERK, "会签.png")]
        company.do(CLERK, TASK, "action_register", task, *said, proof)
    assert company.read(PLANNER, MADE, production, "review_state") == "approved"
