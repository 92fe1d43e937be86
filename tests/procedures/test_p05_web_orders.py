"""[PRC-5] P05 Web orders (000 网上购物订单处理流程)."""

from company import FINANCE, SALESMAN, SUPERVISOR, WAREHOUSE
from customer import Customer
from making import file_papers, goods, new_product
from selling import (
    CASE,
    PICKING,
    bring_back,
    opened_by,
    pack,
    read_paper,
    read_statement,
    ready,
    settle_case,
    tell_customer,
)

ORDER = "sale.order"


def test_packed_sent_and_confirmed(company, switched_on):
    """An order of the shop is a web order by its channel. The customer is told that it
    was received and is worked on; the merchant confirms goods, quantities and prices.
    It is picked and packed: unchecked it does not leave. It goes out with a dispatch
    note without prices, and the customer has the tracking number in his mail and on his
    page. There he confirms the receipt, which finishes the order, paid or not, and says
    how satisfied he is. One he sends back: collected, inspected and credited. The
    statement says what he kept and paid."""
    switched_on("P05")
    pump = new_product(company, "P05-160")
    order = company.enter(
        login=SUPERVISOR,
        order_channel_id=company.ref("order_channel_web"),
        order_line=goods(pump),
    )
    company.refused("评审", SUPERVISOR, ORDER, "action_confirm", order)
    company.submit(order, SUPERVISOR)
    web = company.ref("order_type_web")
    assert company.order(order, "order_type_id")[0] == web
    company.work()
    number = company.order(order, "name")
    assert number in company.words_of(order)
    company.sign(order, SALESMAN)
    company.confirm(order)

    company.stock(pump, 3)
    sent(company, order, number)
    customer = Customer(company, order, SUPERVISOR)
    assert "SF-05-0001" in customer.look()
    assert not company.order(order, "closed_on")
    customer.send("confirm_receipt")
    company.work()
    assert company.order(order, "closed_on"), "closes with the receipt, paid or not"
    customer.rate(3, "包装可以再结实些")
    assert company.order(order, "satisfaction") == 3
    company.pay(company.invoice(order))
    sent_back(company, customer, order, number)
    read_statement(company, order)
    file_papers(company, SALESMAN, order)


def sent(company, order, number):
    """Packed and compared, handed to the carrier, announced."""
    transfer = ready(company, order)
    company.refused("装箱", WAREHOUSE, PICKING, "button_validate", transfer)
    pack(company, transfer, 3)
    note = read_paper(
        company, WAREHOUSE, "report_f18b_dispatch_note", transfer, number, "P05-160"
    )
    assert f"{company.order(order, 'amount_total'):,.2f}" not in note
    company.ship(order)
    tell_customer(company, transfer, "SF-05-0001", number)


def sent_back(company, customer, order, number):
    """退货: opened by the customer, who reads there what becomes of it."""
    said = ("return", "多买了一台，未拆封", "wish", 1)
    case = opened_by(company, customer, order, *said)
    company.do(SALESMAN, CASE, "action_request", case)
    returns = bring_back(company, case)
    read_paper(company, WAREHOUSE, "report_f32_return_note", returns[0], number)
    settle_case(company, case, "已退货，货款原路退回")
    read_paper(
        company, SALESMAN, "report_f26_service_case", case, number, "未拆封", "原路退回"
    )
    (note,) = company.read(SALESMAN, CASE, case, "credit_note_ids")
    company.do(FINANCE, "account.move", "action_post", note)
    company.pay(note)
