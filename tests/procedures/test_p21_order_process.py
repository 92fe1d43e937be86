"""[PRC-5] P21 Order process."""

from company import (
    ASSISTANT,
    COUNTERSIGNERS,
    FINANCE,
    SALESMAN,
    SUPERVISOR,
)


def test_finance_and_purchasing(company, switched_on):
    """The administrator gives finance a seat in the second review, for amount and
    terms; purchasing countersigns for the material. A price that is changed afterwards
    asks finance again, and not the engineer."""
    switched_on("P21")
    stage = company.ref("order_review_stage_two_step_second")
    seat = {
        "stage_id": stage,
        "source": "department",
        "department_id": company.ref("order_department_finance"),
    }
    (seat,) = company.as_("guanliyuan").call("order.review.seat", "create", [seat])
    try:
        order = company.enter()
        company.submit(order)
        company.sign(order, SALESMAN, SUPERVISOR, FINANCE, *COUNTERSIGNERS)
        assert company.order(order, "review_state") == "approved"
        (line,) = company.order(order, "order_line")
        company.do(ASSISTANT, "sale.order.line", "write", line, {"price_unit": 6800})
        company.work()
        assert company.order(order, "review_state") != "approved"
        assert company.has_to_sign(SALESMAN, order)
        company.sign(order, SALESMAN, SUPERVISOR, FINANCE)
        assert company.order(order, "review_state") in {"running", "approved"}
    finally:
        company.do("guanliyuan", "order.review.seat", "unlink", seat)
