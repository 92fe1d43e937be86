"""[PRC-5] P01 Sales order processing."""

from company import (
    ASSISTANT,
    COUNTERSIGNERS,
    SALESMAN,
    SUPERVISOR,
    WAREHOUSE,
)


def test_from_receipt_to_archive(company, switched_on):
    """An e-mail is entered without packing and date: the assistant is told both at
    once. Completed, it passes the initial review, the second review and five
    countersigns, in this order; nobody confirms it before. Stock is packed and sent
    with a delivery note, the signed note comes back, the invoice is paid."""
    switched_on("P01")
    order = company.enter(packing_requirements=False, wanted_date=False)
    company.refused(
        ["包装", "交期"], ASSISTANT, "sale.order", "action_review_submit", order
    )
    complete = {"packing_requirements": "木箱包装", "wanted_date": "2031-05-20"}
    company.do(ASSISTANT, "sale.order", "write", order, complete)
    company.submit(order)

    company.sign(order, SALESMAN)
    assert not company.has_to_sign(COUNTERSIGNERS[0], order)
    company.refused("评审", SUPERVISOR, "sale.order", "action_confirm", order)
    company.sign(order, SUPERVISOR, *COUNTERSIGNERS)
    assert company.order(order, "review_state") == "approved"
    sheet = company.sheet(order)
    number = company.order(order, "name")
    for words in (number, "林浩", "李敏", "王志强", "赵品", "陈启航", "孙萍", "周建"):
        assert words in sheet

    company.stock()
    company.confirm(order)
    (transfer,) = company.ship(order)
    note = company.paper(WAREHOUSE, "report_f18_delivery_note", transfer)
    assert number in note and "送货单" in note
    company.receive_signed(transfer)
    company.pay(company.invoice(order))
    company.work()
    assert company.order(order, "progress") == "settled"
