"""[PRC-5] P14 Sales and orders (002 销售和订单管理制度)."""

from company import ASSISTANT, COUNTERSIGNERS, SALESMAN, SUPERVISOR, WAREHOUSE
from customer import Customer
from making import file_papers
from selling import one_comes_back


def test_what_was_agreed_changes_by_request(company, switched_on):
    """The customer has a file with his code; the supervisor alone approves the order.
    The written contract comes back signed before it is confirmed. From then on nobody
    edits price or quantity, not even the supervisor: the way on is a change request.
    The customer confirms the receipt and says how satisfied he is; a pump that leaks is
    exchanged, and the papers are filed."""
    switched_on("P14")
    order = company.enter()
    number = company.order(order, "name")
    partner = company.order(order, "partner_id")[0]
    assert company.read(SALESMAN, "res.partner", partner, "ref")
    company.submit(order)
    assert not any(company.has_to_sign(login, order) for login in COUNTERSIGNERS)
    company.sign(order, SUPERVISOR)
    assert company.order(order, "review_state") == "approved"
    assert "李敏" in company.sheet(order)

    contract = company.paper(ASSISTANT, "report_f01_order_confirmation", order)
    assert number in contract
    company.refused("回签", SUPERVISOR, "sale.order", "action_confirm", order)
    company.comes_back(order, "returned")
    (line,) = company.order(order, "order_line")
    for login in (ASSISTANT, SUPERVISOR):
        for values in ({"price_unit": 3000}, {"product_uom_qty": 8}):
            company.refused("变更", login, "sale.order.line", "write", line, values)
    company.confirm(order)
    company.as_(ASSISTANT).call("order.change.request", "action_open", order)
    (change,) = company.search(
        ASSISTANT, "order.change.request", ("order_id", "=", order)
    )
    assert company.read(ASSISTANT, "order.change.request", change, "state") == "draft"
    company.do(ASSISTANT, "order.change.request", "action_cancel", change)

    company.stock()
    (transfer,) = company.ship(order)
    company.work()
    customer = Customer(company, order, SALESMAN)
    customer.send("confirm_receipt")
    company.work()
    assert company.order(order, "receipt_confirmed_on")
    assert 'id="order_rate"' in customer.look()
    case = one_comes_back(company, order, "机械密封漏水")
    assert number in company.paper(SALESMAN, "report_f26_service_case", case)
    company.ship(order)
    assert number in company.paper(WAREHOUSE, "report_f18_delivery_note", transfer)
    company.pay(company.invoice(order))
    file_papers(company, SALESMAN, order)
