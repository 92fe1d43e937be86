"""[PRC-5] P33 Customer, supplier, logistics (003 订单下单流程及工作职责)."""

from datetime import date

from company import ASSISTANT, FINANCE, SALESMAN, SUPERVISOR, WAREHOUSE
from customer import Customer
from making import goods, new_product
from selling import (
    PICKING,
    choose_carrier,
    close,
    limit,
    pack,
    pay_balance,
    read_paper,
    ready,
    send_confirmation,
    tell_customer,
    terms,
)

ORDER = "sale.order"


def test_released_and_signed_for(company, switched_on):
    """The customer names goods, quantity, how they come and how he pays; without
    address, phone or terms his order is not accepted. The supplier confirms that it is
    valid, in stock and can be delivered, and tells him so. Finance sees that he has
    paid before the goods leave. They are packed, a dispatch note and the carrier's
    papers are made; the customer follows them on his page. He signs for them; the
    receipt is due from the day on which they arrived, and ends the wait when it comes
    back. Invoiced and filed."""
    switched_on("P33")
    pump = new_product(company, "P33-160")
    order = company.enter(
        partner_id=company.ref("demo_customer_machinery"),
        order_line=goods(pump),
        payment_term_id=False,
    )
    number = company.order(order, "name")
    company.refused("付款条款", ASSISTANT, ORDER, "action_review_submit", order)
    agreed = {"payment_term_id": terms(company, "款到发货")}
    company.do(ASSISTANT, ORDER, "write", order, agreed)
    company.submit(order)
    company.stock(pump, 3)
    company.agree_all(order)
    assert number in company.sheet(order)
    send_confirmation(company, order, "P33-160", "合肥")
    company.confirm(order)

    transfer = ready(company, order)
    company.refused("放行", WAREHOUSE, PICKING, "button_validate", transfer)
    payment = pay_balance(company, order)
    release = company.release(order, FINANCE)
    signed = (release, number, "郑彩虹")
    read_paper(company, FINANCE, "report_f17_shipping_release", *signed)
    carrier = choose_carrier(company, transfer)
    company.refused("装箱", WAREHOUSE, PICKING, "button_validate", transfer)
    pack(company, transfer, 3)
    company.ship(order)
    note = (transfer, number, "P33-160", carrier)
    read_paper(company, WAREHOUSE, "report_f18_delivery_note", *note)
    tell_customer(company, transfer, "HF-33-0001", number, carrier)
    signed_for(company, order, transfer, number)
    close(company, order, payment=payment)


def signed_for(company, order, transfer, number):
    """到货, 签收: on his page, and on the paper that comes back."""
    page = Customer(company, order, SUPERVISOR).look()
    assert "HF-33-0001" in page
    arrived = {"arrived_on": f"{date.today()} 00:30:00"}
    company.do(WAREHOUSE, PICKING, "write", transfer, arrived)
    assert limit(company, "p28_receipt", order) == "running"
    company.receive_signed(transfer)
    assert limit(company, "p28_receipt", order) == "met"
    receipt = (transfer, number, "收货人")
    read_paper(company, SALESMAN, "report_f20_delivery_receipt", *receipt)
