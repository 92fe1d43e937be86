from odoo import models

from .growth import mark_waiting_in_force

# what decides which orders a route asks for
REACH = {"active", "domain", "order_type_ids", "company_id"}


class OrderReviewRoute(models.Model):
    """[REV-5] what waited for a route that asks no more is free: the worker looks."""

    _inherit = "order.review.route"

    def write(self, vals):
        result = super().write(vals)
        if REACH & vals.keys():
            # whoever edits a route need not see orders; only marks are made
            mark_waiting_in_force(self.env["sale.order"].sudo())
        return result
