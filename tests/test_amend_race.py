"""[REV-5] [CHG-1] What amends approved facts at the moment somebody edits or signs
them, or ends the review that justifies it: never approved without an approval."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from steps import (
    ASSISTANT,
    SIGNERS,
    SUPERVISOR,
    approve,
    holding,
    make_orders,
    ref,
    sign,
    wait_for_lock,
)

from devkit.rpc import RpcError

SERVER = {"cron_threads": 0}  # the test says when the worker runs
# what a change request will do; an administrator's script may do it as well
SCRIPT = """
line = record.order_line
source = env["sale.order"].browse({source})
record._amend(
    lambda: line.write({{"product_uom_qty": 9}}),
    ["quantity", "price"],
    reason="客户要求",
    source=source,
)
"""


@pytest.fixture
def orders(database, rpc):
    """An approved order, and an approved document that justifies its change."""
    ids = make_orders(database, rpc(ASSISTANT), 2)
    rpc(ASSISTANT).call("sale.order", "action_review_submit", ids)
    approve(rpc, ids)
    return ids


@pytest.fixture
def amending(database, rpc, orders):
    """Return the act that amends the order."""
    admin, (order, source) = rpc("admin"), orders
    (model,) = admin.call("ir.model", "search", [("model", "=", "sale.order")])
    (action,) = admin.call(
        "ir.actions.server",
        "create",
        [
            {
                "name": "amend",
                "model_id": model,
                "state": "code",
                "code": SCRIPT.format(source=source),
            }
        ],
    )
    context = {"active_model": "sale.order", "active_id": order, "active_ids": [order]}
    return lambda: admin.call("ir.actions.server", "run", [action], context=context)


@pytest.fixture
def at_once(database, connections, orders):
    """Run acts of which each has begun before one of them goes on; return what came of
    them, an error for what was refused."""

    def attempt(act):
        try:
            return act()
        except RpcError as error:
            return error

    def run(order, *acts):
        review = review_of(database, order)
        with (
            ThreadPoolExecutor(len(acts)) as pool,
            holding(connections(), "order_review", review),
        ):
            results = [pool.submit(attempt, act) for act in acts]
            wait_for_lock(database, results)
        return [result.result() for result in results]

    return run


def review_of(database, order):
    return database.query(f"SELECT review_id FROM sale_order WHERE id = {order}")[0][0]


def state_of(session, order):
    return session.call("sale.order", "read", [order], ["review_state"])[0][
        "review_state"
    ]


def quantity_of(session, order):
    lines = session.call(
        "sale.order.line",
        "search_read",
        [("order_id", "=", order)],
        ["product_uom_qty"],
    )
    return lines[0]["product_uom_qty"]


def verify(rpc, database, *orders):
    reviews = [int(review_of(database, order)) for order in orders]
    check = rpc("admin").call("order.review", "action_verify", reviews)
    assert check["params"]["type"] == "success", check["params"]["message"]


def test_alone(rpc, database, orders, amending):
    order, source = orders
    amending()
    assert state_of(rpc(SUPERVISOR), order) == "approved"
    assert quantity_of(rpc(SUPERVISOR), order) == 9
    verify(rpc, database, order, source)
    rpc(SUPERVISOR).call("sale.order", "action_confirm", [order])


def test_against_an_edit(rpc, database, orders, amending, at_once):
    """What is edited is signed again, whoever comes first."""
    order, assistant = orders[0], rpc(ASSISTANT)
    (line,) = assistant.call("sale.order.line", "search", [("order_id", "=", order)])
    edit = {"price_unit": 1.0}
    amended, edited = at_once(
        order,
        amending,
        lambda: assistant.call("sale.order.line", "write", [line], edit),
    )
    assert edited is True
    assert state_of(rpc(SUPERVISOR), order) == "running"
    # whoever comes second finds it changed, and not approved any more
    expected = 3 if isinstance(amended, RpcError) else 9
    assert quantity_of(rpc(SUPERVISOR), order) == expected
    verify(rpc, database, order)


def test_against_a_signature(rpc, database, orders, amending, at_once):
    """Who signs has seen what he signs; who amends finds it approved, or is refused."""
    order, last = orders[0], rpc(SIGNERS[-1])
    (task,) = last.call(
        "order.review.task",
        "search",
        [("review_id.res_id", "=", order), ("decided_by_id", "=", last.uid)],
        limit=1,
    )
    last.call("order.review.task", "action_take_back", [task], "再看一遍")
    assert state_of(rpc(SUPERVISOR), order) == "running"
    amended, signed = at_once(order, amending, lambda: sign(last, [order]))
    assert signed == 1
    assert state_of(rpc(SUPERVISOR), order) == "approved"
    expected = 3 if isinstance(amended, RpcError) else 9
    assert quantity_of(rpc(SUPERVISOR), order) == expected
    verify(rpc, database, order)


def test_against_the_end_of_its_grounds(rpc, database, orders, amending, at_once):
    """Whoever ends the review that justifies it comes before and it is refused, or
    after and everybody is asked again."""
    order, source = orders
    review = int(review_of(database, source))
    amended, ended = at_once(
        source,
        amending,
        lambda: rpc("admin").call("order.review", "action_terminate", [review], "错误"),
    )
    assert ended is True
    cron = ref(database, "order_recheck_cron")
    rpc("admin").call("ir.cron", "method_direct_trigger", [cron])
    if isinstance(amended, RpcError):
        assert quantity_of(rpc(SUPERVISOR), order) == 3
        assert state_of(rpc(SUPERVISOR), order) == "approved"
    else:
        assert state_of(rpc(SUPERVISOR), order) == "running"
    verify(rpc, database, order)
