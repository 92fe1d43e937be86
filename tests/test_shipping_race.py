"""[SHP-1] Two people ship the last pieces at the same moment: two connections."""

import pytest
from steps import RETRIED, at_once

from devkit.rpc import RpcError

DATABASE = "plain"
ROUNDS = 50
SERVER = {"cron_threads": 0}
# a transaction that comes second is refused by the database and retried by Odoo
EXPECTED_ERRORS = RETRIED


@pytest.fixture(scope="module")
def kind(boss):
    return boss.call(
        "order.type", "create", {"name": "Guarded", "asks_shipping_release": True}
    )


@pytest.fixture(scope="module")
def product(boss):
    """A product of which there is plenty."""
    return boss.call("product.product", "create", {"name": "Pump", "type": "consu"})


def read(session, model, record, name):
    return session.call(model, "read", [record], [name], load=None)[0][name]


def sell(session, product, kind):
    """Return an order over four, of which two transfers want two each, and a release
    for two of them."""
    customer = session.call("res.partner", "create", {"name": "Customer"})
    line = {"product_id": product, "product_uom_qty": 4}
    order = session.call(
        "sale.order",
        "create",
        {
            "partner_id": customer,
            "order_type_id": kind,
            "order_type_reason": "Goods are guarded",
            "order_line": [(0, 0, line)],
        },
    )
    session.call("sale.order", "action_confirm", [order])
    picking = read(session, "sale.order", order, "picking_ids")[0]
    move = read(session, "stock.picking", picking, "move_ids")[0]
    session.call("stock.move", "write", [move], {"quantity": 2})
    session.call("stock.picking", "action_split_transfer", [picking])
    pickings = read(session, "sale.order", order, "picking_ids")
    assert len(pickings) == 2
    for other in pickings:
        moves = read(session, "stock.picking", other, "move_ids")
        session.call("stock.move", "write", moves, {"quantity": 2, "picked": True})
    release = session.call("sale.order", "action_request_shipping", [order])["res_id"]
    lines = read(session, "order.shipping.release", release, "line_ids")
    session.call("order.shipping.line", "write", lines, {"quantity": 2})
    for act in ("action_request", "action_release"):
        session.call("order.shipping.release", act, [release])
    return pickings, release


def shipping(session, picking):
    return lambda: session.call("stock.picking", "button_validate", [picking])


def count_left(database, pickings):
    rows = database.query(
        "SELECT COALESCE(SUM(quantity), 0) FROM stock_move_line "
        f"WHERE state = 'done' AND picking_id IN ({pickings[0]}, {pickings[1]})"
    )
    return float(rows[0][0])


def test_the_last_pieces(database, boss, rival, product, kind):
    """One wins, the other is told in words; nothing is lost and nothing too much."""
    for _round in range(ROUNDS):
        pickings, _release = sell(boss, product, kind)
        results = at_once(shipping(boss, pickings[0]), shipping(rival, pickings[1]))
        refusals = [result for result in results if isinstance(result, RpcError)]
        assert len(refusals) == 1
        assert "requests a shipping release" in str(refusals[0])
        assert count_left(database, pickings) == 2


def test_given_up_while_goods_leave(database, boss, rival, product, kind):
    """Either they leave on it or it is given up: never both."""
    for _round in range(5):
        pickings, release = sell(boss, product, kind)
        shipped, given_up = at_once(
            shipping(boss, pickings[0]),
            lambda release=release: rival.call(
                "order.shipping.release", "action_cancel", [release]
            ),
        )
        assert isinstance(shipped, RpcError) != isinstance(given_up, RpcError)
        left = 0 if isinstance(shipped, RpcError) else 2
        assert count_left(database, pickings) == left
