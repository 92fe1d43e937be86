"""[CNF-1] Two workers on two connections: each row is worked off once, and what one of
them holds the other leaves alone."""

import time
from concurrent.futures import ThreadPoolExecutor

from steps import ref

from devkit import odoo_run, paths
from devkit.rpc import Session
from devkit.server import OdooServer

ADMINISTRATOR = "guanliyuan"
ORDERS = 60  # more than one batch
STARTING_LINE = 4711  # an advisory lock
PATIENCE = 180
WORKER = f"""
env.cr.execute("SELECT pg_advisory_xact_lock_shared({STARTING_LINE})")
env.cr.rollback()
env["order.recheck"]._cron_recheck()
env.cr.commit()
"""


def make_orders(database, session):
    """Return orders that are confirmed as soon as a worker looks at them."""
    kind = session.call(
        "order.type",
        "create",
        [
            {
                "name": "自动确认",
                "company_id": ref(database, "demo_company"),
                "confirms_automatically": True,
            }
        ],
    )[0]
    line = {"product_id": ref(database, "demo_pump_isg50"), "product_uom_qty": 3}
    values = {
        "partner_id": ref(database, "demo_customer_water"),
        "order_type_id": kind,
        "order_type_reason": "试",
        "order_line": [(0, 0, line)],
    }
    return session.call("sale.order", "create", [values] * ORDERS)


def mark(connection, orders, topic):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO order_recheck (res_model, res_id, topic, state, attempts) "
            "SELECT 'sale.order', id, %s, 'waiting', 0 FROM unnest(%s) AS id",
            [topic, orders],
        )
    connection.commit()


def wait_for_two(database):
    """Return when both workers stand at the starting line."""
    deadline = time.monotonic() + PATIENCE
    waiting = (
        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' "
        f"AND objid = {STARTING_LINE} AND NOT granted"
    )
    while database.query(waiting)[0][0] != "2":
        assert time.monotonic() < deadline, "the workers never came"


def test_two_workers_at_once(database, connections):
    """Marked twice, so that both have rows of the same orders: each is confirmed and
    delivered once, and nothing has failed."""
    with OdooServer(database, cron_threads=0) as server:
        session = Session(server.url, database.name, ADMINISTRATOR, None)
        orders = make_orders(database, session)
    helper = connections()
    mark(helper, orders, None)
    mark(helper, orders, "confirm")
    with helper.cursor() as cursor, ThreadPoolExecutor(2) as pool:
        cursor.execute("SELECT pg_advisory_lock(%s)", [STARTING_LINE])
        workers = [
            pool.submit(
                odoo_run.script,
                database.name,
                WORKER,
                paths.LOGS / f"two-workers-{number}.log",
            )
            for number in range(2)
        ]
        try:
            wait_for_two(database)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [STARTING_LINE])
            helper.commit()
        for worker in workers:
            worker.result()
    ids = ", ".join(map(str, orders))
    states = database.query(
        f"SELECT DISTINCT state FROM sale_order WHERE id IN ({ids})"
    )
    assert database.query(states) == [["sale"]]
    launched = database.query(
        "SELECT line.order_id, sum(move.product_uom_qty) FROM stock_move move "
        "JOIN sale_order_line line ON line.id = move.sale_line_id "
        f"WHERE line.order_id IN ({ids}) AND move.state != 'cancel' "
        "GROUP BY line.order_id"
    )
    assert {float(quantity) for _order, quantity in launched} == {3.0}
    assert len(launched) == ORDERS
    left = database.query(
        "SELECT state, error FROM order_recheck WHERE error IS NOT NULL "
        f"OR (topic = 'confirm' AND res_id IN ({ids}))"
    )
    assert not left, left


def test_what_another_holds_is_left_to_it(database, connections):
    """A row that another worker works on is neither taken nor counted."""
    with OdooServer(database, cron_threads=0) as server:
        admin = Session(server.url, database.name, "admin", None)
        manager = Session(server.url, database.name, ADMINISTRATOR, None)
        held, free = manager.call("sale.order", "search", [], limit=2)
        other = connections()
        mark(other, [held, free], "progress")
        with other.cursor() as cursor:
            cursor.execute(
                "SELECT id FROM order_recheck WHERE res_id = %s AND topic = 'progress' "
                "FOR UPDATE",
                [held],
            )
            cron = ref(database, "order_recheck_cron")
            admin.call("ir.cron", "method_direct_trigger", [cron])
            rows = database.query(
                "SELECT res_id, attempts, error FROM order_recheck "
                f"WHERE topic = 'progress' AND res_id IN ({held}, {free})"
            )
            assert [(int(i), int(n)) for i, n, _error in rows] == [(held, 0)]
        other.rollback()
        admin.call("ir.cron", "method_direct_trigger", [cron])
        assert not database.query(
            "SELECT id FROM order_recheck WHERE topic = 'progress' "
            f"AND res_id IN ({held}, {free})"
        )
