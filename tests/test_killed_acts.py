"""[CHG-1] [AFS-1] [SHP-1] [SHP-4] The server is killed when an act has checked and
written everything, at the moment of the commit: nothing of it is there, and it is done
by the next server, once."""

import threading
import time
from contextlib import contextmanager

import pytest
from steps import PATIENCE

from devkit import odoo_run, paths
from devkit.rpc import Session
from devkit.server import OdooServer

DATABASE = "plain"
PICTURE = (  # a point
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGA"
    "WjR9awAAAABJRU5ErkJggg=="
)
GATE = 4711  # an advisory lock

# four orders over four: one whose change is agreed to, one of which a piece came back
# and is to be replaced, one whose goods have arrived, one whose goods were let go
SETUP = """
from odoo import Command

company, me = env.company, env.ref("base.user_admin")
for name in {"stock_text_confirmation", "stock_move_sms_validation"}:
    if name in company._fields:
        company[name] = False
groups = env["ir.model.data"].search([
    ("module", "=", "order_process_cn"), ("model", "=", "res.groups"),
])
me.group_ids = [Command.link(group) for group in groups.mapped("res_id")]
env["order.entry.rule"].search([]).active = False
env = env(user=me.id)
customer = env["res.partner"].create({"name": "Customer"})
pump = env["product.product"].create({"name": "Pump", "type": "consu"})

def sell(scene, **values):
    kind = env["order.type"].create({"name": scene, **values})
    order = env["sale.order"].create({
        "partner_id": customer.id, "origin": scene, "order_type_id": kind.id,
        "order_type_reason": "Tried", "order_line": [Command.create({
            "product_id": pump.id, "product_uom_qty": 4,
        })],
    })
    order.action_confirm()
    return order

def ship(pickings):
    pickings.action_assign()
    pickings.button_validate()
    assert set(pickings.mapped("state")) == {"done"}

order = sell("apply")
change = env["order.change.request"].browse(
    env["order.change.request"].action_open(order.id)["res_id"]
)
change.reason_id = env["order.change.reason"].search([], limit=1)
change.line_ids.quantity = 6
change = change.sudo()
change._move_to("requested")
change._move_to("agreed")
change._keep_waiting("apply")

order = sell("settle", asks_service_case=True)
ship(order.picking_ids)
cases = env["order.service.case"]
case = cases.browse(cases.action_open(order.id, "return")["res_id"])
case.write({
    "reason_id": env["order.service.reason"].search([], limit=1).id,
    "description": "Leaks",
})
case.line_ids.quantity = 1
case.action_request()
case.action_collect()
ship(case.sudo().return_picking_ids)
for inspection in case.sudo().line_ids.inspection_ids:
    inspection.sudo(False).quantity_passed = inspection.quantity
    inspection.sudo(False).action_done()
case.line_ids.decision = "replace"
assert case.state == "inspected"

ship(sell("receipt").picking_ids)

order = sell("ship", asks_shipping_release=True, shipping_balance="none")
order.picking_ids.action_assign()
release = env["order.shipping.release"].browse(
    order.action_request_shipping()["res_id"]
)
release.action_request()
release.action_release()
env.cr.commit()
"""

# what waits at the commit of whoever has written such a row
WAIT = """
    CREATE OR REPLACE FUNCTION wait_at_commit() RETURNS trigger AS $$
    BEGIN PERFORM pg_advisory_xact_lock({gate}); RETURN NULL; END $$ LANGUAGE plpgsql;
    CREATE CONSTRAINT TRIGGER wait_at_commit AFTER INSERT OR UPDATE ON {table}
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION wait_at_commit()
"""
GO_ON = "DROP TRIGGER wait_at_commit ON {table}"
WAITING = (
    "SELECT pid FROM pg_stat_activity WHERE datname = current_database() "
    "AND wait_event = 'advisory'"
)


@pytest.fixture(scope="module")
def database(database):
    odoo_run.script(database.name, SETUP, paths.LOGS / "killed-acts.log")
    return database


@pytest.fixture(scope="module")
def house(database):
    """Starts servers on the same database, one after another."""
    house = House(database)
    yield house
    house.stop()


