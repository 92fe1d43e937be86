from odoo import models

from ..mechanism.order_condition_mixin import Condition
from .change_states import UNDER_WAY


class OrderShippingRelease(models.Model):
    """Nothing is let go of an order that is being changed, and what the change takes
    away or sends elsewhere does not leave either (SHP-1)."""

    _inherit = "order.shipping.release"

    def _get_condition_providers(self):
        providers = super()._get_condition_providers()
        return {
            **providers,
            **{
                step: [*providers[step], self._condition_change]
                for step in ("request", "release")
            },
            "ship": [*providers["ship"], self._condition_change_of_goods],
        }

    def _condition_change(self):
        return {
            release: self._spell_change(change)
            for change in self._find_changes()
            for release in self
            if release.order_id == change.order_id
        }

    def _condition_change_of_goods(self):
        # known of the order: where nothing is changed it costs nothing
        waiting = self.filtered(lambda release: release.order_id.has_change_under_way)
        return {
            release: self._spell_change(change)
            for change in waiting._find_changes()
            for release in waiting
            if release.line_ids.order_line_id & change._get_stopped_lines()
        }

    def _find_changes(self):
        if not self:
            return self.env["order.change.request"]
        return self.env["order.change.request"].search(
            [("order_id", "in", self.order_id.ids), ("state", "in", UNDER_WAY)]
        )

    def _spell_change(self, change):
        return Condition(
            "change",
            self.env._("No change under way"),
            False,
            change.review_waiting_for or change.user_id.name or "",
            change.display_name,
        )
