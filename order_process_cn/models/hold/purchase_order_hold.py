from odoo import api, models


class PurchaseOrder(models.Model):
    """[CFM-8] nothing is bought for what is suspended only."""

    _inherit = "purchase.order"

    @api.constrains("state")
    def _check_not_suspended(self):
        # whoever buys need not see sales orders
        for line in self.filtered(lambda p: p.state == "purchase").sudo().order_line:
            moves = line.move_dest_ids
            served = line.sale_line_id | moves.sale_line_id
            for production in moves.raw_material_production_id:
                served |= production._get_served_lines()
            if served and all(served.mapped("is_suspended")):
                served._refuse_suspended()
