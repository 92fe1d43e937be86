from odoo import models


class StockMove(models.Model):
    """What comes back when goods are taken apart was inspected when it came in (MFG-7):
    as much as they contain, and no more."""

    _inherit = "stock.move"

    def _is_taken_apart(self):
        """Whether one move brings back what goods are made of that were taken apart,
        with its like not more than they contain, whatever is written on it."""
        order = self.unbuild_id
        if not super()._is_taken_apart():
            return False
        if self.location_id.usage != "production":
            return False
        moves = order.produce_line_ids.filtered(lambda m: m.state == "done")
        apart = moves.filtered(
            lambda m: (
                m.product_id == order.product_id
                and m.location_dest_id.usage == "production"
            )
        )
        back = moves.filtered(
            lambda m: (
                m.product_id == self.product_id and m.location_id == self.location_id
            )
        )
        contained = _get_contained(order, self.product_id, _count(apart))
        return self.product_id.uom_id.compare(_count(back), contained) <= 0


def _count(moves):
    """Return how much moved, in the product's unit."""
    return sum(moves.move_line_ids.mapped("quantity_product_uom"))


def _get_contained(order, product, quantity):
    """Return how much of ``product`` so many of what is taken apart contain."""
    made, bom = order.mo_id, order.bom_id
    if made:
        taken = made.move_raw_ids.filtered(lambda m: m.product_id == product)
        whole = made.move_finished_ids.filtered(
            lambda m: m.product_id == order.product_id
        )
        return _count(taken) * quantity / (_count(whole) or 1)
    if bom.product_tmpl_id != order.product_id.product_tmpl_id:
        return 0.0
    unit = order.product_id.uom_id
    factor = unit._compute_quantity(quantity, bom.product_uom_id) / bom.product_qty
    lines = bom.explode(order.product_id, factor, picking_type=bom.picking_type_id)[1]
    return sum(
        line.product_uom_id._compute_quantity(data["qty"], product.uom_id, round=False)
        for line, data in lines
        if line.product_id == product
    )
