"""[PRC-5] P30 Order management system (004 订单管理系统流程)."""

from company import (
    ASSISTANT,
    DEPUTY,
    FINANCE,
    SALESMAN,
    SUPERVISOR,
    WAREHOUSE,
)
from customer import Customer
from making import file_papers, goods, new_product
from selling import (
    CASE,
    agree_to_case,
    bring_back,
    limit,
    open_case,
    opened_by,
    read_paper,
    read_statement,
    settle_case,
)

ORDER = "sale.order"


def test_records_that_cannot_be_changed(company, switched_on):
    """Approval, stock and payment leave records in a chain; the auditor proves them
    sound, and whoever changed a row in the database is found out. Prepaid, the order
    waits for its money; it leaves with its note, and the customer finds on his page how
    far it is. He asks to send one back: customer service sees whether the conditions
    are met, quality whether it is a fault; the warehouse collects it, it is inspected
    in a day, before that nothing is refunded. He complains as well and is answered. The
    statement comes out even, and nobody deletes the order."""
    switched_on("P30")
    pump = new_product(company, "P30-160")
    order = company.approved(
        order_line=goods(pump), payment_term_id=company.ref("demo_terms_prepaid")
    )
    number = company.order(order, "name")
    assert number in company.sheet(order)
    proven(company, order)

    company.stock(pump, 3)
    company.confirm(order)
    assert company.order(order, "effect_state") == "held"
    assert company.transfers(order) == []
    company.pay_deposit(order)
    assert company.order(order, "effect_state") == "effective"
    (transfer,) = company.ship(order)
    read_paper(
        company, WAREHOUSE, "report_f18_delivery_note", transfer, number, "P30-160"
    )
    company.work()
    customer = Customer(company, order, SUPERVISOR)
    assert number in customer.look()
    customer.send("confirm_receipt")
    company.work()
    company.invoice(order)  # all of it was paid before
    sent_back(company, customer, order, number)
    complained(company, order, number)
    read_statement(company, order)
    company.refused("", ASSISTANT, ORDER, "unlink", order)
    file_papers(company, SALESMAN, order)


def proven(company, order):
    """Whoever changes what was signed is found out."""
    review = company.review_of(order)

    def verify():
        answer = company.do(DEPUTY, "order.review", "action_verify", review)
        return answer["params"]["type"]

    assert verify() == "success"
    ((row,),) = company.database.query(
        "SELECT id FROM order_review_signature "
        f"WHERE review_id = {review} AND act = 'agree' ORDER BY id LIMIT 1"
    )
    change = "UPDATE order_review_signature SET opinion = {} WHERE id = {}"
    company.database.query(change.format("'改过的意见'", row))
    assert verify() == "danger"
    company.database.query(change.format("NULL", row))
    assert verify() == "success"


def sent_back(company, customer, order, number):
    """3.1–3.6 退换货: asked for, agreed to, collected, accepted, refunded."""
    said = ("return", "机封渗漏，退一台", "quality", 1)
    case = opened_by(company, customer, order, *said)
    company.refused("", SALESMAN, CASE, "action_collect", case)
    agree_to_case(company, case)
    company.refused("验收", SALESMAN, CASE, "action_settle", case)
    returns = bring_back(company, case)
    assert limit(company, "service_inspect", case) == "met"
    read_paper(company, WAREHOUSE, "report_f32_return_note", returns[0], number)
    settle_case(company, case, "退款三日内到账")
    words = (number, "机封渗漏", "李敏", "赵品", "三日内到账")
    read_paper(company, SALESMAN, "report_f26_service_case", case, *words)
    (note,) = company.read(SALESMAN, CASE, case, "credit_note_ids")
    company.do(FINANCE, "account.move", "action_post", note)
    company.pay(note)


def complained(company, order, number):
    """投诉: it has somebody in charge, and an answer."""
    case = open_case(company, order, "complaint", "late", "送货比约定晚一天")
    agree_to_case(company, case)
    company.refused("", SALESMAN, CASE, "action_settle", case)
    settle_case(company, case, "已更换承运商")
    read_paper(company, SALESMAN, "report_f26b_complaint", case, number, "已更换承运商")
