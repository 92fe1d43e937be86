"""[PRC-5] P22 Order execution (002 订单执行管理制度)."""

from company import (
    BUYER,
    ENGINEER,
    FINANCE,
    PLANNER,
    PRODUCER,
    SALESMAN,
    SUPERVISOR,
    WAREHOUSE,
)
from factory import find_production
from making import file_papers, goods, let_time_pass, made_to_order, produce, runs_of


def test_duties_and_their_limits(company, switched_on):
    """Sales confirms the order; production, planning and purchasing sign for what they
    have to do, finance for amount and terms, each with a limit that begins when he is
    asked and ends when he has signed: who is late is told so. What is sold is made
    without anybody's asking for it; finance sees what was earned, and the papers are
    filed."""
    switched_on("P22")
    order = company.enter(order_line=goods(made_to_order(company, "P22-160")))
    number = company.order(order, "name")
    company.submit(order)
    company.work()

    def running():
        runs = runs_of(company, "seat", order)
        return [run for run in runs if run["state"] == "running"]

    (of_sales,) = running()
    let_time_pass(company, [of_sales], 5)
    company.sign(order, SALESMAN)
    company.work()
    (late,) = [run for run in runs_of(company, "seat", order) if run["is_late"]]
    assert late["id"] == of_sales["id"] and late["state"] == "late"
    assert len(running()) == 3
    assert not company.has_to_sign(ENGINEER, order)
    company.sign(order, PRODUCER, PLANNER, BUYER)
    company.work()
    assert len(running()) == 1
    company.sign(order, FINANCE)
    company.work()
    assert not running()
    assert company.order(order, "review_state") == "approved"
    assert number in company.sheet(order)

    company.confirm(order, SUPERVISOR)
    production = find_production(company, order)
    produce(company, production)
    company.work()
    assert company.order(order, "progress") == "stock"
    (transfer,) = company.ship(order)
    assert number in company.paper(WAREHOUSE, "report_f18_delivery_note", transfer)
    company.receive_signed(transfer)
    company.pay(company.invoice(order))
    statement = company.paper(FINANCE, "report_f30_settlement_statement", order)
    assert number in statement
    file_papers(company, SALESMAN, order)
