from odoo import models

from .growth import filtered_growth_closed, unlocked
from .held import is_held


class SaleOrder(models.Model):
    """What an order in force may launch beyond what was launched: nothing, while what
    it relied on does not stand for the order as it is now."""

    _inherit = "sale.order"

    def _launch_growth(self):
        """Launch what was held back of these orders, as far as it is free now. Called
        by the worker."""
        waiting = self.filtered(lambda order: order.state == "sale")
        lines = waiting.order_line.filtered(
            lambda line: line.held_quantity and not line.is_suspended
        )
        orders = lines.order_id.filtered(lambda order: not is_held(order))
        free = orders - filtered_growth_closed(orders)
        with unlocked(free):
            lines.filtered(lambda line: line.order_id in free)._launch_held_back()
