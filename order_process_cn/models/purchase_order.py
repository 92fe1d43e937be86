from odoo import api, models


class PurchaseOrder(models.Model):
    """The conductor of the purchase order: see sale_order.py."""

    _name = "purchase.order"
    _inherit = ["purchase.order", "order.urgency.mixin", "order.standing.mixin"]
    _standing_paths = ("reference_ids.sale_ids", "order_line.sale_order_id")

    @api.constrains("state")
    def _check_requested_goods(self):
        """What is ordered was requested, on whatever road it came to that. [MFG-3]"""
        self.order_line._check_requested()

    def button_cancel(self):
        result = super().button_cancel()
        # whoever cancels a purchase need not see what it was made for
        lines = self.sudo().order_line
        measures = self.env["order.measure"].sudo()
        measures.search(
            [("purchase_line_id", "in", lines.ids)]
        )._on_purchase_cancelled()
        return result
