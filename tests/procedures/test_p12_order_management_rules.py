"""[PRC-5] P12 Order management rules."""

from company import (
    BUYER,
    DEPUTY,
    ENGINEER,
    GENERAL_MANAGER,
    PRODUCER,
    QUALITY,
    SALESMAN,
    SUPERVISOR,
)


def test_reviewed_before_the_quotation(company, switched_on):
    """A non-standard order: no quotation leaves before technology, quality, logistics
    and production have spoken and the general manager or his deputy has ruled. The
    engineer declines; that does not end it, the deputy accepts under a condition; then
    the quotation may be sent."""
    switched_on("P12")
    order = company.enter(login=SUPERVISOR)
    values = {
        "order_type_id": company.ref("order_type_nonstandard"),
        "order_type_reason": "图纸以外的法兰",
    }
    company.do(SUPERVISOR, "sale.order", "write", order, values)
    company.refused("", SALESMAN, "sale.order", "action_quotation_sent", order)
    company.submit(order, SUPERVISOR)
    company.sign(order, ENGINEER, decision="decline", opinion="法兰无图")
    assert company.order(order, "review_state") == "running"
    company.sign(order, QUALITY, BUYER, opinion="可行")
    assert not company.has_to_sign(DEPUTY, order)
    company.sign(order, PRODUCER, opinion="三十天")
    assert company.has_to_sign(GENERAL_MANAGER, order)
    company.sign(order, DEPUTY, opinion="补图后生产")
    assert company.order(order, "review_state") == "approved"
    assert not company.has_to_sign(GENERAL_MANAGER, order)
    company.do(SALESMAN, "sale.order", "action_quotation_sent", order)
    assert company.order(order, "state") == "sent"
    sheet = company.sheet(order)
    assert "法兰无图" in sheet and "补图后生产" in sheet
