"""[PRC-5] P09 Customer order manual (001 客户订单处理操作手册)."""

from company import (
    ASSISTANT,
    BUYER,
    CLERK,
    DEPUTY,
    FINANCE,
    PLANNER,
    PRODUCER,
    SALESMAN,
    SUPERVISOR,
    WAREHOUSE,
)
from making import goods, new_product

SALES_ORDER = "sale.order"
TAKING = "order.reallocation"
CHANGE = "order.change.request"
CASE = "order.service.case"


def test_entered_checked_allocated_changed(company, switched_on):
    """All that an order lacks is said at once. The supervisor sends one back for its
    price; with another price it is accepted again when the customer has confirmed that
    in writing. Confirmed, it is short: it waits until the salesperson has written down
    what was agreed with the customer. A preferred customer may have what is reserved
    for somebody else, when planning, the warehouse and the deputy have agreed; whoever
    loses is told. A change of the order in force is signed by the departments that it
    touches and by the customer. Delivered, he complains, and is answered."""
    pump = new_product(company, "P09-160")
    company.stock(pump, 4)
    # confirmed before the procedure was switched on
    holder = company.enter(
        partner_id=company.ref("demo_customer_chemical"), order_line=goods(pump, 4)
    )
    company.confirm(holder)
    switched_on("P09")
    order = sent_back_and_corrected(company, pump)
    number = company.order(order, "name")
    sheet = company.sheet(order)
    assert number in sheet and "单价应为" in sheet

    company.confirm(order)
    assert company.order(order, "effect_state") == "held"
    assert "stock" in company.order(order, "effect_waiting")
    (line,) = company.order(order, "order_line")
    decided = {"short_decision": "later", "short_note": "客户同意月底前补齐"}
    company.do(SALESMAN, "sale.order.line", "write", line, decided)
    company.work()
    assert company.order(order, "effect_state") == "effective"
    take_from_other(company, order, holder)
    change_in_force(company, order, number)

    company.stock(pump, 20)
    (transfer,) = company.ship(order)
    assert number in company.paper(WAREHOUSE, "report_f18_delivery_note", transfer)
    company.receive_signed(transfer)
    complain(company, order, number)
    company.pay(company.invoice(order))
    assert company.order(order, "progress") == "settled"


def sent_back_and_corrected(company, pump):
    """Return an order that everybody has agreed to, the second time."""
    order = company.enter(
        order_line=goods(pump, 3),
        payment_term_id=False,
        wanted_date=False,
        packing_requirements=False,
    )
    submit = (ASSISTANT, SALES_ORDER, "action_review_submit", order)
    company.refused(["付款条款", "交期", "包装"], *submit)
    rest = {
        "payment_term_id": company.ref("demo_terms_monthly"),
        "wanted_date": "2031-05-20",
        "packing_requirements": "木箱包装",
    }
    company.do(ASSISTANT, SALES_ORDER, "write", order, rest)
    company.submit(order)
    company.sign(order, SALESMAN)
    company.sign(order, SUPERVISOR, decision="decline", opinion="单价应为 3180")
    (line,) = company.order(order, "order_line")
    company.do(ASSISTANT, "sale.order.line", "write", line, {"price_unit": 3180})
    company.refused("书面", *submit)
    company.do(ASSISTANT, SALES_ORDER, "write", order, {"written_confirmation": True})
    company.submit(order)
    company.agree_all(order)
    return order


def take_from_other(company, order, holder):
    """The preferred customer's order takes stock that is reserved for another."""
    action = company.do(SUPERVISOR, SALES_ORDER, "action_take_stock", order)
    taking = action["res_id"]
    company.do(SUPERVISOR, TAKING, "write", taking, {"reason": "一级客户停产抢修"})
    company.refused("", SUPERVISOR, TAKING, "action_execute", taking)
    company.submit(taking, SUPERVISOR, TAKING)
    company.sign(taking, PLANNER, WAREHOUSE)
    company.refused("", SUPERVISOR, TAKING, "action_execute", taking)
    company.sign(taking, DEPUTY)
    company.do(SUPERVISOR, TAKING, "action_execute", taking)
    assert company.read(SUPERVISOR, TAKING, taking, "state") == "done"
    company.work()
    lost = company.search(
        SALESMAN,
        "mail.activity",
        ("res_model", "=", "sale.order"),
        ("res_id", "=", holder),
        ("user_id", "=", company.as_(SALESMAN).uid),
    )
    assert lost, "whoever lost his stock was not told"


def change_in_force(company, order, number):
    """The customer wants five: those who are touched sign, then he does."""
    action = company.as_(ASSISTANT).call(CHANGE, "action_open", order)
    change = action["res_id"]
    (line,) = company.read(ASSISTANT, CHANGE, change, "line_ids")
    values = {
        "reason_id": company.ref("order_change_reason_quantity"),
        "reason": "客户增加两台",
        "line_ids": [(1, line, {"quantity": 5})],
    }
    company.do(ASSISTANT, CHANGE, "write", change, values)
    company.do(ASSISTANT, CHANGE, "action_request", change)
    company.sign(change, SALESMAN)
    company.sign(change, PLANNER, BUYER, PRODUCER)
    for login in (FINANCE, WAREHOUSE):
        if company.has_to_sign(login, change):
            company.sign(change, login)
    assert company.read(SALESMAN, CHANGE, change, "state") == "agreed"
    agreement = company.paper(SALESMAN, "report_f21_order_change", change)
    assert number in agreement
    scan = company.scan(SALESMAN, "变更协议.png")
    company.do(SALESMAN, CHANGE, "action_register_agreement", change, "陈建军", [scan])
    company.work()
    assert company.read(SALESMAN, CHANGE, change, "state") == "agreed"
    said = company.read(CLERK, CHANGE, change, "statement_ids")
    company.do(CLERK, "order.statement", "action_accept", said)
    company.work()
    assert company.read(SALESMAN, CHANGE, change, "state") == "applied"
    (line,) = company.order(order, "order_line")
    assert company.read(SALESMAN, "sale.order.line", line, "product_uom_qty") == 5


def complain(company, order, number):
    """The customer complains, is answered, and the case is settled."""
    action = company.as_(SALESMAN).call(CASE, "action_open", order, "complaint")
    case = action["res_id"]
    values = {
        "reason_id": company.ref("order_service_reason_damaged"),
        "description": "一台底座油漆划伤",
    }
    company.do(SALESMAN, CASE, "write", case, values)
    company.do(SALESMAN, CASE, "action_request", case)
    company.refused("", SALESMAN, CASE, "action_settle", case)
    answer = {"answer_text": "已寄补漆，免费", "measure_taken": "木箱内加防护垫"}
    company.do(SALESMAN, CASE, "write", case, answer)
    company.do(SALESMAN, CASE, "action_settle", case)
    text = company.paper(SALESMAN, "report_f26b_complaint", case)
    assert number in text and "防护垫" in text