class House:
    def __init__(self, database):
        self.database = database
        self.server = self.admin = None

    def open(self):
        if self.server is None:
            # without scheduler threads: the test says when the worker runs
            self.server = OdooServer(self.database, cron_threads=0).start()
            self.admin = Session(self.server.url, self.database.name, "admin", None)

    def stop(self):
        if self.server:
            self.server.stop()

    def kill(self):
        """As when the machine loses power, with its connections."""
        self.server.process.kill()
        self.server.process.wait()
        self.server = None

    def call(self, *what):
        return self.admin.call(*what)

    def work(self):
        """Run the worker as the scheduler does."""
        (cron,) = self.call(
            "ir.cron", "search", [("model_id.model", "=", "order.recheck")]
        )
        self.call("ir.cron", "method_direct_trigger", [cron])

    def find(self, model, path, scene):
        return self.call(model, "search", [(f"{path}.origin", "=", scene)])


# -- the acts --------------------------------------------------------------------------


def work(house):
    house.work()


def settle_case(house):
    cases = house.find("order.service.case", "order_id", "settle")
    house.call("order.service.case", "action_settle", cases)


def register_receipt(house):
    (picking,) = house.find("stock.picking", "sale_id", "receipt")
    wizard = house.call(
        "order.delivery.receipt.wizard",
        "create",
        {
            "picking_id": picking,
            "received_by": "Mr. Wang",
            "signature": PICTURE,
        },
    )
    house.call("order.delivery.receipt.wizard", "action_confirm", [wizard])


def begin_shipping(house):
    """What the desk has begun is stored, and waits for the worker."""
    releases = house.find("order.shipping.release", "order_id", "ship")
    house.call("order.shipping.release", "action_ship", releases)


MOVES = (
    "SELECT COALESCE(SUM(move.product_uom_qty) FILTER (WHERE move.state = 'done'), 0), "
    "COALESCE(SUM(move.product_uom_qty) FILTER (WHERE move.state NOT IN ('done', "
    "'cancel')), 0) FROM stock_move move JOIN sale_order_line line "
    "ON line.id = move.sale_line_id JOIN sale_order ON sale_order.id = line.order_id "
    "WHERE sale_order.origin = '{}' AND move.service_case_line_id IS NULL"
)
# {scene: (act, table that it writes, what is stored, before, afterwards)}
ACTS = {
    "apply": (
        work,
        "order_change_request",
        "SELECT state, (SELECT count(*) FROM order_version v WHERE v.change_id = c.id) "
        "FROM order_change_request c",
        ["agreed", "0", 0, 4],
        ["applied", "1", 0, 6],
    ),
    "settle": (
        settle_case,
        "order_service_case",
        "SELECT state FROM order_service_case",
        ["inspected", 4, 0],
        ["settled", 4, 1],
    ),
    "receipt": (
        register_receipt,
        "order_delivery_receipt",
        "SELECT count(*) FROM order_delivery_receipt",
        ["0", 4, 0],
        ["1", 4, 0],
    ),
    "ship": (
        work,
        "order_shipping_batch_line",
        "SELECT state FROM order_shipping_batch_line",
        ["waiting", 0, 4],
        ["shipped", 4, 0],
    ),
}


@contextmanager
def held_at_commit(database, connection, table):
    """Whoever has written a row of this table does not come to the end of his commit,
    and his connection breaks with the server."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [GATE])
        database.query(WAIT.format(gate=GATE, table=table))
        yield
        for (pid,) in database.query(WAITING):
            database.query(f"SELECT pg_terminate_backend({pid})")
        connection.rollback()
        cursor.execute("SELECT pg_advisory_unlock(%s)", [GATE])
    database.query(GO_ON.format(table=table))


def wait_for_the_commit(database):
    deadline = time.monotonic() + 3 * PATIENCE
    while not database.query(WAITING):
        assert time.monotonic() < deadline, "the act never came to its commit"


@pytest.mark.parametrize("scene", ACTS)
def test_killed_at_the_commit(database, connections, house, scene):
    act, table, statement, before, afterwards = ACTS[scene]

    def read():
        (own,) = database.query(statement)
        (moved,) = database.query(MOVES.format(scene))
        return [*own, *map(float, moved)]

    house.open()
    if scene == "ship":
        begin_shipping(house)
    assert read() == before
    broken = []

    def run():
        try:
            act(house)
        except OSError as error:  # the connection broke with the server
            broken.append(error)

    with held_at_commit(database, connections(), table):
        thread = threading.Thread(target=run)
        thread.start()
        wait_for_the_commit(database)
        house.kill()
        thread.join()
    assert broken, "the act was to be killed"
    assert read() == before
    house.open()
    act(house)
    assert read() == afterwards
    act(house)
    assert read() == afterwards
