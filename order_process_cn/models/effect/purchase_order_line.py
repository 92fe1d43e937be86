from odoo import api, models

from .launched import count_purchases
from .served import refuse_serving
from .signed_goods import refuse_beyond_signed


class PurchaseOrderLine(models.Model):
    _inherit = "purchase.order.line"

    # not on the state: what was bought for an order that is cancelled later may come
    @api.constrains("sale_line_id")
    def _check_order_is_served(self):
        """[CFM-3] bought is for orders that may be served only."""
        bought = self.filtered(lambda line: line.state != "cancel")
        refuse_serving(bought.sale_line_id.order_id)
        bought.sale_line_id._refuse_suspended()

    @api.constrains("sale_line_id", "product_id", "product_qty", "product_uom_id")
    def _check_launch_is_signed(self):
        """[REV-5] while a part of an order waits, no more is bought than was signed.

        What stock moves asked for is the engine's: lots and minimum quantities of a
        vendor make it more than was ordered.
        """
        by_hand = self.filtered(
            lambda line: (
                line.product_id and line.state != "cancel" and not line.move_dest_ids
            )
        )
        for line in by_hand:
            order = line.sale_line_id.order_id
            for served in order | line.order_id.reference_ids.sale_ids:
                if line.product_id in served.order_line.product_id or served == order:
                    refuse_beyond_signed(served, line.product_id, count_purchases)

    def _give_back(self, order):
        """Take out of these draft lines what they buy for a sales order only."""
        for line in self:
            moves = line.move_dest_ids.filtered(
                lambda move: (
                    order in move.reference_ids.sale_ids
                    or move.sale_line_id.order_id == order
                )
            )
            quantity = sum(moves.mapped("product_uom_qty")) or (
                line.product_qty if line.sale_line_id.order_id == order else 0
            )
            left = line.product_qty - quantity
            if left > 0:
                line.product_qty = left
            else:
                line.unlink()
