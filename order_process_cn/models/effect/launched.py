"""What is delivered, made and bought for one order: ``({product: quantity}, other
orders that are served by the same)``. Counted over everything that names the order:
what a line is linked to and what only carries its reference."""

from collections import Counter


def count_moves(order):
    """Count what goes out, the last step of each chain, less what came back."""
    references = order.stock_reference_ids.move_ids
    moves = order.order_line.move_ids | references.filtered(
        lambda move: not move.sale_line_id
    )
    moves = moves.filtered(lambda move: move.state != "cancel")
    found = Counter()
    for move in moves:
        if move._leads_out():
            if not move.move_dest_ids & moves:
                found[move.product_id] += move._get_launched_quantity()
        elif move.state == "done" and move.location_id._is_outgoing():
            found[move.product_id] -= move._get_launched_quantity()
    return found, moves.reference_ids.sale_ids - order


def count_productions(order):
    """Count what is made and was made."""
    linked = order.env["mrp.production"].search(
        [("sale_line_id", "in", order.order_line.ids)]
    )
    productions = (linked | order.stock_reference_ids.production_ids).filtered(
        lambda production: production.state != "cancel"
    )
    found = Counter()
    for production in productions:
        is_done = production.state == "done"
        found[production.product_id] += production.product_uom_id._compute_quantity(
            production.qty_produced if is_done else production.product_qty,
            production.product_id.uom_id,
        )
    return found, productions.reference_ids.sale_ids - order


def count_purchases(order):
    """Count what is bought, whether the line or the whole purchase names us."""
    lines = (
        order.order_line.purchase_line_ids
        | order.stock_reference_ids.purchase_ids.order_line
    ).filtered(lambda line: line.state != "cancel")
    found = Counter()
    for line in lines.filtered("product_id"):
        found[line.product_id] += line.product_uom_id._compute_quantity(
            line.product_qty, line.product_id.uom_id
        )
    return found, lines.order_id.reference_ids.sale_ids - order
