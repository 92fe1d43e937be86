"""[DEP-2] [PLN-1] [CFM-4] K5: what is made once is made once, when two people do it at
the same moment. Who comes second gets the same thing, or is told what is there."""

import json
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest
from steps import (
    ASSISTANT,
    approve,
    holding,
    make_orders,
    session_of,
    wait_for_lock,
)
from test_kill_safety import (
    ADMINISTRATOR,
    FINANCE,
    enter_payments,
    make_held_order,
    stored,
)

from devkit.rpc import RpcError

SERVER = {"cron_threads": 0}
PLANNER = "chenqihang"
PEOPLE = 2
SIGNATURE = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA"
    "AABJRU5ErkJggg=="
)


@pytest.fixture
def twice(server, database, connections):
    """``twice(login, table, record, act)``: two sessions of ``login``, or two visitors
    who are not logged in, do ``act`` at the same moment, each before it can see what
    the other has done. Returns what they got, refusals included; nobody is shown an
    error of the database."""

    def run(login, table, record, act):
        sessions = [
            login and session_of(server, login, screen=screen)
            for screen in range(1, PEOPLE + 1)
        ]
        with (
            ThreadPoolExecutor(PEOPLE) as pool,
            holding(connections(), table, record) as holder,
        ):
            results = [pool.submit(attempt, act, session) for session in sessions]
            wait_for_lock(database, results)
            holder.rollback()
            got = [result.result() for result in results]
        for refusal in got:
            if isinstance(refusal, RpcError):
                assert refusal.name == "odoo.exceptions.UserError", refusal.debug
        return got

    return run


def attempt(act, session):
    try:
        return act(session)
    except RpcError as error:
        return error


def refusals(results):
    return [str(result) for result in results if isinstance(result, RpcError)]


def count(database, table, where):
    return int(database.query(f"SELECT count(*) FROM {table} WHERE {where}")[0][0])


# -- money -----------------------------------------------------------------------------


def test_deposit_invoice(database, rpc, twice):
    order, _deposit = make_held_order(database, rpc)
    results = twice(
        FINANCE,
        "sale_order",
        order,
        lambda session: session.call("sale.order", "action_deposit_invoice", [order]),
    )
    (refusal,) = refusals(results)
    assert "已" in refusal or "invoiced" in refusal
    downpayments = count(
        database,
        "account_move_line aml JOIN sale_order_line_invoice_rel r "
        "ON r.invoice_line_id = aml.id "
        "JOIN sale_order_line l ON l.id = r.order_line_id",
        f"l.order_id = {order} AND l.is_downpayment AND aml.display_type = 'product'",
    )
    assert downpayments == 1


def test_settlement_and_its_invoice(database, rpc, twice):
    """Two people settle the deposit of a cancelled order, two invoice what is lost."""
    order, deposit = make_held_order(database, rpc)
    (payment,) = enter_payments(database, rpc, order, [deposit])
    rpc(FINANCE).call("account.payment", "action_post", [payment])
    values = {"order_id": order, "kind": "forfeit", "reason": "客户取消"}

    def settle(session):
        wizard = session.call("order.settlement.wizard", "create", [values])
        return session.call("order.settlement.wizard", "action_confirm", wizard)

    results = twice(ADMINISTRATOR, "sale_order", order, settle)
    assert len(refusals(results)) == 1
    assert count(database, "order_forfeiture", f"order_id = {order}") == 1
    (forfeiture,) = database.query(
        f"SELECT id FROM order_forfeiture WHERE order_id = {order}"
    )[0]
    assert stored(database, order, "state") == "cancel"
    # decided, as after its review
    database.query(
        f"UPDATE order_forfeiture SET state = 'decided' WHERE id = {forfeiture} "
        "RETURNING id"
    )
    results = twice(
        FINANCE,
        "order_forfeiture",
        forfeiture,
        lambda session: session.call(
            "order.forfeiture", "action_invoice", [int(forfeiture)]
        ),
    )
    assert len(refusals(results)) == 1
    lines = count(database, "account_move_line", f"order_forfeiture_id = {forfeiture}")
    assert lines == 1


# -- the issue desk --------------------------------------------------------------------


def test_issue(database, rpc, twice):
    """Two planners issue the same order: one list has it, the other planner is told
    which."""
    order, deposit = make_held_order(database, rpc)
    results = twice(
        PLANNER,
        "sale_order",
        order,
        lambda session: session.call("sale.order", "action_issue", [order]),
    )
    (refusal,) = refusals(results)
    lists = database.query(
        "SELECT b.name FROM order_issue_line l JOIN order_issue_batch b "
        f"ON b.id = l.batch_id WHERE l.order_id = {order}"
    )
    assert len(lists) == 1
    assert lists[0][0] in refusal


# -- said once -------------------------------------------------------------------------


def test_submission(database, rpc, twice):
    (order,) = make_orders(database, rpc(ASSISTANT))
    results = twice(
        ASSISTANT,
        "sale_order",
        order,
        lambda session: session.call("sale.order", "action_review_submit", [order]),
    )
    assert len(refusals(results)) == 1
    reviews = f"res_model = 'sale.order' AND res_id = {order}"
    assert count(database, "order_review", reviews) == 1


def test_confirmation(database, rpc, twice):
    order = approved(database, rpc)
    twice(
        ADMINISTRATOR,
        "sale_order",
        order,
        lambda session: session.call("sale.order", "action_confirm", [order]),
    )
    assert stored(database, order, "state") == "sale"
    pickings = f"sale_id = {order} AND state != 'cancel'"
    assert count(database, "stock_picking", pickings) == 1


def test_acceptance_in_the_portal(database, server, rpc, twice):
    """The customer signs twice, in two windows: it is said once."""
    order = approved(database, rpc, require_signature=True)
    token = "once"
    database.query(
        f"UPDATE sale_order SET access_token = '{token}' WHERE id = {order} "
        "RETURNING id"
    )
    results = twice(
        None,
        "sale_order",
        order,
        lambda _session: post(
            f"{server.url}/my/orders/{order}/accept",
            access_token=token,
            name="客户",
            signature=SIGNATURE,
        ),
    )
    assert count(database, "order_statement", f"order_id = {order}") == 1
    assert all("error" not in result for result in results), results
    said = [result["result"] for result in results]
    assert sum("error" not in answer for answer in said) == 1, said


def post(url, **params):
    """What a visitor's browser posts, without logging in."""
    body = {"jsonrpc": "2.0", "id": 1, "params": params}
    request = urllib.request.Request(
        url, json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request) as response:
        return json.load(response)


def approved(database, rpc, **values):
    """Return an order that everybody has agreed to."""
    (order,) = make_orders(database, rpc(ASSISTANT), **values)
    rpc(ASSISTANT).call("sale.order", "action_review_submit", [order])
    approve(rpc, [order])
    return order
