"""[PRC-5] P31 Order management, rules (004 订单管理流程及制度)."""

from company import (
    ADMINISTRATOR,
    ASSISTANT,
    DEPUTY,
    GENERAL_MANAGER,
    SALESMAN,
    SUPERVISOR,
    WAREHOUSE,
)
from making import file_papers
from selling import one_comes_back


def test_limits_by_authority(company, switched_on):
    """Sales decides on ordinary orders; from 50,000 yuan on the deputy or the general
    manager has to approve as well. A larger quantity brings an order under the other
    rule. The delivery has its limit; what comes back is a service case; everything is
    filed, and the score sheets wait for the end of the month."""
    switched_on("P31")
    small, large = company.enter(quantity=1), company.enter(quantity=20)
    for order in (small, large):
        company.submit(order)
        company.sign(order, SALESMAN)
    assert company.order(small, "review_state") == "approved"
    assert company.order(large, "review_state") == "running"
    company.refused("评审", SALESMAN, "sale.order", "action_confirm", large)
    company.sign(large, DEPUTY)
    assert not company.has_to_sign(GENERAL_MANAGER, large)
    assert company.order(large, "review_state") == "approved"

    (line,) = company.order(small, "order_line")
    company.do(ASSISTANT, "sale.order.line", "write", line, {"product_uom_qty": 20})
    company.work()
    assert company.order(small, "review_state") != "approved"
    company.sign(small, SALESMAN, GENERAL_MANAGER)
    assert company.order(small, "review_state") == "approved"
    assert "黄卫东" in company.sheet(small)

    number = company.order(large, "name")
    company.confirm(large)
    company.stock()
    (transfer,) = company.ship(large)
    company.work()
    assert number in company.paper(WAREHOUSE, "report_f18_delivery_note", transfer)
    company.receive_signed(transfer)
    case = one_comes_back(company, large, "叶轮铸造砂眼")
    assert number in company.paper(SALESMAN, "report_f26_service_case", case)
    company.ship(large)
    company.pay(company.invoice(large))
    file_papers(company, SALESMAN, large)
    roles = company.search(ADMINISTRATOR, "order.score.role")
    assert len(roles) == 4
    company.refused("", SUPERVISOR, "sale.order", "unlink", large)
