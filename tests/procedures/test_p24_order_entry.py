"""[PRC-5] P24 Order entry (003 业务下单管理制度)."""

import pytest
from company import (
    ADMINISTRATOR,
    ASSISTANT,
    COUNTERSIGNERS,
    FINANCE,
    PLANNER,
    SALESMAN,
    SUPERVISOR,
    WAREHOUSE,
)
from factory import find_production
from making import (
    INSPECTOR,
    file_papers,
    goods,
    inspection_of,
    look_at,
    made_to_order,
    produce,
    receive_papers,
)

NOTICE = "order.receipt.notice"
POINT = "order.inspection.point"


@pytest.fixture
def pump(company):
    """A pump that is made when it is sold, and inspected before it enters stock."""
    product = made_to_order(company, "P24-160")
    point = {
        "name": "成品检验",
        "kind": "final",
        "company_id": company.ref("demo_company"),
        "product_ids": [(6, 0, [product])],
        "item_ids": [(0, 0, {"name": "性能试验", "norm": "流量、扬程在公差内"})],
    }
    admin = company.as_(ADMINISTRATOR)
    points = admin.call(POINT, "create", [point])
    yield product
    admin.call(POINT, "write", points, {"active": False})


def test_from_the_order_sheet_to_the_delivery(company, switched_on, pump):
    """The salesperson fills in the order with the customer and hands it to the
    assistant, who checks it: the number is there from the beginning and is told to the
    customer. Reviewed, it goes to production and to the warehouse by itself. What was
    made waits for quality; what has passed is announced to the warehouse, which takes
    it over and delivers."""
    switched_on("P24")
    order = company.enter(login=SALESMAN, order_line=goods(pump))
    number = company.order(order, "name")
    assert number.startswith("S")
    company.submit(order, SALESMAN)
    assert company.has_to_sign(ASSISTANT, order)
    company.sign(order, ASSISTANT)
    company.sign(order, SUPERVISOR, *COUNTERSIGNERS)
    assert number in company.sheet(order)
    company.confirm(order)

    production = find_production(company, order)
    produce(company, production)
    assert company.read(PLANNER, "mrp.production", production, "state") != "done"
    inspection = inspection_of(company, production)
    look_at(company, inspection)
    company.do(INSPECTOR, "order.inspection", "action_pass_all", inspection)
    assert "性能试验" in company.paper(INSPECTOR, "report_f12_inspection", inspection)
    taken_over(company, inspection)
    produce(company, production)
    assert company.read(PLANNER, "mrp.production", production, "state") == "done"
    company.work()
    assert company.order(order, "progress") == "stock"

    (transfer,) = company.ship(order)
    note = company.paper(WAREHOUSE, "report_f18_delivery_note", transfer)
    assert number in note
    company.receive_signed(transfer)
    company.pay(company.invoice(order))
    assert number in company.paper(FINANCE, "report_f30_settlement_statement", order)
    file_papers(company, SALESMAN, order)


def taken_over(company, inspection):
    """The warehouse has the notice of what has passed, and takes the goods over."""
    (notice,) = company.search(WAREHOUSE, NOTICE, ("inspection_id", "=", inspection))
    text = company.paper(WAREHOUSE, "report_f13_receipt_notice", notice)
    assert "P24-160" in text
    assert receive_papers(company, WAREHOUSE, notice, NOTICE)
    company.do(WAREHOUSE, NOTICE, "action_receive", notice)
    who = company.read(WAREHOUSE, NOTICE, notice, "received_by_id")
    assert who[1] == "吴勇"
