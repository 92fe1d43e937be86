from odoo import models

from ..effect.growth import filtered_growth_guarded
from .follow import (
    find_pool_of,
    follow_after_launch,
    get_orders,
    name_pool,
    reduce_pool,
)


class StockRule(models.Model):
    """What comes too much for an order already serves it before more is made or bought,
    and what is needed less is taken from what comes for the same order."""

    _inherit = "stock.rule"

    def _get_guarded_needs(self, procurement):
        """Return ``(order, moves)``: the order under a procedure that a procurement is
        for, the first of several, and the moves that wait."""
        # whoever sells need not see what waits in production
        moves = procurement.values.get("move_dest_ids") or self.env["stock.move"]
        moves = moves.sudo()
        if moves:
            orders = get_orders(moves)
        elif _is_beside_shelf(procurement):
            orders = procurement.values["reference_ids"].sudo().sale_ids
        else:
            orders = self.env["sale.order"]
        return filtered_growth_guarded(orders)[:1], moves

    def _use_supplies(self, procurement, asked_before):
        """Return the procurement without what comes too much already.

        :param asked_before: how much those of the same moment before it ask for, of
            what is taken from the shelf first: a Counter, which it is added to
        """
        order, moves = self._get_guarded_needs(procurement)
        if not order:
            return procurement
        pool = find_pool_of(order, procurement, moves)
        supplies = pool.get_supplies()
        if not supplies:
            return procurement
        unit = procurement.product_id.uom_id
        asked = procurement.product_uom._compute_quantity(procurement.product_qty, unit)
        if unit.compare(asked, 0.0) < 0:
            reduce_pool(pool, less=None if moves else -asked)
            return procurement._replace(product_qty=0.0)
        if moves and pool.has_left_over():
            follow_after_launch(order)
        missing = pool.count_missing(sees_shelf=True)
        if not moves:  # nothing links those of one moment: all of them are missing
            key = order, procurement.product_id, procurement.location_id.warehouse_id
            missing -= asked_before[key]
            asked_before[key] += max(min(missing, asked), 0.0)
        if unit.compare(missing, asked) >= 0:
            return procurement
        for supply in supplies:
            if moves and supply._count_coming():
                supply._serve_supply(moves)
        name_pool(order, pool)
        rest = unit._compute_quantity(
            max(missing, 0.0), procurement.product_uom, rounding_method="UP"
        )
        return procurement._replace(product_qty=rest)


def _is_beside_shelf(procurement):
    """Whether one procurement is for what the shelf does not hold: core forgets who
    waits for it, but not for what reason."""
    values = procurement.values
    return (
        bool(values.get("reference_ids"))
        and not values.get("orderpoint_id")
        and bool(procurement.location_id.warehouse_id)
    )
