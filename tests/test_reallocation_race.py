"""[ALC-3] Reserved stock changes hands while somebody delivers it: two connections."""

import itertools
from concurrent.futures import ThreadPoolExecutor

import pytest
from steps import at_once

from devkit.rpc import RpcError, Session

DATABASE = "plain"
ROUNDS = 6
SERVER = {"cron_threads": 0}
ADMIN = "admin"
NUMBERS = itertools.count(1)


@pytest.fixture(scope="module")
def boss(server):
    """Somebody who sells, plans and decides."""
    session = Session(server.url, server.database.name, ADMIN, None)
    department = find(session, "order.department", [])
    session.call(
        "order.department", "write", department, {"member_ids": [(6, 0, [session.uid])]}
    )
    seat = {"source": "department", "department_id": department[0]}
    stage = {"name": "Decision", "seat_ids": [(0, 0, seat)]}
    session.call(
        "order.review.route",
        "create",
        {
            "name": "Take stock",
            "active": True,
            "res_model": "order.reallocation",
            "submitter_policy": "allow",
            "stage_ids": [(0, 0, stage)],
        },
    )
    return session


def find(session, model, domain, **options):
    return session.call(model, "search", domain, **{"limit": 1, **options})


def read(session, model, record, name):
    return session.call(model, "read", [record], [name], load=None)[0][name]


def make_product(session, quantity):
    """Return a new product of which ``quantity`` is in stock."""
    product = session.call(
        "product.product",
        "create",
        {"name": f"Pump {next(NUMBERS)}", "type": "consu", "is_storable": True},
    )
    warehouse = find(session, "stock.warehouse", [])[0]
    quant = session.call(
        "stock.quant",
        "create",
        {
            "product_id": product,
            "location_id": read(session, "stock.warehouse", warehouse, "lot_stock_id"),
            "inventory_quantity": quantity,
        },
        context={"inventory_mode": True},
    )
    session.call("stock.quant", "action_apply_inventory", [quant])
    return product


def sell(session, product, quantity, **values):
    """Return a confirmed order and its transfer."""
    customer = session.call("res.partner", "create", {"name": "Customer"})
    line = {"product_id": product, "product_uom_qty": quantity}
    order = session.call(
        "sale.order",
        "create",
        {"partner_id": customer, "order_line": [(0, 0, line)], **values},
    )
    session.call("sale.order", "action_confirm", [order])
    return order, read(session, "sale.order", order, "picking_ids")[0]


def sell_urgently(session, product, quantity):
    return sell(session, product, quantity, is_urgent=True, urgent_reason="Line down")


def approved(session, order):
    """Return the proposal that takes what ``order`` lacks, approved."""
    document = session.call("sale.order", "action_take_stock", [order])["res_id"]
    session.call("order.reallocation", "action_review_submit", [document])
    digest = read(session, "order.reallocation", document, "review_digest")
    session.call(
        "order.reallocation",
        "action_review_agree",
        [document],
        context={"order_review_seen": digest},
    )
    assert read(session, "order.reallocation", document, "review_state") == "approved"
    return document


def taking(session, document):
    return lambda: session.call("order.reallocation", "action_execute", [document])


def held(database, picking):
    """Return what a transfer has reserved or delivered."""
    rows = database.query(
        "SELECT COALESCE(SUM(quantity), 0) FROM stock_move_line "
        f"WHERE picking_id = {picking}"
    )
    return float(rows[0][0])


def assert_books_right(database, product, stock):
    """Quants and move lines agree on what is reserved, and nothing is held twice."""
    rows = database.query(
        "SELECT COALESCE(SUM(quantity), 0), COALESCE(SUM(reserved_quantity), 0) "
        "FROM stock_quant q JOIN stock_location l ON l.id = q.location_id "
        f"WHERE product_id = {product} AND l.usage = 'internal'"
    )
    there, reserved = (float(value) for value in rows[0])
    rows = database.query(
        "SELECT COALESCE(SUM(quantity), 0) FROM stock_move_line "
        f"WHERE product_id = {product} "
        "AND state IN ('assigned', 'partially_available', 'confirmed')"
    )
    assert (there, reserved) == (stock, float(rows[0][0]))
    assert reserved <= there


