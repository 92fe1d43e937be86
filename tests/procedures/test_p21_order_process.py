"""[PRC-5] P21 Order process (002 业务订单流程管理制度)."""

from company import (
    ASSISTANT,
    BUYER,
    COUNTERSIGNERS,
    FINANCE,
    SALESMAN,
    WAREHOUSE,
)
from customer import Customer
from making import file_papers


def test_finance_and_purchasing(company, switched_on):
    """Sales confirms that the order is complete; finance looks at amount and terms,
    purchasing at the material, and nobody else is asked. A price that is changed
    afterwards asks sales and finance again, and not purchasing. Goods leave after
    finance has released them; the customer confirms what he received, finance settles,
    and the papers are filed."""
    switched_on("P21")
    order = company.enter()
    number = company.order(order, "name")
    company.submit(order)
    company.sign(order, SALESMAN)
    assert not company.has_to_sign(BUYER, order)
    company.sign(order, FINANCE, BUYER)
    assert company.order(order, "review_state") == "approved"
    assert not any(company.has_to_sign(login, order) for login in COUNTERSIGNERS)

    (line,) = company.order(order, "order_line")
    company.do(ASSISTANT, "sale.order.line", "write", line, {"price_unit": 6800})
    company.work()
    assert company.order(order, "review_state") != "approved"
    company.refused("评审", SALESMAN, "sale.order", "action_confirm", order)
    company.sign(order, SALESMAN, FINANCE)
    assert not company.has_to_sign(BUYER, order)
    assert company.order(order, "review_state") == "approved"
    sheet = company.sheet(order)
    assert all(name in sheet for name in (number, "林浩", "郑彩虹", "孙萍"))

    company.confirm(order)
    company.stock()
    (transfer,) = company.transfers(order)
    company.do(WAREHOUSE, "stock.picking", "action_assign", transfer)
    company.refused("放行", WAREHOUSE, "stock.picking", "button_validate", transfer)
    release = company.release(order, FINANCE)
    assert number in company.paper(SALESMAN, "report_f17_shipping_release", release)
    company.ship(order)
    company.work()
    Customer(company, order, SALESMAN).send("confirm_receipt")
    company.work()
    assert company.order(order, "receipt_confirmed_on")
    company.pay(company.invoice(order))
    statement = company.paper(FINANCE, "report_f30_settlement_statement", order)
    assert number in statement
    file_papers(company, SALESMAN, order)
