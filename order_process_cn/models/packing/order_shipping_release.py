from odoo import api, models
from odoo.exceptions import UserError

from ..mechanism.engine import public_act
from ..mechanism.order_condition_mixin import Condition


class OrderShippingRelease(models.Model):
    """What of a release is packed and checked (SHP-7)."""

    _inherit = "order.shipping.release"

    def _get_deliveries(self):
        """Return the transfers by which goods of these releases may leave now."""
        return self.order_id.picking_ids.filtered(
            lambda p: (
                p.picking_type_code == "outgoing"
                and p.state not in {"done", "cancel"}
                and bool(p._get_packed())
            )
        )

    def _condition_packed(self):
        """What is asked transfer by transfer where goods leave, in one look."""
        conditions = {}
        for release in self:
            asking = release._get_deliveries().filtered(lambda p: p._asks_packing())
            if asking:
                found = [p._find_packing_problem() for p in asking]
                problems = [problem for problem in found if problem]
                conditions[release] = Condition(
                    "packed",
                    self.env._("Packed and checked"),
                    not problems,
                    self.env._("Warehouse"),
                    "; ".join(problems),
                )
        return conditions

    @api.depends_context("lang")
    def _compute_order_checklist(self):
        super()._compute_order_checklist()
        # shown with the rest; asked of each transfer, not of the release
        shipping = self.filtered(
            lambda release: release._get_next_transition() == "ship"
        )
        for release, condition in shipping._condition_packed().items():
            checklist = release.order_checklist or {"conditions": []}
            release.order_checklist = {
                "step": self._name_transition("ship"),
                "conditions": [*checklist["conditions"], condition.spelled()._asdict()],
            }

    @public_act
    def action_check_packing(self):
        """Open the question what is packed, for the transfer that is next."""
        self.ensure_one()
        self.check_access("read")
        # whoever sees a release sees what leaves on it; who may check is asked there
        deliveries = self.sudo()._get_deliveries().sudo(False)
        waiting = deliveries.filtered(lambda p: p.packing_state != "checked")
        if not deliveries:
            raise UserError(
                self.env._("No goods of %s are ready to be packed.", self.display_name)
            )
        return (waiting or deliveries)[:1].action_check_packing()
