"""[MFG-7] Two people receive the last pieces that passed at the same moment: two
connections."""

import pytest
from steps import at_once

from devkit.rpc import RpcError, Session

DATABASE = "plain"
ROUNDS = 20
SERVER = {"cron_threads": 0}
ADMIN = "admin"
INSPECTORS = "order_process_cn.order_group_inspector"


@pytest.fixture(scope="module")
def boss(server):
    """Somebody who receives and inspects."""
    session = Session(server.url, server.database.name, ADMIN, None)
    groups = find(session, "res.groups", INSPECTORS)
    users = session.call("res.users", "search", [("login", "=", ADMIN)])
    session.call("res.users", "write", users, {"group_ids": [(4, groups)]})
    return session


def find(session, model, xmlid):
    module, name = xmlid.split(".")
    (found,) = session.call(
        "ir.model.data",
        "search_read",
        [("module", "=", module), ("name", "=", name), ("model", "=", model)],
        ["res_id"],
    )
    return found["res_id"]


@pytest.fixture(scope="module")
def product(boss):
    """A product that is inspected when it arrives."""
    product = boss.call(
        "product.product", "create", {"name": "Casting", "is_storable": True}
    )
    boss.call(
        "order.inspection.point",
        "create",
        {"name": "Incoming", "product_ids": [(6, 0, [product])]},
    )
    return product


def read(session, model, record, name):
    return session.call(model, "read", [record], [name], load=None)[0][name]


def receive(session, product):
    """Return the two transfers by which two pieces each come in; two have passed."""
    (kind,) = session.call(
        "stock.picking.type",
        "search_read",
        [("code", "=", "incoming")],
        ["default_location_dest_id"],
        limit=1,
    )
    places = {
        "location_id": find(
            session, "stock.location", "stock.stock_location_suppliers"
        ),
        "location_dest_id": kind["default_location_dest_id"][0],
    }
    move = {"product_id": product, "product_uom_qty": 4, **places}
    picking = session.call(
        "stock.picking",
        "create",
        {"picking_type_id": kind["id"], "move_ids": [(0, 0, move)], **places},
    )
    session.call("stock.picking", "action_confirm", [picking])
    session.call("stock.picking", "action_request_inspection", [picking])
    (inspection,) = read(session, "stock.picking", picking, "inspection_ids")
    outcome = {"quantity_passed": 2, "quantity_scrap": 2}
    session.call("order.inspection", "write", [inspection], outcome)
    session.call("order.inspection", "action_done", [inspection])
    moves = read(session, "stock.picking", picking, "move_ids")
    session.call("stock.move", "write", moves, {"quantity": 2, "picked": True})
    session.call("stock.picking", "action_split_transfer", [picking])
    (rest,) = session.call("stock.picking", "search", [("backorder_id", "=", picking)])
    for transfer in (picking, rest):
        moves = read(session, "stock.picking", transfer, "move_ids")
        session.call("stock.move", "write", moves, {"quantity": 2, "picked": True})
    return picking, rest


def test_the_last_pieces(database, boss, rival, product):
    """One wins, the other is told in words; nothing is lost and nothing too much."""
    for _round in range(ROUNDS):
        first, second = receive(boss, product)
        results = at_once(
            lambda first=first: boss.call("stock.picking", "button_validate", [first]),
            lambda second=second: rival.call(
                "stock.picking", "button_validate", [second]
            ),
        )
        refusals = [result for result in results if isinstance(result, RpcError)]
        assert len(refusals) == 1
        assert "Goods have to be inspected" in str(refusals[0])
        rows = database.query(
            "SELECT COALESCE(SUM(quantity), 0) FROM stock_move_line "
            f"WHERE state = 'done' AND picking_id IN ({first}, {second})"
        )
        assert float(rows[0][0]) == 2
