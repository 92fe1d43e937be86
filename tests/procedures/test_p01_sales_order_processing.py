"""[PRC-5] P01 Sales order processing (000 销售订单处理流程)."""

from company import (
    ASSISTANT,
    COUNTERSIGNERS,
    SALESMAN,
    SUPERVISOR,
    WAREHOUSE,
)
from customer import Customer
from making import goods, new_product
from selling import (
    CASE,
    agree_to_case,
    bring_back,
    choose_carrier,
    close,
    explain,
    goods_key,
    read_paper,
    ready,
    settle_case,
)

ORDER = "sale.order"


def test_from_receipt_to_archive(company, switched_on):
    """An e-mail is entered without packing and date: the assistant is told both at
    once. Completed and numbered, it passes the initial review; in the second one the
    supervisor sends it back for its price, the customer confirms the corrected one in
    writing, and it is submitted again. He signs, then five departments; nobody confirms
    it before. Stock is there; the warehouse compares what carriers cost and how long
    they take, and sends the goods with a delivery note. The customer writes on the page
    of his order that one came damaged; customer service and quality agree, it is
    collected, inspected, put away and replaced. He says how satisfied he is, the
    invoice is paid, and the papers are filed once the contract is there."""
    switched_on("P01")
    pump = new_product(company, "P01-160")
    order = entered(company, pump)
    number = company.order(order, "name")
    reviewed_twice(company, order, number)

    company.stock(pump, 5)
    company.confirm(order)
    transfer = ready(company, order)
    carrier = choose_carrier(company, transfer)
    company.ship(order)
    read_paper(
        company,
        WAREHOUSE,
        "report_f18_delivery_note",
        transfer,
        "送货单",
        number,
        "P01-160",
        carrier,
    )
    customer = Customer(company, order, SUPERVISOR)
    received_with_damage(company, customer, order, transfer)
    exchanged(company, customer, order, number)
    customer.rate(5, "换货很快，满意")
    assert company.order(order, "satisfaction") == 5
    close(company, order, "P01-160")


def entered(company, pump):
    """What is missing is listed at once, and the number is there from the beginning."""
    order = company.enter(
        order_line=goods(pump), packing_requirements=False, wanted_date=False
    )
    submit = (ASSISTANT, ORDER, "action_review_submit", order)
    company.refused(["包装", "交期"], *submit)
    complete = {"packing_requirements": "木箱包装", "wanted_date": "2031-05-20"}
    company.do(ASSISTANT, ORDER, "write", order, complete)
    company.submit(order)
    return order


def reviewed_twice(company, order, number):
    """初审, 复审; not approved, the customer changes it and it comes again."""
    company.sign(order, SALESMAN)
    assert not company.has_to_sign(COUNTERSIGNERS[0], order)
    company.sign(order, SUPERVISOR, decision="decline", opinion="单价应为 3180")
    (line,) = company.order(order, "order_line")
    company.do(ASSISTANT, "sale.order.line", "write", line, {"price_unit": 3180})
    company.refused("书面", ASSISTANT, ORDER, "action_review_submit", order)
    company.do(ASSISTANT, ORDER, "write", order, {"written_confirmation": True})
    company.submit(order)
    company.refused("评审", SUPERVISOR, ORDER, "action_confirm", order)
    company.agree_all(order)
    signers = ("林浩", "李敏", "王志强", "赵品", "陈启航", "孙萍", "周建")
    sheet = company.sheet(order)
    for words in (number, "单价应为3180", *signers):
        assert words in sheet


def received_with_damage(company, customer, order, transfer):
    """确认收货: the customer says on his page what has arrived, and in which state."""
    key = goods_key(company, order)
    said = {f"received_{key}": 3, f"condition_{key}": "damaged"}
    said[f"reason_{key}"] = "一台底座开裂"
    customer.send("confirm_receipt", delivery=transfer, **said)
    company.work()
    read_paper(
        company, WAREHOUSE, "report_f20_delivery_receipt", transfer, "一台底座开裂"
    )


def exchanged(company, customer, order, number):
    """退换货: asked for with its reason, agreed to, collected, inspected, replaced."""
    (case,) = company.search(SALESMAN, CASE, ("order_id", "=", order))
    assert "底座开裂" in customer.look_at_documents()
    lines = company.read(SALESMAN, CASE, case, "line_ids")
    wish = {"kind": "exchange", "description": "底座开裂，请换一台"}
    wish["line_ids"] = [(1, lines[0], {"quantity": 1, "decision": "replace"})]
    explain(company, case, "damaged", **wish)
    company.refused("", SALESMAN, CASE, "action_collect", case)
    agree_to_case(company, case)
    returns = bring_back(company, case, quantity_passed=0, quantity_scrap=1)
    read_paper(company, WAREHOUSE, "report_f32_return_note", returns[0], number)
    settle_case(company, case, "已换货，旧件报废")
    words = (number, "底座开裂", "赵品", "已换货")
    read_paper(company, SALESMAN, "report_f26_service_case", case, *words)
    (again,) = company.ship(order)
    company.receive_signed(again)
    assert company.order(order, "receipt_confirmed_on")
