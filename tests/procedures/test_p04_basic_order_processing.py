"""[PRC-5] P04 Basic order processing (000 订单处理的基本流程)."""

from company import SALESMAN, SUPERVISOR, WAREHOUSE
from customer import Customer
from making import file_papers, goods, new_product
from selling import (
    CASE,
    choose_carrier,
    opened_by,
    read_paper,
    read_statement,
    ready,
    settle_case,
    tell_customer,
)


def test_money_before_goods(company, switched_on):
    """Information, stock and payment are looked at: the order says what is free of its
    goods. Prepaid and approved, it is confirmed and held, and the warehouse has nothing
    to do. The money arrives; goods are picked, packed and sent by a carrier that suits,
    with a delivery note, and the customer follows them on his page. He asks how to set
    the pump up and is answered. The statement is even, the papers are filed, and the
    figures of the month have one order more."""
    switched_on("P04")
    pump = new_product(company, "P04-160")
    company.stock(pump, 3)
    order = company.enter(
        order_line=goods(pump), payment_term_id=company.ref("demo_terms_prepaid")
    )
    company.submit(order)
    (line,) = company.order(order, "order_line")
    assert company.read(SALESMAN, "sale.order.line", line, "stock_free") == 3
    company.agree_all(order)
    number, total = company.order(order, "name"), company.order(order, "amount_total")
    assert number in company.sheet(order)
    company.confirm(order)
    assert company.order(order, "effect_state") == "held"
    assert company.order(order, "deposit_required") == total
    assert company.transfers(order) == []
    customer = Customer(company, order, SUPERVISOR)
    assert f"{total:,.2f}" in customer.look(), "he is not told what to pay"
    company.pay_deposit(order)
    assert company.order(order, "effect_state") != "held"

    transfer = ready(company, order)
    carrier = choose_carrier(company, transfer)
    company.ship(order)
    words = (transfer, number, "P04-160", carrier)
    read_paper(company, WAREHOUSE, "report_f18_delivery_note", *words)
    tell_customer(company, transfer, "YD-04-0001", number)
    assert "YD-04-0001" in customer.look()
    customer.send("confirm_receipt")
    company.work()
    asked(company, customer, order, number)
    company.invoice(order)  # all of it was paid before
    company.work()
    read_statement(company, order)
    file_papers(company, SALESMAN, order)
    counted(company, number)


def asked(company, customer, order, number):
    """售后服务: 问题解答."""
    said = ("complaint", "安装后流量不足，怎么调？", "start")
    case = opened_by(company, customer, order, *said)
    company.do(SALESMAN, CASE, "action_request", case)
    settle_case(company, case, "出口阀全开，已视频指导")
    words = (case, number, "流量不足", "已视频指导")
    read_paper(company, SALESMAN, "report_f26b_complaint", *words)
    assert "已视频指导" in customer.look_at_documents()


def counted(company, number):
    """数据分析: the order stands in the figures of its steps."""
    report = company.as_(SUPERVISOR).call(
        "order.process.report", "search_count", [("order_id.name", "=", number)]
    )
    assert report == 1
