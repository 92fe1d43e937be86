from odoo import models

from .allotment import condition_shipping


class OrderShippingRelease(models.Model):
    """What a release waits for when the order is paid in steps (DEP-8)."""

    _inherit = "order.shipping.release"

    def _condition_balance(self):
        found = super()._condition_balance()
        waiting = self._filtered_waiting()
        steps = condition_shipping(waiting.order_id)
        for release in waiting:
            if own := steps.get(release.order_id):
                found[release] = own
        return found
