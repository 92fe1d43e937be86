"""[PRC-5] P03 Order business (000 订单业务处理流程)."""

from company import SALESMAN, SUPERVISOR, WAREHOUSE
from customer import Customer
from making import file_papers, goods, new_product
from selling import (
    CASE,
    agree_to_case,
    choose_carrier,
    explain,
    read_paper,
    read_statement,
    ready,
    send_confirmation,
    settle_case,
    tell_customer,
)


def test_finished_when_paid(company, switched_on):
    """Created by phone and confirmed in writing, checked, and confirmed to the customer
    with its details; stock is allotted, a number and an invoice made. The best carrier
    is chosen, and the customer follows the order on his page. He looks at what he got
    and refuses it: he has to say why, which becomes a case that is answered. The
    invoice is open, and the order is not finished; paid, it is not before he has
    accepted. The statement says what was delivered, invoiced and paid, and the papers
    are filed."""
    switched_on("P03", "P01")
    pump = new_product(company, "P03-160")
    order = company.approved(
        order_line=goods(pump),
        order_channel_id=company.ref("order_channel_phone"),
        written_confirmation=True,
    )
    number = company.order(order, "name")
    assert number in company.sheet(order)
    send_confirmation(company, order, "P03-160")
    company.stock(pump, 3)
    company.confirm(order)
    customer = Customer(company, order, SUPERVISOR)
    transfer = sent(company, order, customer, number)
    invoice = company.invoice(order)
    refused(company, customer, order, transfer, number)
    company.pay(invoice)
    assert not company.order(order, "closed_on"), "he has not accepted"
    customer.send("confirm_receipt", delivery=transfer, acceptance="accepted")
    company.work()
    assert company.order(order, "closed_on")
    read_statement(company, order, "P03-160")
    file_papers(company, SALESMAN, order)


def sent(company, order, customer, number):
    """物流安排, 订单跟踪: his page says where the goods are."""
    transfer = ready(company, order)
    carrier = choose_carrier(company, transfer)
    assert "DB-03-0001" not in customer.look()
    company.ship(order)
    note = (transfer, number, "P03-160", carrier)
    read_paper(company, WAREHOUSE, "report_f18_delivery_note", *note)
    tell_customer(company, transfer, "DB-03-0001", number)
    page = customer.look()
    assert "DB-03-0001" in page and carrier in page
    return transfer


def refused(company, customer, order, transfer, number):
    """交付和验收: what he finds wrong is looked after."""
    customer.send("confirm_receipt", delivery=transfer, acceptance="refused")
    receipts = ("order.delivery.receipt", ("picking_id", "=", transfer))
    assert not company.search(SUPERVISOR, *receipts), "he has to say why"
    why = {"acceptance": "refused", "note": "铭牌缺失"}
    customer.send("confirm_receipt", delivery=transfer, **why)
    company.work()
    read_paper(
        company, WAREHOUSE, "report_f20_delivery_receipt", transfer, number, "铭牌缺失"
    )
    (case,) = company.search(SALESMAN, CASE, ("order_id", "=", order))
    explain(company, case, "quality")
    agree_to_case(company, case)
    settle_case(company, case, "已寄铭牌并上门安装")
    assert "已寄铭牌" in customer.look_at_documents()
    assert not company.order(order, "closed_on")
