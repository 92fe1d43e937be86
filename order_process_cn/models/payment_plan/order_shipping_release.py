from odoo import api, fields, models

from ..mechanism.engine import public_act
from ..mechanism.order_condition_mixin import Condition
from ..prices.res_users import INSIDE_PRICES
from ..shipping.release_states import CANCELLED, REQUESTED
from .allotment import condition_shipping
from .handover import HANDOVER, get_collectable


class OrderShippingRelease(models.Model):
    """What a release waits for when the order is paid in steps (DEP-8), or when the
    goods are handed over (SHP-6)."""

    _inherit = "order.shipping.release"

    collect_amount = fields.Monetary(
        string="To Collect",
        compute="_compute_collect_amount",
        compute_sudo=True,
        groups=INSIDE_PRICES,
        help="What the customer has to have ready when the goods are handed over.",
    )
    announced_on = fields.Datetime(
        string="Payment Announced on",
        copy=False,
        readonly=True,
        help="When the customer was told to have the payment ready.",
    )
    announced_by_id = fields.Many2one(
        "res.users", string="Payment Announced by", copy=False, readonly=True
    )
    asks_announcement = fields.Boolean(
        compute="_compute_asks_announcement", compute_sudo=True
    )

    @api.depends("order_id.balance_due", "line_ids.quantity")
    def _compute_collect_amount(self):
        for release in self:
            release.collect_amount = get_collectable(release.order_id, release)

    @api.depends("order_id.order_type_id.announces_payment", "order_id.goods_leave")
    def _compute_asks_announcement(self):
        for release in self:
            order = release.order_id
            release.asks_announcement = (
                order.goods_leave == HANDOVER and order.order_type_id.announces_payment
            )

    # -- conditions --------------------------------------------------------------------

    def _get_condition_providers(self):
        providers = super()._get_condition_providers()
        more = [self._condition_announced]
        return {
            **providers,
            "release": [*providers["release"], *more],
            "ship": [*providers["ship"], *more],
        }

    def _condition_balance(self):
        found = super()._condition_balance()
        waiting = self._filtered_waiting()
        steps = condition_shipping(waiting.order_id)
        for release in waiting:
            if own := steps.get(release.order_id):
                found[release] = own
        return found

    def _condition_announced(self):
        """[SHP-6] the customer knows that he pays on handover."""
        asking = self._filtered_waiting().filtered("asks_announcement")
        return {
            release: Condition(
                "announced",
                self.env._("Payment on handover announced"),
                bool(release.announced_on),
                release._name_seller,
            )
            for release in asking
        }

    # -- announcing --------------------------------------------------------------------

    def _move_to(self, state):
        super()._move_to(state)
        if state == REQUESTED:
            self._ask_for_announcement()
        elif state == CANCELLED:
            self._find_todos("shipping.announce").unlink()

    def _ask_for_announcement(self):
        """Leave whoever sells it a to-do: the customer has to have the money ready."""
        for release in self.filtered(
            lambda release: release.asks_announcement and not release.announced_on
        ):
            release._leave_todo(
                "shipping.announce",
                self.env._("Have the customer get his payment ready"),
                self.env._(
                    "To be collected on handover: %s. Then press “Payment Announced”.",
                    release.order_id._format_money(release.collect_amount),
                ),
                user=release.user_id,
            )

    @public_act
    def action_announce_payment(self):
        """Note that the customer was told to have the payment ready."""
        self.check_access("write")
        self._check_may_submit()
        releases = self.sudo().filtered(  # the right was checked above
            lambda release: release.asks_announcement and not release.announced_on
        )
        releases.write(
            {"announced_on": fields.Datetime.now(), "announced_by_id": self.env.uid}
        )
        releases._find_todos("shipping.announce").unlink()
        releases._mark_for_recheck("release")
        releases.order_id._mark_for_recheck("shipping")
        return True
