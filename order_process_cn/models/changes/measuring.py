"""How much of its goods a document is about, to see whether a change has reached it."""


def measure(effect):
    """Return how much of its product the document of ``effect`` is about now."""
    document, product = effect._get_document(), effect.product_id
    if not document or document.state == "cancel":
        return 0.0
    if effect.res_model == "mrp.production":
        quantity, unit = document.product_qty, document.product_uom_id
        return unit._compute_quantity(quantity, effect.product_uom_id)
    if effect.res_model == "order.shipping.release":
        # counted in the units of the products
        own = document.line_ids.filtered(lambda line: line.product_id == product)
        return sum(own.mapped("product_qty"))
    if effect.res_model == "stock.picking":
        rows = [
            (move.product_uom_qty, move.product_uom)
            for move in document.move_ids
            if move.product_id == product and move.state not in {"done", "cancel"}
        ]
    else:
        rows = [
            (line.product_qty, line.product_uom_id)
            for line in document.order_line
            if line.product_id == product
        ]
    return sum(
        unit._compute_quantity(quantity, effect.product_uom_id)
        for quantity, unit in rows
    )
