from odoo import models

from ..mechanism.order_condition_mixin import Condition


class OrderChangeRequest(models.Model):
    """A filed order is not changed either (AFS-4)."""

    _inherit = "order.change.request"

    def _find_obstacles(self):
        obstacles = super()._find_obstacles()
        if self.order_id.archived_on:
            words = self.env._("The papers of the order are filed: reopen it first")
            owner = self.env._("whoever reopens filed orders")
            obstacles.append(Condition("obstacle", words, False, owner))
        return obstacles
