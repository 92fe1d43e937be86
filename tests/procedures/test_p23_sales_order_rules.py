"""[PRC-5] P23 Sales order rules (002 销售订单管理流程规章制度)."""

import pytest
from company import (
    ASSISTANT,
    FINANCE,
    PLANNER,
    SALESMAN,
    SUPERVISOR,
    WAREHOUSE,
)
from customer import Customer
from factory import find_production
from making import file_papers, goods, made_to_order, new_product, produce
from selling import (
    PICKING,
    read_paper,
    read_statement,
    ready,
    send_confirmation,
    tell_customer,
    terms,
)

ORDER, RELEASE = "sale.order", "order.shipping.release"


def test_prepaid_and_released(company, switched_on):
    """An order comes in through one of the channels, is entered at once with all that
    it has to say, and audited. The customer gets the confirmation with the date that he
    may expect. Prepaid, it waits for the money: nothing is planned before. It is made;
    the goods wait for finance, and the warehouse is refused before the release is
    signed. He is told that they are on their way, signs for them, and the order is
    settled and filed."""
    switched_on("P23")
    order = company.enter(
        order_line=goods(made_to_order(company, "P23-160")),
        order_channel_id=company.ref("order_channel_contract"),
        payment_term_id=company.ref("demo_terms_prepaid"),
        commitment_date="2031-05-20 04:00:00",
    )
    number = company.order(order, "name")
    company.refused("评审", SALESMAN, ORDER, "action_send_confirmation", order)
    company.submit(order, ASSISTANT)
    company.agree_all(order)
    assert number in company.sheet(order)
    send_confirmation(company, order, "P23-160", "2031", "预付")
    company.confirm(order)
    assert company.order(order, "effect_state") == "held"
    assert not company.search(PLANNER, "mrp.production", ("origin", "=", number))
    company.pay_deposit(order)
    produce(company, find_production(company, order))

    transfer = ready(company, order)
    company.refused("放行", WAREHOUSE, PICKING, "button_validate", transfer)
    release = company.release(order, FINANCE)
    assert company.read(FINANCE, RELEASE, release, "state") == "released"
    signed = (release, number, "P23-160", "郑彩虹")
    read_paper(company, FINANCE, "report_f17_shipping_release", *signed)
    company.ship(order)
    read_paper(company, WAREHOUSE, "report_f18_delivery_note", transfer, number)
    tell_customer(company, transfer, "SF-23-0001", number)
    assert "SF-23-0001" in Customer(company, order, SUPERVISOR).look()
    company.receive_signed(transfer)
    company.invoice(order)  # all of it was paid before
    company.work()
    read_statement(company, order)
    file_papers(company, SALESMAN, order)


@pytest.mark.parametrize(
    ("settlement", "leaves"), [("on_delivery", "handover"), ("monthly", "contract")]
)
def test_on_delivery_and_monthly(company, switched_on, settlement, leaves):
    """The other terms that the customer may have by his credit: on delivery he pays
    when the goods are handed over, monthly when the month is settled; finance lets the
    goods go in both cases, and nothing has to be paid before."""
    switched_on("P23")
    pump = new_product(company, f"P23-{settlement}")
    order = company.approved(
        order_line=goods(pump, 1),
        payment_term_id=terms(company, settlement, settlement),
    )
    company.stock(pump, 1)
    company.confirm(order)
    assert company.order(order, "effect_state") != "held"
    assert company.order(order, "goods_leave") == leaves
    release = company.release(order, FINANCE)
    assert company.read(FINANCE, RELEASE, release, "state") == "released"
    (transfer,) = company.ship(order)
    collected = company.read(WAREHOUSE, PICKING, transfer, "collect_amount")
    assert bool(collected) == (leaves == "handover")
