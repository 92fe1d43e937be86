"""[CNF-1] Two workers on two connections: each row is worked off once, and what one of
them holds the other leaves alone."""

import time
from concurrent.futures import ThreadPoolExecutor

from devkit import odoo_run, paths

DATABASE = "plain"
ORDERS = 60  # more than one batch
STARTING_LINE = 4711  # an advisory lock
PATIENCE = 180
# orders that are confirmed as soon as a worker looks at them, marked twice
HOUSE = f"""
env["order.review.route"].search([]).active = False
kind = env["order.type"].create(
    {{"name": "At once", "company_id": env.company.id, "confirms_automatically": True}}
)
pump = env["product.product"].create({{"name": "Pump", "is_storable": True}})
customer = env["res.partner"].create({{"name": "Customer"}})
line = {{"product_id": pump.id, "product_uom_qty": 3, "price_unit": 100}}
orders = env["sale.order"].create(
    [
        {{
            "partner_id": customer.id,
            "order_type_id": kind.id,
            "order_line": [(0, 0, line)],
        }}
    ]
    * {ORDERS}
)
env["order.recheck"].search([]).unlink()
orders._mark_for_recheck()
orders._mark_for_recheck("confirm")
env.cr.commit()
"""
# both see the database as it was at the starting line: what the first takes, the second
# still believes to be free
WORKER = f"""
env.cr.execute("SELECT pg_advisory_xact_lock_shared({STARTING_LINE})")
env["order.recheck"]._cron_recheck()
env.cr.commit()
"""


def run(database, code, name):
    odoo_run.script(database.name, code, paths.LOGS / f"two-workers-{name}.log")


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
    """Both have rows of the same orders: each order is confirmed and delivered once,
    and nothing has failed."""
    run(database, HOUSE, "house")
    with connections().cursor() as cursor, ThreadPoolExecutor(2) as pool:
        cursor.execute("SELECT pg_advisory_lock(%s)", [STARTING_LINE])
        workers = [pool.submit(run, database, WORKER, number) for number in (1, 2)]
        try:
            wait_for_two(database)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [STARTING_LINE])
        for worker in workers:
            worker.result()
    states = "SELECT state, count(*) FROM sale_order GROUP BY state"
    assert database.query(states) == [["sale", str(ORDERS)]]
    launched = database.query(
        "SELECT sum(move.product_uom_qty) FROM stock_move move "
        "JOIN sale_order_line line ON line.id = move.sale_line_id "
        "WHERE move.state != 'cancel' GROUP BY line.order_id"
    )
    assert [float(quantity) for (quantity,) in launched] == [3.0] * ORDERS
    left = "SELECT topic, state, attempts, error FROM order_recheck"
    assert not database.query(left)


def test_what_another_holds_is_left_to_it(database, connections):
    """A row that another worker works on is neither taken nor counted."""
    connection = connections()
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM sale_order ORDER BY id LIMIT 2")
        ids = [order for (order,) in cursor.fetchall()]
        cursor.execute(
            "INSERT INTO order_recheck (res_model, res_id, topic, state, attempts) "
            "SELECT 'sale.order', id, 'progress', 'waiting', 0 FROM unnest(%s) AS id",
            [ids],
        )
        connection.commit()
        cursor.execute(
            "SELECT id FROM order_recheck WHERE res_id = %s FOR UPDATE", ids[:1]
        )
        run(database, WORKER, "free")
        left = "SELECT res_id, attempts FROM order_recheck"
        assert database.query(left) == [[str(ids[0]), "0"]]
        connection.rollback()
    run(database, WORKER, "rest")
    assert not database.query(left)
