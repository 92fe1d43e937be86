from odoo import models


class OrderReviewTask(models.Model):
    """My Signatures: where the order that is to be signed is. [ANA-4]"""

    _name = "order.review.task"
    _inherit = ["order.review.task", "order.standing.mixin"]

    def _get_standing_orders(self):
        """Seats of other documents say nothing of an order: they have a column of
        their own for whose move it is."""
        orders = self.env["sale.order"]
        return {
            task: orders.browse(task.review_id.res_id)
            if task.review_id.res_model == "sale.order"
            else orders
            for task in self
        }
