from odoo import models

from ..mechanism.order_condition_mixin import Condition
from .change_states import UNDER_WAY


class OrderShippingRelease(models.Model):
    """Nothing is let go of an order that is being changed (SHP-1)."""

    _inherit = "order.shipping.release"

    def _get_condition_providers(self):
        providers = super()._get_condition_providers()
        return {
            **providers,
            **{
                step: [*providers[step], self._condition_change]
                for step in ("request", "release")
            },
        }

    def _condition_change(self):
        label = self.env._("No change under way")
        found = self.env["order.change.request"].search(
            [("order_id", "in", self.order_id.ids), ("state", "in", UNDER_WAY)]
        )
        return {
            release: Condition(
                "change",
                label,
                False,
                change.review_waiting_for or change.user_id.name or "",
                change.display_name,
            )
            for change in found
            for release in self
            if release.order_id == change.order_id
        }
