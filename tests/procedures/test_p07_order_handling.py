"""[PRC-5] P07 Order processing (000 订单处理的流程)."""

from datetime import date, timedelta

from company import FINANCE, PLANNER, PRODUCER, SALESMAN, SUPERVISOR, WAREHOUSE
from factory import find_production
from making import (
    MADE,
    file_papers,
    goods,
    made_to_order,
    name_owners,
    produce,
    runs_of,
)

MEETING = "order.meeting"


def test_owner_and_date_for_each_step(company, switched_on):
    """An order is collected, and each who checks it is named and has one working day.
    When it is shared out, production may not begin before each operation has somebody
    who answers for it and a date. It is made and sent; then the order is checked once
    more: the minutes want a finding and the superior to whom the summary goes, who
    confirms them. The customer has his goods and has paid, and the papers are filed."""
    switched_on("P07")
    order = company.enter(order_line=goods(made_to_order(company, "P07-160")))
    number = company.order(order, "name")
    company.submit(order)
    (seat,) = runs_of(company, "seat", order)
    # for a department its head answers
    assert seat["state"] == "running" and seat["user_id"][1] == "李敏"
    company.agree_all(order)
    seats = runs_of(company, "seat", order)
    assert len(seats) == 7 and {seat["state"] for seat in seats} == {"met"}
    sheet = company.sheet(order)
    assert number in sheet and "周建" in sheet

    company.confirm(order)
    instruction = company.paper(SUPERVISOR, "report_f05_production_instruction", order)
    assert number in instruction
    production = find_production(company, order)
    company.refused("负责", PRODUCER, MADE, "action_start", production)
    name_owners(company, production)
    company.do(PRODUCER, MADE, "action_start", production)
    produce(company, production)
    assert company.read(PLANNER, MADE, production, "state") == "done"
    (transfer,) = company.ship(order)
    assert number in company.paper(WAREHOUSE, "report_f18_delivery_note", transfer)
    company.receive_signed(transfer)

    check_after_execution(company, order, number)
    company.pay(company.invoice(order))
    statement = company.paper(FINANCE, "report_f30_settlement_statement", order)
    assert number in statement
    file_papers(company, SALESMAN, order)


def check_after_execution(company, order, number):
    """Quality and date are checked, and the summary goes to the superior (MFG-12)."""
    minutes = {
        "kind": "check",
        "order_ids": [(6, 0, [order])],
        "participant_ids": [(0, 0, {"user_id": company.as_(PRODUCER).uid})],
    }
    (meeting,) = company.as_(SALESMAN).call(MEETING, "create", [minutes])
    company.refused("质量", SALESMAN, MEETING, "action_send_minutes", meeting)
    rest = {
        "quality": "三台全部一次合格，按期交付。",
        "superior_id": company.as_(SUPERVISOR).uid,
        "improvement_ids": [
            (
                0,
                0,
                {
                    "name": "机封改为提前一周备货",
                    "owner_id": company.as_(PRODUCER).uid,
                    "due_on": str(date.today() + timedelta(days=7)),
                },
            )
        ],
    }
    company.do(SALESMAN, MEETING, "write", meeting, rest)
    company.do(SALESMAN, MEETING, "action_send_minutes", meeting)
    text = company.paper(SALESMAN, "report_f24_meeting_minutes", meeting)
    assert number in text and "一次合格" in text and "李敏" in text
    for login in (SALESMAN, PRODUCER):
        company.do(login, MEETING, "action_confirm_minutes", meeting)
        assert company.read(SALESMAN, MEETING, meeting, "state") == "held"
    company.do(SUPERVISOR, MEETING, "action_confirm_minutes", meeting)
    assert company.read(SALESMAN, MEETING, meeting, "state") == "closed"
