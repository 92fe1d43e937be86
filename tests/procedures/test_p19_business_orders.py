"""[PRC-5] P19 Business orders (002 业务订单管理制度及流程)."""

from datetime import date, timedelta

from company import PRODUCER, SALESMAN, SUPERVISOR, WAREHOUSE
from customer import Customer
from factory import find_production, inspected
from making import goods, made_to_order, pass_inspection
from selling import (
    CASE,
    close,
    limit,
    opened_by,
    read_paper,
    settle_case,
    tell_customer,
)

MEETING = "order.meeting"


def test_from_the_number_to_the_quarter(company, switched_on):
    """The customer is told the number of his order as soon as it is handed in; the
    departments check it, before that nobody confirms it. It is made, and enters stock
    when quality has passed it. Packed and sent, he is told by what it comes. He says
    how satisfied he is and complains about the paint: answered within a day, with what
    will be done about it. Settled and invoiced, the papers are filed. Once a quarter
    the process itself is reviewed, and who improves what by when."""
    switched_on("P19")
    pump = made_to_order(company, "P19-160")
    order = company.enter(order_line=goods(pump, 2))
    number = company.order(order, "name")
    company.submit(order)
    company.work()
    assert number in company.words_of(order), "the customer does not know his number"
    company.refused("评审", SUPERVISOR, "sale.order", "action_confirm", order)
    company.agree_all(order)
    assert number in company.sheet(order)
    company.confirm(order)
    with inspected(company, pump, "final", "外观"):
        pass_inspection(company, find_production(company, order), "外观")

    (transfer,) = company.ship(order)
    read_paper(
        company, WAREHOUSE, "report_f18_delivery_note", transfer, number, "P19-160"
    )
    tell_customer(company, transfer, "ZT-19-0001", number)
    customer = Customer(company, order, SUPERVISOR)
    assert "ZT-19-0001" in customer.look()
    customer.send("confirm_receipt")
    company.work()
    customer.rate(3, "油漆不均匀")
    complained(company, customer, order, number)
    close(company, order)
    reviewed(company, order)


def complained(company, customer, order, number):
    case = opened_by(company, customer, order, "complaint", "油漆不均匀", "quality")
    assert limit(company, "service_answer", case) == "running"
    company.do(SALESMAN, CASE, "action_request", case)
    measure = {"measure_taken": "喷漆加检膜厚"}
    company.do(SALESMAN, CASE, "write", case, measure)
    settle_case(company, case, "派人补漆")
    assert limit(company, "service_answer", case) == "met"
    read_paper(
        company, SALESMAN, "report_f26b_complaint", case, number, "派人补漆", "膜厚"
    )
    assert "派人补漆" in customer.look_at_documents(), "he does not read our answer"


def reviewed(company, order):
    """每季度: what the figures say of the process, and what will be better."""
    better = {
        "name": "喷漆后加一道检验",
        "owner_id": company.as_(PRODUCER).uid,
        "due_on": str(date.today() + timedelta(days=30)),
    }
    minutes = {
        "kind": "process",
        "date_from": str(date.today() - timedelta(days=90)),
        "date_to": str(date.today()),
        "process": "评审平均一天，客户投诉一起",
        "participant_ids": [(0, 0, {"user_id": company.as_(PRODUCER).uid})],
        "improvement_ids": [(0, 0, better)],
    }
    (meeting,) = company.as_(SUPERVISOR).call(MEETING, "create", [minutes])
    company.do(SUPERVISOR, MEETING, "action_send_minutes", meeting)
    company.do(PRODUCER, MEETING, "action_confirm_minutes", meeting)
    read_paper(company, SUPERVISOR, "report_f24_meeting_minutes", meeting, "加一道检验")
