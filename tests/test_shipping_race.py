"""[SHP-1] Two people ship the last pieces at the same moment: two connections."""

import pytest
from steps import race

from devkit import odoo_run, paths
from devkit.rpc import RpcError

DATABASE = "plain"
ROUNDS, GIVEN_UP, LESS = 50, 5, 5
SERVER = {"cron_threads": 0}

# orders over four, of which two transfers want two each, and a release for two of them
SETUP = """
from odoo import Command

for name in {"stock_text_confirmation", "stock_move_sms_validation"}:
    if name in env.company._fields:
        env.company[name] = False
me = env.ref("base.user_admin")
env = env(user=me.id, context={"tracking_disable": True})
kind = env["order.type"].create({"name": "Guarded", "asks_shipping_release": True})
customer = env["res.partner"].create({"name": "Customer"})
pump = env["product.product"].create({"name": "Pump", "type": "consu"})
line = Command.create({"product_id": pump.id, "product_uom_qty": 4})
orders = env["sale.order"].create([
    {
        "partner_id": customer.id, "order_type_id": kind.id, "order_line": [line],
        "order_type_reason": "Goods are guarded",
    }
    for _round in range(ROUNDS)
])
orders.action_confirm()
orders.picking_ids.move_ids.quantity = 2
for picking in orders.picking_ids:
    picking.action_split_transfer()
orders.picking_ids.move_ids.write({"quantity": 2, "picked": True})
for order in orders:
    assert len(order.picking_ids) == 2
    release = env["order.shipping.release"].browse(
        order.action_request_shipping()["res_id"]
    )
    release.line_ids.quantity = 2
    release.action_request()
    release.action_release()
env.cr.commit()
"""
SCENES = """
    SELECT release.id, MIN(picking.id), MAX(picking.id)
      FROM order_shipping_release release
      JOIN stock_picking picking ON picking.sale_id = release.order_id
     GROUP BY release.id ORDER BY release.id
"""


@pytest.fixture(scope="module")
def database(database):
    code = f"ROUNDS = {ROUNDS + GIVEN_UP + LESS}\n{SETUP}"
    odoo_run.script(database.name, code, paths.LOGS / "shipping-race.log")
    return database


@pytest.fixture
def scenes(database):
    """Return ``[(release, first transfer, second transfer), …]``."""
    return [tuple(map(int, row)) for row in database.query(SCENES)]


def ship_first(session, scene):
    return session.call("stock.picking", "button_validate", [scene[1]])


def ship_second(session, scene):
    return session.call("stock.picking", "button_validate", [scene[2]])


def give_up(session, scene):
    return session.call("order.shipping.release", "action_cancel", [scene[0]])


def order_one(session, scene):
    """The customer wants one piece only, of four."""
    (release,) = session.call("order.shipping.release", "read", [scene[0]])
    (line,) = session.call("order.shipping.line", "read", release["line_ids"][:1])
    edit = {"product_uom_qty": 1}
    return session.call("sale.order.line", "write", [line["order_line_id"][0]], edit)


def count_left(database, scene):
    rows = database.query(
        "SELECT COALESCE(SUM(quantity), 0) FROM stock_move_line "
        f"WHERE state = 'done' AND picking_id IN {scene[1:]}"
    )
    return float(rows[0][0])


def test_the_last_pieces(database, people, scenes):
    """One wins, the other is told in words; nothing is lost and nothing too much."""
    scenes = scenes[:ROUNDS]
    for scene, results in zip(
        scenes, race(people, scenes, ship_first, ship_second), strict=True
    ):
        refusals = [result for result in results if isinstance(result, RpcError)]
        assert len(refusals) == 1
        assert "requests a shipping release" in str(refusals[0])
        assert count_left(database, scene) == 2


def test_given_up_while_goods_leave(database, people, scenes):
    """Either they leave on it or it is given up: never both."""
    scenes = scenes[ROUNDS : ROUNDS + GIVEN_UP]
    for scene, (shipped, given_up) in zip(
        scenes, race(people, scenes, ship_first, give_up), strict=True
    ):
        assert isinstance(shipped, RpcError) != isinstance(given_up, RpcError)
        left = 0 if isinstance(shipped, RpcError) else 2
        assert count_left(database, scene) == left


def test_less_is_ordered_while_goods_leave(database, people, scenes):
    """Either two leave, or the order says one: never more than is ordered."""
    scenes = scenes[ROUNDS + GIVEN_UP :]
    for scene, (shipped, reduced) in zip(
        scenes, race(people, scenes, ship_first, order_one), strict=True
    ):
        assert isinstance(shipped, RpcError) != isinstance(reduced, RpcError)
        left = 0 if isinstance(shipped, RpcError) else 2
        assert count_left(database, scene) == left
