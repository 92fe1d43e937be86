"""[PRC-5] P22 Order execution."""

from company import COUNTERSIGNERS, SALESMAN, SUPERVISOR


def test_duties_and_their_limits(company, switched_on):
    """Sales, planning, purchasing and production sign for their parts, each with a
    limit that begins when he is asked and ends when he has signed."""
    switched_on("P22")
    order = company.enter()
    company.submit(order)
    company.work()
    limit = company.ref("order_time_limit_seat")

    def running():
        return company.as_(SUPERVISOR).call(
            "order.time.limit.run",
            "search_count",
            [
                ("rule_id", "=", limit),
                ("document_id", "=", order),
                ("state", "=", "running"),
            ],
        )

    assert running() == 1
    company.sign(order, SALESMAN, SUPERVISOR)
    company.work()
    assert running() == len(COUNTERSIGNERS)
    company.sign(order, *COUNTERSIGNERS)
    company.work()
    assert running() == 0
    assert company.order(order, "review_state") == "approved"
