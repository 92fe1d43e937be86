from odoo import api, models

from .launched import count_moves
from .served import refuse_serving
from .signed_goods import get_signed_goods, refuse_beyond_signed


class StockMove(models.Model):
    """[CFM-3] goods go out for orders that may be served only, by whatever link, and
    [REV-5] while a part of an order waits for signatures no more than was signed."""

    _inherit = "stock.move"

    def _leads_out(self):
        """Whether one move leads to a customer, with its last step or another."""
        return (self.location_final_id or self.location_dest_id)._is_outgoing()

    def _get_launched_quantity(self):
        """Return what one move has moved or is to move, in the unit of the product."""
        quantity = self.quantity if self.state == "done" else self.product_uom_qty
        return self.product_uom._compute_quantity(quantity, self.product_id.uom_id)

    @api.constrains(
        "sale_line_id",
        "reference_ids",
        "state",
        "location_dest_id",
        "location_final_id",
    )
    def _check_order_is_served(self):
        leaving = self._filtered_leaving()
        linked = leaving.filtered("sale_line_id")
        orders = linked.sale_line_id.order_id
        orders |= (leaving - linked).reference_ids.sale_ids
        # what goes with a suspended order stays until it leaves, see hold
        refuse_serving(orders, is_new=False)

    # not on the quantity that is done: what is loaded is the warehouse's to report
    @api.constrains(
        "sale_line_id",
        "reference_ids",
        "product_id",
        "product_uom_qty",
        "product_uom",
        "location_dest_id",
        "location_final_id",
    )
    def _check_launch_is_signed(self):
        leaving = self._filtered_leaving().filtered(lambda m: m.state != "done")
        leaving -= leaving.browse(self._get_merging())
        linked = leaving.filtered("sale_line_id")
        for order, moves in linked.grouped(lambda m: m.sale_line_id.order_id).items():
            refuse_beyond_signed(order, moves.product_id, count_moves)
        for order in (leaving - linked).reference_ids.sale_ids:
            moves = (leaving - linked).filtered(
                lambda m, order=order: order in m.reference_ids.sale_ids
            )
            # what was never ordered is nobody's to sign
            products = moves.product_id & moves.product_id.concat(
                *get_signed_goods(order)
            )
            refuse_beyond_signed(order, products, count_moves)

    def _filtered_leaving(self):
        return self.filtered(
            lambda move: (
                move.state != "cancel"
                and (move.sale_line_id or move.reference_ids)
                and move._leads_out()
            )
        )

    def _get_merging(self):
        """Return the ids of moves that core is putting together in this transaction:
        one is enlarged before the other goes, and both are looked at afterwards."""
        data = self.env.cr.precommit.data
        return data.setdefault("order_process.merging", set())
