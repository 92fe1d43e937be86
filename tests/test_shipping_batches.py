"""[SHP-1] Beside batches and waves: as a plain stock user nothing leaves without a
release."""

import pytest

from devkit import odoo_run, paths
from devkit.rpc import RpcError

DATABASE = "plain"
INSTALL = """
env["ir.module.module"].search([
    ("name", "=", "stock_picking_batch"),
]).button_immediate_install()
env.cr.commit()
"""
SETUP = """
from odoo import Command

company = env.company
env["res.users"].create({
    "name": "Packer", "login": "packer", "password": "packer",
    "email": "packer@example.com", "company_id": company.id,
    "company_ids": [Command.set(company.ids)],
    "group_ids": [Command.set(env.ref("stock.group_stock_user").ids)],
})
kind = env["order.type"].create({
    "name": "Guarded", "asks_shipping_release": True, "shipping_balance": "none",
})
customer = env["res.partner"].create({"name": "Water Works"})
pump = env["product.product"].create({"name": "Pump", "type": "consu"})
for number in range(2):
    order = env["sale.order"].create({
        "partner_id": customer.id,
        "client_order_ref": f"B{number}",
        "order_type_id": kind.id,
        "order_line": [Command.create({"product_id": pump.id, "product_uom_qty": 4})],
    })
    order.action_confirm()
env.cr.commit()
"""
LET_GO = """
for order in env["sale.order"].search([("client_order_ref", "=", "B0")]):
    release = env["order.shipping.release"].browse(
        order.action_request_shipping()["res_id"]
    )
    release.action_request()
    release.action_release()
env.cr.commit()
"""


@pytest.fixture(scope="module")
def database(database):
    odoo_run.script(database.name, INSTALL, paths.LOGS / "batches_install.log")
    odoo_run.script(database.name, SETUP, paths.LOGS / "batches.log")
    return database


def count_left(database):
    rows = database.query(
        "SELECT COALESCE(SUM(quantity), 0) FROM stock_move_line WHERE state = 'done'"
    )
    return float(rows[0][0])


def deliveries(packer):
    return packer.call("stock.picking", "search", [("sale_id", "!=", False)])


def test_batches_and_waves(rpc, database):
    """Refused without a release, one by one and together; what was let go leaves."""
    packer = rpc("packer")
    pickings = deliveries(packer)
    assert len(pickings) == 2
    lines = packer.call("stock.move.line", "search", [("picking_id", "in", pickings)])
    packer.call("stock.move.line", "write", lines, {"picked": True})
    batch = packer.call(
        "stock.picking.batch", "create", {"picking_ids": [(6, 0, pickings)]}
    )
    packer.call("stock.picking.batch", "action_confirm", [batch])
    with pytest.raises(RpcError, match="requests a shipping release"):
        packer.call("stock.picking.batch", "action_done", [batch])
    assert count_left(database) == 0

    wave = packer.call("stock.picking.batch", "create", {"is_wave": True})
    wizard = packer.call("stock.add.to.wave", "create", {
        "mode": "existing", "wave_id": wave, "line_ids": [(6, 0, lines[:1])],
    }, context={"active_model": "stock.move.line"})  # fmt: skip
    packer.call(
        "stock.add.to.wave",
        "attach_pickings",
        [wizard],
        context={"active_model": "stock.move.line"},
    )
    with pytest.raises(RpcError, match="requests a shipping release"):
        packer.call("stock.picking.batch", "action_done", [wave])
    assert count_left(database) == 0

    odoo_run.script(database.name, LET_GO, paths.LOGS / "batches_let_go.log")
    (released,) = packer.call(
        "stock.picking", "search", [("sale_id.client_order_ref", "=", "B0")], limit=1
    )
    last = packer.call(
        "stock.picking.batch", "create", {"picking_ids": [(6, 0, [released])]}
    )
    packer.call("stock.picking.batch", "action_confirm", [last])
    packer.call("stock.picking.batch", "action_done", [last])
    assert count_left(database) == 4
