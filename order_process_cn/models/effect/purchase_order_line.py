from odoo import api, models


class PurchaseOrderLine(models.Model):
    _inherit = "purchase.order.line"

    # not on the state: what was bought for an order that is cancelled later may come
    @api.constrains("sale_line_id")
    def _check_order_is_served(self):
        """[CFM-3] bought is for orders that may be served only."""
        bought = self.filtered(lambda line: line.state != "cancel")
        bought.sale_line_id.order_id._refuse_serving()

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
