from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..mechanism.engine import public_act
from ..shipping.release_states import (
    DRAFT,
    REFUSED,
    RELEASED,
    REQUESTED,
    SHIPPED,
)

TO_REQUEST, FINANCE, MONEY, STOPPED = "to_request", "finance", "money", "stopped"
GOODS, TO_PACK, READY, LEFT = "goods", "to_pack", "ready", "shipped"
GROUP_OF_STATE = {DRAFT: TO_REQUEST, REFUSED: TO_REQUEST, SHIPPED: LEFT}
DAY = timedelta(days=1)


class OrderShippingRelease(models.Model):
    """Where a release stands on the shipping desk (SHP-1). Stored, and refreshed by the
    worker whenever it looks at the shipping of an order: lists ask no condition."""

    _inherit = "order.shipping.release"

    desk_group = fields.Selection(
        [
            (TO_REQUEST, "To Request"),
            (FINANCE, "With Finance"),
            (MONEY, "Waiting for Money"),
            (STOPPED, "Stopped"),
            (GOODS, "Waiting for Goods"),
            (TO_PACK, "To Pack"),
            (READY, "Ready"),
            (LEFT, "Shipped"),
        ],
        string="Shipping Desk",
        readonly=True,
        copy=False,
        index="btree_not_null",
        group_expand="_expand_desk_groups",
    )

    @api.model
    def _expand_desk_groups(self, values, domain):
        groups = [value for value, _label in self._fields["desk_group"].selection]
        # where one state was asked for, as on My Day, a phone would begin with columns
        # in which nothing can be; what has left fills none anywhere
        asked = Domain(domain).optimize(self)
        if any(
            condition.field_expr == "state" and len(condition.value) == 1
            for condition in asked.iter_conditions()
            if condition.operator == "in"
        ):
            return [value for value in groups if value in values]
        return [value for value in groups if value != LEFT or value in values]

    @api.model_create_multi
    def create(self, vals_list):
        releases = super().create(vals_list)
        releases.sudo()._refresh_desk()  # written by the engine
        return releases

    def _move_to(self, state):
        super()._move_to(state)
        self._refresh_desk()
        if state == RELEASED:
            for release in self.filtered("valid_until"):
                company = release.company_id
                after = company._start_of_day(release.valid_until + DAY)
                release.order_id._mark_for_recheck("shipping", at=after)

    def _release_what_waited(self):
        super()._release_what_waited()
        self._refresh_desk()

    def _refresh_desk(self):
        """Store where these releases stand."""
        for release, group in self._find_desk_groups().items():
            if (release.desk_group or False) != group:
                release.desk_group = group

    def _find_desk_groups(self):
        requested = self.filtered(lambda release: release.state == REQUESTED)
        released = self.filtered(lambda release: release.state == RELEASED)
        missing = {
            **requested._collect_open_conditions("release"),
            **released._collect_open_conditions("ship"),
        }
        groups = {}
        for release in self:
            codes = {condition.code for condition in missing.get(release, ())}
            if release in requested:
                groups[release] = release._find_group_of_request(codes)
            elif release in released:
                groups[release] = release._find_group_of_release(codes)
            else:
                groups[release] = GROUP_OF_STATE.get(release.state, False)
        return groups

    def _find_group_of_request(self, codes):
        if "review" in codes or not codes:
            return FINANCE
        return MONEY if "balance" in codes else STOPPED

    def _find_group_of_release(self, codes):
        if codes:
            return MONEY if "balance" in codes else STOPPED
        deliveries = self._get_deliveries()
        if not deliveries:
            return GOODS
        asking = deliveries.filtered(lambda picking: picking._asks_packing())
        unpacked = any(picking._find_packing_problem() for picking in asking)
        return TO_PACK if unpacked else READY

    # -- shipping many -----------------------------------------------------------------

    @public_act
    def action_ship(self):
        """Ship what is ready of these releases; a list says what became of each."""
        return self.env["order.shipping.batch"]._ship(self)._open()

    @public_act
    def action_ship_all_ready(self):
        """Ship everything that is ready in the companies in view, whichever the list
        has ticked."""
        ready = self.search(
            [("desk_group", "=", READY), ("company_id", "in", self.env.companies.ids)]
        )
        return self.env["order.shipping.batch"]._ship(ready)._open()
