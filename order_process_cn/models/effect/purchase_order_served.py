from odoo import api, models

from .served import filtered_not_served, refuse_serving


class PurchaseOrder(models.Model):
    """[CFM-3] a purchase that carries the reference of an order serves it as well."""

    _inherit = "purchase.order"

    # not on the state: what was bought for an order that is cancelled later may come
    @api.constrains("reference_ids")
    def _check_order_is_served(self):
        for purchase in self.filtered(lambda purchase: purchase.state != "cancel"):
            referred = purchase.reference_ids.sale_ids
            # what serves several goes on for the others
            if not referred - filtered_not_served(referred):
                refuse_serving(referred)
        self.order_line._check_launch_is_signed()
