"""What the warehouse and the workshop do."""

from odoo import Command

from ....models.effect.take_back import get_all_productions
from .registry import act


@act(weight=2, serves=True)
def ship(walk, which, what):
    """All, a part or more than that; the rest follows or is given up."""
    keeper = walk.case.keeper
    pickings = walk.open_transfers()
    if not (picking := walk.one_of(pickings, which)):
        return
    share = walk.one_of((1, 0.5, 1.5), what)
    for move in picking.move_ids:
        values = {"quantity": move.product_uom_qty * share, "picked": True}
        walk.rpc(keeper, move, "write", values)
    answer = walk.rpc(keeper, picking, "button_validate")
    if isinstance(answer, dict) and "backorder" in answer.get("res_model", ""):
        method = walk.one_of(("process", "process_cancel_backorder"), which)
        question = (
            walk.env["stock.backorder.confirmation"]
            .with_user(keeper)
            .with_context(**answer["context"])
            .create({"pick_ids": [Command.set(picking.ids)]})
        )
        getattr(question, method)()


@act(serves=True)
def cancel_transfer(walk, which, what):
    if picking := walk.one_of(walk.open_transfers(), which):
        walk.rpc(walk.case.keeper, picking, "action_cancel")


@act(serves=True)
def take_back_goods(walk, which, what):
    sent = walk.order.sudo().picking_ids.filtered(lambda p: p.state == "done")
    if not (picking := walk.one_of(sent, which)):
        return
    question = (
        walk.env["stock.return.picking"]
        .with_user(walk.case.keeper)
        .with_context(
            active_id=picking.id, active_ids=picking.ids, active_model=picking._name
        )
        .create({"picking_id": picking.id})
    )
    question.product_return_moves.quantity = 1
    question.action_create_returns()


@act(serves=True)
def serve_by_hand(walk, which, what):
    """A transfer that somebody makes for a line."""
    line = walk.line(which)
    values = {
        "product_id": line.product_id.id,
        "product_uom_qty": 1,
        "location_id": walk.case.warehouse.lot_stock_id.id,
        "location_dest_id": walk.env.ref("stock.stock_location_customers").id,
        "sale_line_id": line.id,
    }
    walk.rpc_model(walk.case.keeper, "stock.move", "create", [values])


@act(serves=True)
def produce(walk, which, what):
    open_ones = get_all_productions(walk.order.sudo()).filtered(
        lambda production: production.state not in {"done", "cancel"}
    )
    if production := walk.one_of(open_ones, which):
        if production.state == "draft":
            walk.rpc(walk.case.keeper, production, "action_confirm")
        share = walk.one_of((1, 0.5), what)
        made = {"qty_producing": production.product_qty * share}
        walk.rpc(walk.case.keeper, production, "write", made)
        walk.rpc(walk.case.keeper, production, "button_mark_done")


@act(serves=True)
def cancel_production(walk, which, what):
    if production := walk.one_of(get_all_productions(walk.order.sudo()), which):
        walk.rpc(walk.case.keeper, production, "action_cancel")
