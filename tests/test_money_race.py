"""[DEP-2] [DEP-7] Money and goods at the same moment: once the worker has nothing left
to do, what is stored of an order is what the books say."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from steps import (
    ASSISTANT,
    approve,
    holding,
    make_orders,
    ref,
    wait_for_lock,
)
from test_kill_safety import (
    ADMINISTRATOR,
    FINANCE,
    enter_payments,
    launched,
    queue,
    stored,
    switch_on_deposits,
)

SERVER = {"cron_threads": 0}  # the test says when the worker runs


@pytest.fixture
def work(database, rpc):
    """Run the worker as the scheduler does."""
    cron = ref(database, "order_recheck_cron")
    return lambda: rpc("admin").call("ir.cron", "method_direct_trigger", [cron])


@pytest.fixture
def in_the_middle(database, connections):
    """``with in_the_middle(order, act)``: ``act`` has read what it needs and waits to
    write the order until the block ends."""

    @contextmanager
    def run(order, act):
        with (
            ThreadPoolExecutor(1) as pool,
            holding(connections(), "sale_order", order) as holder,
        ):
            result = pool.submit(act)
            wait_for_lock(database, [result])
            assert not result.done(), result.result()
            yield
            holder.rollback()
            result.result()

    return run


def make_deposit_order(database, rpc, **values):
    """Return a quotation for which a deposit will be asked, and the deposit."""
    kind = switch_on_deposits(database, rpc)
    (order,) = make_orders(
        database,
        rpc(ADMINISTRATOR),
        order_type_id=kind,
        order_type_reason="定金",
        **values,
    )
    return order, 0.3 * float(stored(database, order, "amount_total"))


def test_paid_while_it_is_confirmed(database, rpc, work, in_the_middle):
    """Whoever confirms does not see the payment, whoever pays no deposit: the order
    takes effect all the same."""
    order, deposit = make_deposit_order(database, rpc)
    (payment,) = enter_payments(database, rpc, order, [deposit])
    work()
    with in_the_middle(
        order, lambda: rpc(ADMINISTRATOR).call("sale.order", "action_confirm", [order])
    ):
        rpc(FINANCE).call("account.payment", "action_post", [payment])
        work()  # before there is anything to be seen
    work()
    assert queue(database, order) == 0
    assert stored(database, order, "deposit_state") == "received"
    assert stored(database, order, "effect_state") == "effective"
    assert launched(database, order) == [3]


def test_paid_while_it_is_sent(database, rpc, work, in_the_middle):
    order, deposit = make_deposit_order(database, rpc)
    (payment,) = enter_payments(database, rpc, order, [deposit])
    work()
    with in_the_middle(
        order,
        lambda: rpc(ADMINISTRATOR).call("sale.order", "action_quotation_sent", [order]),
    ):
        rpc(FINANCE).call("account.payment", "action_post", [payment])
        work()
    work()
    assert queue(database, order) == 0
    assert stored(database, order, "deposit_state") == "received"


def test_paid_while_the_worker_ships_it(database, rpc, work, in_the_middle):
    """The worker notes that the goods have left while the rest is paid."""
    (order,) = make_orders(database, rpc(ASSISTANT))
    rpc(ASSISTANT).call("sale.order", "action_review_submit", [order])
    approve(rpc, [order])
    rpc(ADMINISTRATOR).call("sale.order", "action_confirm", [order])
    work()
    invoice = bill(database, rpc, order)
    ship(database, rpc, order)
    with in_the_middle(order, work):
        pay(rpc, invoice)
    work()
    assert queue(database, order) == 0
    assert stored(database, order, "progress") == "settled"
    assert stored(database, order, "closed_on")


def test_divided_while_it_is_posted(database, rpc, work, connections):
    """One accountant posts a receipt, another one says for which order it is."""
    order, deposit = make_deposit_order(database, rpc)
    rpc(ADMINISTRATOR).call("sale.order", "action_confirm", [order])
    (payment,) = enter_payments(database, rpc, False, [deposit])
    work()
    share = {"payment_id": payment, "order_id": order, "amount": deposit}
    with (
        ThreadPoolExecutor(2) as pool,
        holding(connections(), "account_payment", payment) as holder,
    ):
        # the posting has read what there is, and stops when it stores what it did
        posting = pool.submit(
            rpc(FINANCE).call, "account.payment", "action_post", [payment]
        )
        wait_for_lock(database, [posting])
        dividing = pool.submit(
            rpc(FINANCE).call, "order.payment.allocation", "create", [share]
        )
        wait_for_lock(database, [posting, dividing])
        work()
        holder.rollback()
        posting.result()
        dividing.result()
    work()
    assert queue(database, order) == 0
    assert stored(database, order, "deposit_state") == "received"
    assert stored(database, order, "effect_state") == "effective"


def bill(database, rpc, order):
    """Return the posted invoice of an order."""
    boss = rpc("admin")
    wizard = boss.call(
        "sale.advance.payment.inv",
        "create",
        {"sale_order_ids": [(6, 0, [order])], "advance_payment_method": "delivered"},
    )
    wizard = wizard[0] if isinstance(wizard, list) else wizard
    boss.call("sale.advance.payment.inv", "create_invoices", [wizard])
    (invoice,) = boss.call("sale.order", "read", [order], ["invoice_ids"])[0][
        "invoice_ids"
    ]
    boss.call("account.move", "action_post", [invoice])
    return invoice


def ship(database, rpc, order):
    boss = rpc("admin")
    pickings = boss.call("sale.order", "read", [order], ["picking_ids"])[0][
        "picking_ids"
    ]
    moves = boss.call("stock.move", "search", [("picking_id", "in", pickings)])
    boss.call("stock.move", "write", moves, {"quantity": 3, "picked": True})
    boss.call("stock.picking", "button_validate", pickings)
    assert stored(database, order, "delivery_status") == "full"


def pay(rpc, invoice):
    boss = rpc("admin")
    context = {"active_model": "account.move", "active_ids": [invoice]}
    wizard = boss.call("account.payment.register", "create", {}, context=context)
    wizard = wizard[0] if isinstance(wizard, list) else wizard
    boss.call(
        "account.payment.register", "action_create_payments", [wizard], context=context
    )
