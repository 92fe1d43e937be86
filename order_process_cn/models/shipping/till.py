"""Goods of sales orders that a till hands out (SHP-1).

A till moves goods by transfers of its own, which belong to no order. Where one is
installed its transfers are made for each order apart and say for which they are; then
every gate on goods that leave knows them. The addon needs no till for that: what is
called here is called by one.
"""

from odoo.fields import Domain

from ..effect.held import is_held
from .order_goods import asks_for_release, is_of_procedure
from .till_closing import follow_closing


def get_settled_order(line):
    """Return the order that one line of a receipt settles, or gives back a part of;
    none if that is nothing to a procedure.

    :param line: a ``pos.order.line``
    """
    order = line.env["sale.order"].sudo()  # whoever sells at a till need not see orders
    if "sale_order_line_id" not in line._fields:
        return order  # the till knows no sales orders
    for own in (line.sudo(), line.sudo().refunded_orderline_id):
        order = order or own.sale_order_line_id.order_id or own.sale_order_origin_id
    return order if is_of_procedure(order) else order.browse()


def find_till_gap(order):
    """Return in words why nothing of one order is handed out at a till yet."""
    if order.state == "cancel":
        return order.env._("it is cancelled")
    if is_held(order):
        return order.env._("it is not in effect yet")
    if order.state == "sale":
        return ""
    if asks_for_release(order):
        return order.env._("it is not confirmed, and its goods need a release")
    return "" if order._filtered_ready("confirm") else order.env._("it is not approved")


def hand_out(lines, hand_out_of_one):
    """Have the lines of receipts handed out, for each order apart: what has to stay of
    one keeps nothing of another.

    :param hand_out_of_one: called with lines, returns their transfers
    :return: all transfers
    """
    transfers = lines.env["stock.picking"]
    for order, own in lines.grouped(get_settled_order).items():
        moved = hand_out_of_one(own)
        if order:
            follow_closing(own, moved)
            leave_to_order(order, moved)
        transfers |= moved
    return transfers


def leave_to_order(order, transfers):
    """Give up what a till was not let hand out: it leaves with the transfer of the
    order, or waits where core has cancelled that already."""
    refused = transfers.sudo().filtered(  # whoever sells need not move goods
        lambda picking: (
            picking.state not in {"done", "cancel"}
            and picking.location_dest_id._is_outgoing()
        )
    )
    if not refused:
        return
    moves = order.order_line.move_ids
    coming = order.state in {"draft", "sent"} or is_held(order)
    if coming or any(move.state not in {"done", "cancel"} for move in moves):
        refused.action_cancel()
    order._tell_owner(
        order.env._(
            "%s was paid at the till, and its goods had to stay: see that they are "
            "released. They leave with the transfer.",
            order.name,
        ),
        key="till.stays",
    )


def link_to_settled(moves):
    """Say of moves that a till launches, to be delivered later, for which order."""
    if "pos_order_ids" not in moves.env["stock.reference"]._fields:
        return
    # whoever sells at a till need not see moves and orders
    for move in moves.sudo().filtered(
        lambda m: not m.sale_line_id and not m.till_order_id
    ):
        lines = move.reference_ids.pos_order_ids.lines
        if lines and move.location_dest_id._is_outgoing():
            same = lines.filtered_domain(Domain("product_id", "=", move.product_id.id))
            orders = [get_settled_order(line) for line in same or lines]
            move.till_order_id = next(filter(None, orders), False)
