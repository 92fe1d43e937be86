"""[PRC-5] P28 Customer orders, 2016 (003 客户订单及下单流程)."""

from datetime import date, timedelta

import pytest
from company import (
    ASSISTANT,
    CLERK,
    COUNTERSIGNERS,
    FINANCE,
    PRODUCER,
    SALESMAN,
    SUPERVISOR,
    WAREHOUSE,
)
from customer import Customer
from factory import find_production, inspected, report_all
from making import (
    goods,
    made_to_order,
    pass_inspection,
    receive_papers,
    report_day,
    write_to_customer,
)
from selling import (
    PICKING,
    close,
    limit,
    pay_balance,
    read_paper,
    ready,
    send_confirmation,
    tell_customer,
    terms,
)

ORDER = "sale.order"


@pytest.fixture
def pump(company):
    """A pump that is made when it is sold, and inspected by its release standard; a
    hundredth more or less is tolerated."""
    product = made_to_order(company, "P28-160")
    tolerated = {
        "has_shipping_tolerance": True,
        "shipping_over_percent": 1,
        "shipping_short_percent": 1,
    }
    company.do("admin", "product.product", "write", product, tolerated)
    with inspected(company, product, "final", "外观、包装、标签"):
        yield product


def test_eighteen_steps(company, switched_on, pump):
    """1–5: a fax of a customer of class B is entered, what it lacks is said at once.
    6: engineering and purchasing confirm technique and material in writing. 7–9: the
    confirmation goes to the customer; as it does not come back on the day, the promised
    date slips by one; before it is back signed nothing is confirmed. 10: the production
    instruction is received by both workshops; nothing is made before the last written
    confirmation. 11, 12: the day is reported, quality inspects by the release standard.
    13, 14: the customer is reminded of the balance; before it is paid and finance has
    signed nothing leaves. 15, 16: dispatch note without prices, and notice to the
    customer before the goods arrive. 17: the arrival is followed up, the notes are
    handed over. 18: the receipt comes back signed the next day. Paid, it is filed."""
    switched_on("P28")
    order = faxed(company, pump)
    number = company.order(order, "name")
    company.submit(order)
    company.sign(order, SALESMAN, SUPERVISOR, *COUNTERSIGNERS)
    confirmed(company, order, number)
    production = instructed(company, order, number)
    made(company, order, production, number)

    transfer = ready(company, order)
    company.refused("放行", WAREHOUSE, PICKING, "button_validate", transfer)
    payment = released(company, order, number)
    company.ship(order)
    on_its_way(company, order, transfer, number)
    company.receive_signed(transfer)
    assert limit(company, "p28_receipt", order) == "met"
    read_paper(
        company, CLERK, "report_f20_delivery_receipt", transfer, number, "收货人"
    )
    close(company, order, payment=payment)


def faxed(company, pump):
    """Steps 1 to 5: the clerk compares the customer's record and enters the fax."""
    order = company.enter(
        partner_id=company.ref("demo_customer_chemical"),
        order_channel_id=company.ref("order_channel_fax"),
        payment_term_id=terms(company, "按客户等级"),
        order_line=goods(pump),
        packing_requirements=False,
        commitment_date=f"{date.today() + timedelta(days=20)} 04:00:00",
    )
    company.refused("包装", ASSISTANT, ORDER, "action_review_submit", order)
    rest = {
        "packing_requirements": "木箱，唛头按客户要求",
        "production_date": str(date.today() + timedelta(days=18)),
    }
    company.do(ASSISTANT, ORDER, "write", order, rest)
    return order


def confirmed(company, order, number):
    """Steps 7 to 9."""
    promised = company.order(order, "commitment_date")
    send_confirmation(company, order, "P28-160", "木箱，唛头按客户要求")
    company.refused("回签", SUPERVISOR, ORDER, "action_confirm", order)
    company.database.query(
        f"""
        UPDATE sale_order SET confirmation_sent_on = confirmation_sent_on
            - interval '1 day' WHERE id = {order};
        UPDATE order_recheck SET not_before = not_before - interval '1 day'
         WHERE res_model = 'sale.order' AND res_id = {order}"""
    )
    company.work()
    assert company.order(order, "slip_days") == 1
    assert company.order(order, "commitment_date") > promised
    company.comes_back(order, "returned")
    company.confirm(order)


def instructed(company, order, number):
    """Steps 6 and 10; return the production order."""
    assert company.order(order, "effect_state") == "held"
    assert not company.search(PRODUCER, "mrp.production", ("origin", "=", number))
    company.state_in_writing(order)
    assert company.order(order, "effect_state") == "effective"
    written = ("按T-118图改制", "材料库存", "王志强", "孙萍")
    read_paper(
        company, SALESMAN, "report_f23_written_confirmation", order, number, *written
    )
    instruction = read_paper(
        company,
        SALESMAN,
        "report_f05_production_instruction",
        order,
        number,
        "P28-160",
        "唛头按客户要求",
        "1%",
    )
    assert f"{company.order(order, 'amount_total'):,.2f}" not in instruction
    assert receive_papers(company, PRODUCER, order) == 2
    return find_production(company, order)


def made(company, order, production, number):
    """Steps 11 and 12: what was made that day, and whether it may be released."""
    report_all(company, production, 3)
    assert number in report_day(company)
    pass_inspection(company, production, "包装、标签")


def released(company, order, number):
    """Steps 13 and 14; return the payment."""
    total = company.order(order, "amount_total")
    read_paper(
        company, FINANCE, "report_f16_balance_reminder", order, number, f"{total:,.2f}"
    )
    action = company.do(SALESMAN, ORDER, "action_send_balance_reminder", order)
    write_to_customer(company, SALESMAN, action)
    payment = pay_balance(company, order)
    release = company.release(order, FINANCE)
    read_paper(
        company, FINANCE, "report_f17_shipping_release", release, number, "郑彩虹"
    )
    return payment


def on_its_way(company, order, transfer, number):
    """Steps 15 to 17."""
    note = read_paper(
        company, WAREHOUSE, "report_f18b_dispatch_note", transfer, number, "P28-160"
    )
    assert f"{company.order(order, 'amount_total'):,.2f}" not in note
    read_paper(
        company, SALESMAN, "report_f18_delivery_note", transfer, "F-3L032-1", number
    )
    assert limit(company, "p28_notice", order) == "running"
    tell_customer(company, transfer, "DB-28-0001", number)
    assert limit(company, "p28_notice", order) == "met"
    assert "DB-28-0001" in Customer(company, order, SALESMAN).look()

    arrived = {"arrived_on": f"{date.today()} 00:30:00"}
    company.do(WAREHOUSE, PICKING, "write", transfer, arrived)
    assert limit(company, "p28_arrival", order) == "met"
    assert limit(company, "p28_receipt", order) == "running"
    for login in (SALESMAN, FINANCE, CLERK):
        receive_papers(company, login, transfer, PICKING)
    assert limit(company, "p28_notes", order) == "met"
