"""[CSN-1] [REV-5] [SEC-2] Two people at the same moment, through a live server."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from steps import (
    ASSISTANT,
    COUNTERSIGNERS,
    SIGNERS,
    SUPERVISOR,
    at_once,
    make_orders,
    my_tasks,
    sign,
)

from devkit.rpc import RpcError, Session

ROUNDS = 50
PAIRS = 8  # orders on which two people act at the same moment, side by side


@pytest.fixture(scope="module")
def people(server):
    logins = (ASSISTANT, *SIGNERS)
    return {
        login: Session(server.url, server.database.name, login, None)
        for login in logins
    }


@pytest.fixture
def orders(database, people):
    """Orders under review that wait for the countersigning departments."""
    ids = make_orders(database, people[ASSISTANT], ROUNDS)
    people[ASSISTANT].call("sale.order", "action_review_submit", ids)
    for login in SIGNERS[:2]:
        sign(people[login], ids)
    return ids


def signing(session, order):
    """Return the act of agreeing to what is shown now."""
    tasks, seen = my_tasks(session, [order])
    assert tasks
    return lambda: session.call(
        "order.review.task", "action_sign", tasks, "agree", seen
    )


def for_each(orders, race):
    """Return ``{order: race(order)}``; several races run side by side."""
    with ThreadPoolExecutor(PAIRS) as pool:
        return dict(zip(orders, pool.map(race, orders), strict=True))


def read_records(session, order):
    """Return the chain of records of an order's review, checked by its own check."""
    (review,) = session.call(
        "order.review",
        "search",
        [("res_model", "=", "sale.order"), ("res_id", "=", order)],
    )
    check = session.call("order.review", "action_verify", [review])
    assert check["params"]["type"] == "success"
    return session.call(
        "order.review.signature",
        "search_read",
        [("review_id", "=", review)],
        ["number", "act", "user_id"],
    )


def states_of(session, orders):
    found = session.call("sale.order", "read", orders, ["review_state"])
    return {order["review_state"] for order in found}


def test_last_two_seats_at_once(people, orders):
    """Both signatures count, and the review is approved exactly once."""
    for login in COUNTERSIGNERS[:-2]:
        sign(people[login], orders)
    supervisor = people[SUPERVISOR]
    last_two = [people[login] for login in COUNTERSIGNERS[-2:]]
    assert states_of(supervisor, orders) == {"running"}
    results = for_each(
        orders,
        lambda order: at_once(*[signing(session, order) for session in last_two]),
    )
    assert all(result == [True, True] for result in results.values()), results
    assert states_of(supervisor, orders) == {"approved"}
    for order in orders:
        records = read_records(supervisor, order)
        agreed = [r["user_id"][0] for r in records if r["act"] == "agree"]
        assert sorted(agreed) == sorted(people[login].uid for login in SIGNERS)
        assert [r["number"] for r in records] == list(range(1, len(records) + 1))
    supervisor.call("sale.order", "action_confirm", orders[:1])


def test_signing_against_an_edit(people, orders):
    """Never an approval of facts that nobody signed."""
    for login in COUNTERSIGNERS[:-1]:
        sign(people[login], orders)
    supervisor, last = people[SUPERVISOR], people[COUNTERSIGNERS[-1]]
    assistant = people[ASSISTANT]
    lines = {
        line["order_id"][0]: line["id"]
        for line in assistant.call(
            "sale.order.line", "search_read", [("order_id", "in", orders)], ["order_id"]
        )
    }

    def race(order):
        return at_once(
            signing(last, order),
            lambda: assistant.call(
                "sale.order.line", "write", [lines[order]], {"product_uom_qty": 100}
            ),
        )

    for order, (signed, edited) in for_each(orders, race).items():
        assert edited is True
        records = read_records(supervisor, order)
        stands = [r for r in records if r["user_id"][0] == last.uid]
        if isinstance(signed, RpcError):
            assert signed.name == "odoo.exceptions.UserError"
            assert not stands
        else:
            assert [r["act"] for r in stands] == ["agree"]
        assert "change" in {r["act"] for r in records}
    assert states_of(supervisor, orders) == {"running"}
    with pytest.raises(RpcError):
        supervisor.call("sale.order", "action_confirm", orders)