def test_against_a_delivery(database, boss, rival):
    """Either the goods leave for the one, or they go to the other: never both, and
    whoever comes second is told."""
    for _round in range(ROUNDS):
        product = make_product(boss, 6)
        _victim, delivery = sell(boss, product, 6)
        taker, wanting = sell_urgently(boss, product, 4)
        document = approved(boss, taker)
        taken, _delivered = at_once(
            taking(boss, document),
            lambda delivery=delivery: rival.call(
                "stock.picking", "button_validate", [delivery]
            ),
        )
        state = read(boss, "stock.picking", delivery, "state")
        if isinstance(taken, RpcError):
            assert "holds 0" in str(taken)
            outcome = ("done", "draft", 6, 0)
        else:
            # core asks whether to deliver the rest only
            outcome = ("assigned", "done", 2, 4)
        assert (
            state,
            read(boss, "order.reallocation", document, "state"),
            held(database, delivery),
            held(database, wanting),
        ) == outcome
        assert_books_right(database, product, 0 if state == "done" else 6)


def test_two_takers(database, boss, rival):
    """Of two orders that take from the same one, one gets it."""
    for _round in range(ROUNDS):
        product = make_product(boss, 6)
        _victim, delivery = sell(boss, product, 6)
        takers = [sell_urgently(boss, product, 4) for _taker in range(2)]
        documents = [approved(boss, taker) for taker, _picking in takers]
        results = at_once(
            taking(boss, documents[0]),
            taking(rival, documents[1]),
        )
        refusals = [result for result in results if isinstance(result, RpcError)]
        assert len(refusals) == 1
        assert "holds 2" in str(refusals[0])
        shares = sorted(held(database, picking) for _taker, picking in takers)
        assert (shares, held(database, delivery)) == ([0, 4], 2)
        assert_books_right(database, product, 6)


def test_carried_out_once(database, boss, rival):
    """Two people press the same button."""
    product = make_product(boss, 6)
    _victim, delivery = sell(boss, product, 6)
    taker, wanting = sell_urgently(boss, product, 4)
    document = approved(boss, taker)
    results = at_once(taking(boss, document), taking(rival, document))
    refusals = [result for result in results if isinstance(result, RpcError)]
    assert len(refusals) == 1
    assert (held(database, wanting), held(database, delivery)) == (4, 2)


def wait_until_blocked(connection, blocker):
    """Return once somebody waits for what ``blocker`` has locked."""
    connection.autocommit = True
    with connection.cursor() as cursor:
        for _attempt in range(200_000):
            cursor.execute(
                "SELECT 1 FROM pg_stat_activity WHERE %s = ANY(pg_blocking_pids(pid))",
                [blocker.info.backend_pid],
            )
            if cursor.fetchone():
                return
    raise AssertionError("nobody waits for the lock")


@pytest.mark.parametrize("picks", [True, False])
def test_waits_for_a_picker(database, boss, connections, picks):
    """Somebody who is just picking holds the rows: the taking waits for him, sees what
    he did, and takes nothing that he picked."""
    product = make_product(boss, 6)
    _victim, delivery = sell(boss, product, 6)
    taker, wanting = sell_urgently(boss, product, 4)
    document = approved(boss, taker)
    picker, watcher = connections(), connections()
    with picker.cursor() as cursor, ThreadPoolExecutor(1) as pool:
        for table in ("stock_move", "stock_move_line"):
            cursor.execute(
                f"UPDATE {table} SET picked = true WHERE picking_id = %s", [delivery]
            )
        result = pool.submit(taking(boss, document))
        wait_until_blocked(watcher, picker)
        if picks:
            picker.commit()
            with pytest.raises(RpcError, match="holds 0"):
                result.result()
        else:
            picker.rollback()
            result.result()
    shares = (held(database, delivery), held(database, wanting))
    assert shares == ((6, 0) if picks else (2, 4))
    assert_books_right(database, product, 6)
