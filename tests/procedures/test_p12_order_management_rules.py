"""[PRC-5] P12 Order management rules (002 订单管理办法)."""

from company import (
    BUYER,
    DEPUTY,
    ENGINEER,
    GENERAL_MANAGER,
    PLANNER,
    PRODUCER,
    QUALITY,
    SALESMAN,
    SUPERVISOR,
    WAREHOUSE,
)
from customer import Customer
from factory import find_production
from making import goods, made_to_order, new_product, produce, receive_papers
from selling import close, read_paper, send_confirmation

ORDER, TASK = "sale.order", "order.review.task"


def test_reviewed_before_the_quotation(company, switched_on):
    """A non-standard order: no quotation leaves before technology, quality, logistics
    and production have spoken and the general manager or his deputy has ruled. The
    engineer declines; that does not end it, the deputy accepts under a condition, which
    the customer accepts on his page. Then comes the quotation, then the contract: not
    confirmed before it is back signed; with it the instruction goes to production.
    Made, delivered and paid, it is filed."""
    switched_on("P12")
    pump = made_to_order(company, "P12-160")
    order = company.of_type("nonstandard", "图纸以外的法兰", order_line=goods(pump))
    number = company.order(order, "name")
    company.refused("", SALESMAN, ORDER, "action_quotation_sent", order)
    company.submit(order, SUPERVISOR)
    ruled_on(company, order)
    sheet = company.sheet(order)
    for words in (number, "法兰无图", "三十天", "补图后生产", "刘建国"):
        assert words in sheet

    company.do(SALESMAN, ORDER, "action_quotation_sent", order)
    assert company.order(order, "state") == "sent"
    contracted(company, order)
    assert receive_papers(company, PRODUCER, order) == 2
    read_paper(
        company, SALESMAN, "report_f05_production_instruction", order, number, "P12-160"
    )
    production = find_production(company, order)
    produce(company, production)
    assert company.read(PLANNER, "mrp.production", production, "state") == "done"
    (transfer,) = company.ship(order)
    read_paper(company, WAREHOUSE, "report_f18_delivery_note", transfer, number)
    company.receive_signed(transfer)
    close(company, order)


def ruled_on(company, order):
    """技术、质量、物流, 生产, then 总经理或副总: only one of these two is asked for."""
    company.sign(order, ENGINEER, decision="decline", opinion="法兰无图")
    assert company.order(order, "review_state") == "running"
    company.sign(order, QUALITY, BUYER, opinion="可行")
    assert not company.has_to_sign(DEPUTY, order)
    company.sign(order, PRODUCER, opinion="三十天")
    assert company.has_to_sign(GENERAL_MANAGER, order)
    (task,) = company.as_(DEPUTY).call(
        TASK,
        "search_read",
        [("is_mine", "=", True), ("review_id.res_id", "=", order)],
        ["review_id", "digest"],
    )
    seen = {str(task["review_id"][0]): task["digest"]}
    condition = {"conditions": "补图后生产，交期顺延十天"}
    signed = ([task["id"]], "conditional", seen, "可接")
    company.do(DEPUTY, TASK, "action_sign", *signed, **condition)
    assert company.order(order, "review_state") == "approved"
    assert not company.has_to_sign(GENERAL_MANAGER, order)


def contracted(company, order):
    """商务报价, 签订合同: the customer accepts the condition, and signs."""
    customer = Customer(company, order, SUPERVISOR)
    assert "补图后生产" in customer.look()
    company.refused("", SUPERVISOR, ORDER, "action_confirm", order)
    customer.send("accept_conditions")
    send_confirmation(company, order, "补图后生产")
    company.refused("回签", SUPERVISOR, ORDER, "action_confirm", order)
    company.comes_back(order, "returned")
    company.confirm(order)


def test_a_standard_order_is_asked_for_its_date(company, switched_on):
    """A standard order is asked for its date only. Production cannot keep it and says
    so: not accepting it needs the general manager or his deputy, who has the later date
    put to the customer; in time the order is quoted and confirmed at once."""
    switched_on("P12")
    pump = new_product(company, "P12-125")
    order = company.enter(order_line=goods(pump))
    company.submit(order)
    assert not company.has_to_sign(DEPUTY, order)
    company.sign(order, PRODUCER, decision="decline", opinion="月底前排不出")
    assert company.order(order, "review_state") == "running"
    company.sign(order, DEPUTY, opinion="与客户商量延期一周")
    assert company.order(order, "review_state") == "approved"
    sheet = company.sheet(order)
    assert "月底前排不出" in sheet and "延期一周" in sheet

    quick = company.enter(order_line=goods(pump))
    company.submit(quick)
    company.sign(quick, PRODUCER)
    assert company.order(quick, "review_state") == "approved"
    company.confirm(quick)
    assert company.order(quick, "state") == "sale"
