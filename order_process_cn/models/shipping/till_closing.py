"""A till that moves its goods when its day ends (SHP-1).

Core calls them delivered as soon as they are paid, and gives the transfer of their
order up. Goods of the orders of a procedure are delivered when they have left: until
then that transfer stays, for what the till is not let hand out.
"""

from .order_goods import is_of_procedure


def take_back_undelivered(lines):
    """Take off what these order lines call delivered what waits for the end of a till's
    day."""
    if "pos_order_line_ids" not in lines._fields:
        return  # no till that knows sales orders
    # whoever delivers need not see receipts
    for line in lines.sudo():
        waiting = line.pos_order_line_ids.filtered(_waits_for_closing)
        if waiting and line.product_id.type == "consu":
            quantity = sum(waiting.mapped("qty"))
            unit = line.product_id.uom_id
            line.qty_delivered -= unit._compute_quantity(
                quantity, line.product_uom_id, round=False
            )


def _waits_for_closing(line):
    """Whether the goods of one line of a receipt have still to leave."""
    receipt, order = line.order_id, line.sale_order_line_id.order_id
    session = receipt.session_id
    if (
        receipt.state in {"draft", "cancel"}
        or receipt.picking_ids
        or not session.update_stock_at_closing
        or not is_of_procedure(order)
    ):
        return False
    moves = session.picking_ids.move_ids.filtered(lambda m: m.till_order_id == order)
    return not moves or any(move.state != "done" for move in moves)


def follow_closing(lines, transfers):
    """Have the transfer of an order follow what a till has handed out of it at the end
    of its day, as core has it follow what leaves at once.

    :param lines: of receipts, for one order
    :param transfers: what became of them
    """
    own = lines.filtered(lambda line: line.order_id.session_id.update_stock_at_closing)
    sold = own.sudo().sale_order_line_id  # whoever sells need not see orders
    if not sold:
        return
    # as core does it right after: by that it is known what has left
    transfers.sudo().pos_session_id = own.order_id.session_id
    sold.env.add_to_compute(sold._fields["qty_delivered"], sold)
    if all(transfer.state == "done" for transfer in transfers):
        for line, part in own.sudo().grouped("sale_order_line_id").items():
            _leave_less(line, max(sum(part.mapped("qty")), 0))


def _leave_less(line, quantity):
    """Take ``quantity``, in the unit of the product, off the open moves of one line."""
    quantity = line.product_id.uom_id._compute_quantity(
        quantity, line.product_uom_id, round=False
    )
    waiting = line.move_ids.filtered(lambda m: m.state not in {"done", "cancel"})
    steps = waiting.grouped(lambda m: (m.location_dest_id, m.product_id))
    for moves in steps.values():
        left = line.compute_uom_qty(quantity, moves[0], False)
        for move in moves:
            taken = min(left, move.product_uom_qty)
            move.product_uom_qty -= taken
            left -= taken
    for transfer in waiting.picking_id:
        if not any(transfer.move_ids.mapped("product_uom_qty")):
            transfer.action_cancel()
