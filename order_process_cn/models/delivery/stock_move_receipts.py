from odoo import models


class StockMove(models.Model):
    _inherit = "stock.move"

    def _get_kept_quantity(self):
        """Return how much of one move is still where it went, in its unit."""
        self.ensure_one()
        back = sum(
            move.product_uom._compute_quantity(move.quantity, self.product_uom)
            for move in self.returned_move_ids
            if move.state == "done"
        )
        return self.quantity - back
