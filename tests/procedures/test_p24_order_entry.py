"""[PRC-5] P24 Order entry."""

from company import PRODUCER, SUPERVISOR, WAREHOUSE
from factory import find_production, inspected, made_to_order, report_all

PUMP = "demo_pump_ih65"
INSPECTOR, INSPECTIONS = "fengjian", "order.inspection"


def test_handed_in_checked_made_delivered(company, switched_on):
    """The assistant checks what sales hands in and enters it, what is missing is asked
    for; it gets a number of its own, is made and inspected, and enters stock and leaves
    with its papers."""
    switched_on("P24")
    with made_to_order(company, PUMP), inspected(company, PUMP, "final", "外观"):
        order = company.enter(product=PUMP, packing_requirements=False)
        with company.refusal("包装"):
            company.submit(order)
        company.do(
            SUPERVISOR, "sale.order", "write", order, {"packing_requirements": "木箱"}
        )
        company.submit(order)
        company.agree_all(order)
        company.confirm(order)
        production = find_production(company, order)
        report_all(company, production, 3)
        company.do(PRODUCER, "mrp.production", "action_request_inspection", production)
        company.refused(
            "检验", PRODUCER, "mrp.production", "button_mark_done", production
        )
        (sheet,) = company.search(
            INSPECTOR, INSPECTIONS, ("production_id", "=", production)
        )
        lines = company.read(INSPECTOR, INSPECTIONS, sheet, "line_ids")
        passed = {"line_ids": [(1, line, {"verdict": "pass"}) for line in lines]}
        company.do(INSPECTOR, INSPECTIONS, "write", sheet, passed)
        company.do(INSPECTOR, INSPECTIONS, "action_pass_all", sheet)
        text = company.paper(INSPECTOR, "report_f12_inspection", sheet)
        assert company.read(INSPECTOR, INSPECTIONS, sheet, "name") in text
        (notice,) = company.read(INSPECTOR, INSPECTIONS, sheet, "notice_ids")
        text = company.paper(WAREHOUSE, "report_f13_receipt_notice", notice)
        assert company.read(WAREHOUSE, "order.receipt.notice", notice, "name") in text
        company.do(PRODUCER, "mrp.production", "button_mark_done", production)
        company.do(WAREHOUSE, "order.receipt.notice", "action_receive", notice)
    company.work()
    (transfer,) = company.ship(order)
    number = company.order(order, "name")
    assert number in company.paper(WAREHOUSE, "report_f18_delivery_note", transfer)
    company.receive_signed(transfer)
    company.pay(company.invoice(order))
    assert company.order(order, "closed_on")
