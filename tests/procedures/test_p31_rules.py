"""[PRC-5] P31 Order management, rules."""

from company import ADMINISTRATOR, COUNTERSIGNERS, SALESMAN, SUPERVISOR


def test_limits_by_authority(company, switched_on):
    """Up to 50,000 yuan sales and the departments decide; above it the supervisor signs
    as well. A larger quantity brings the order under the other rule."""
    switched_on("P31")
    stage = company.ref("order_review_stage_two_step_second")
    company.do(
        ADMINISTRATOR, "order.review.stage", "write", stage, {"amount_from": 50000}
    )
    try:
        small, large = company.enter(quantity=1), company.enter(quantity=20)
        for order in (small, large):
            company.submit(order)
            company.sign(order, SALESMAN)
        assert not company.has_to_sign(SUPERVISOR, small)
        assert company.has_to_sign(SUPERVISOR, large)
        company.sign(small, *COUNTERSIGNERS)
        company.sign(large, SUPERVISOR, *COUNTERSIGNERS)
        for order in (small, large):
            assert company.order(order, "review_state") == "approved"
    finally:
        values = {"amount_from": 0}
        company.do(ADMINISTRATOR, "order.review.stage", "write", stage, values)
