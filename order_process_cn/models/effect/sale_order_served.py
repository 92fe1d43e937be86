from odoo import api, models


class SaleOrder(models.Model):
    """Which orders nothing may be delivered, made or bought for (CFM-3)."""

    _inherit = "sale.order"

    @api.constrains("stock_reference_ids")
    def _check_references_are_served(self):
        """The same link, made from the order."""
        self.stock_reference_ids._check_order_is_served()
