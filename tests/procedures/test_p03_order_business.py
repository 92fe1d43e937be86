"""[PRC-5] P03 Order business (000 订单业务处理流程)."""

from company import SALESMAN, SUPERVISOR, WAREHOUSE
from customer import Customer
from making import file_papers, goods, new_product
from selling import (
    CASE,
    choose_carrier,
    explain,
    read_paper,
    read_statement,
    ready,
    send_confirmation,
    settle_case,
    tell_customer,
)


def test_finished_when_accepted_and_paid(company, switched_on):
    """Created, confirmed, sent, accepted, settled: the order says what is free of its
    goods and is confirmed to the customer. It leaves with a carrier that suits, and he
    follows it on his page. He refuses what he got, which becomes a case that is
    answered, and accepts it later. The invoice is open, and the order is not finished;
    paid, it is not before he has accepted. The statement says what was delivered,
    invoiced and paid, and the papers are filed."""
    switched_on("P03")
    pump = new_product(company, "P03-160")
    company.stock(pump, 3)
    order = company.enter(order_line=goods(pump))
    number = company.order(order, "name")
    (line,) = company.order(order, "order_line")
    assert company.read(SALESMAN, "sale.order.line", line, "stock_free") == 3
    company.submit(order)
    company.agree_all(order)
    send_confirmation(company, order, "P03-160")
    company.confirm(order)

    transfer = ready(company, order)
    carrier = choose_carrier(company, transfer)
    company.ship(order)
    words = (transfer, number, "P03-160", carrier)
    read_paper(company, WAREHOUSE, "report_f18_delivery_note", *words)
    tell_customer(company, transfer, "SF-03-0001", number)
    customer = Customer(company, order, SUPERVISOR)
    assert "SF-03-0001" in customer.look()
    invoice = company.invoice(order)
    company.work()
    assert not company.order(order, "closed_on")
    accepted_late(company, customer, order, transfer, invoice)
    read_statement(company, order)
    file_papers(company, SALESMAN, order)


def accepted_late(company, customer, order, transfer, invoice):
    """Refused with a reason, paid, and accepted: only then it is finished."""
    customer.send("confirm_receipt", delivery=transfer, acceptance="refused")
    receipts = ("order.delivery.receipt", ("picking_id", "=", transfer))
    assert not company.search(SUPERVISOR, *receipts)  # he has to say why
    refused = {"acceptance": "refused", "note": "铭牌缺失"}
    customer.send("confirm_receipt", delivery=transfer, **refused)
    company.work()
    (case,) = company.search(SALESMAN, CASE, ("order_id", "=", order))
    explain(company, case, "wrong")
    company.do(SALESMAN, CASE, "action_request", case)
    settle_case(company, case, "铭牌已补寄")
    company.pay(invoice)
    assert not company.order(order, "closed_on")
    customer.send("confirm_receipt", delivery=transfer, acceptance="accepted")
    company.work()
    assert company.order(order, "closed_on")
