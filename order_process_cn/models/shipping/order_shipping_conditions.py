from functools import partial

from odoo import fields, models

from ..mechanism.order_condition_mixin import Condition
from ..pickup.balance import (
    collect_balance_figures,
    filtered_paid_before_shipping,
    tell_balance,
)
from .order_goods import get_value_of, may_ship
from .release_states import DRAFT, LETS_LEAVE, RELEASED, REQUESTED


class OrderShippingRelease(models.Model):
    """What a shipping release waits for, and what is asked again when goods leave."""

    _inherit = "order.shipping.release"

    def _get_condition_providers(self):
        providers = super()._get_condition_providers()
        return {
            **providers,
            "request": [
                self._condition_order,
                self._condition_quantity,
                self._condition_suspension,
            ],
            "release": [
                *providers["release"],
                self._condition_order,
                self._condition_quantity,
                self._condition_balance,
                self._condition_suspension,
            ],
            # [SHP-8] asked by the goods. What was signed cannot change meanwhile: an
            # agreement that is lost takes the state with it
            "ship": [
                self._condition_order,
                self._condition_date,
                self._condition_balance,
                self._condition_suspension,
            ],
        }

    def _get_next_transition(self):
        steps = {DRAFT: "request", REQUESTED: "release", RELEASED: "ship"}
        return steps.get(self.state, False)

    def _name_transition(self, transition):
        names = {
            "request": self.env._("Request"),
            "release": self.env._("Let go"),
            "ship": self.env._("Ship"),
        }
        return names.get(transition) or super()._name_transition(transition)

    def _condition_order(self):
        """[SHP-1] nothing leaves for an order that is not in effect."""
        label = self.env._("Order in effect")
        return {
            release: Condition(
                "order",
                label,
                may_ship(release.order_id),
                release._name_seller,
            )
            for release in self
        }

    def _name_seller(self):
        """Return whose move it is where sales has to do something about one release."""
        return self.user_id.name or self.env._("Sales")

    def _condition_suspension(self):
        """[CFM-8] nothing is asked for, released or shipped of what is suspended. Goods
        of a release that are not suspended leave all the same."""
        suspension = self.env["order.suspension"]
        return {
            release: suspension._condition(release.order_id)
            for release in self
            if release.order_id.suspension_state and release._is_suspended()
        }

    def _is_suspended(self):
        """Whether goods of one release are suspended: once it is released, all."""
        chosen = self.line_ids.filtered(lambda line: line._is_chosen())
        suspended = chosen.order_line_id.mapped("is_suspended")
        return all(suspended) if self.state in LETS_LEAVE else any(suspended)

    def _condition_quantity(self):
        """Something is asked for, and never more than is left of the order."""
        label = self.env._("Goods")
        conditions = {}
        for release in self:
            problems = release._find_quantity_problems()
            conditions[release] = Condition(
                "quantity",
                label,
                not problems,
                release._name_seller,
                "; ".join(problems),
            )
        return conditions

    def _find_quantity_problems(self):
        """Return what is wrong with the quantities of one release, in words."""
        chosen = self.line_ids.filtered(lambda line: line._is_chosen())
        if not chosen:
            return [self.env._("enter what is to leave")]
        # what others have asked for since is not in the cache
        chosen.invalidate_recordset(["open_qty", "ordered_qty"])
        return [
            self.env._(
                "%(product)s: at most %(open)s",
                product=line.product_id.display_name,
                open=line.product_uom_id._spell_with_unit(max(line.open_qty, 0.0)),
            )
            for line in chosen
            if line.product_uom_id.compare(line.quantity, line.open_qty) > 0
        ]

    def _condition_date(self):
        """[SHP-8] a release holds until its day."""
        limited = self.filtered("valid_until")
        return {
            release: Condition(
                "date",
                self.env._("Valid until"),
                not release._is_expired(),
                self.env._("Finance"),
                partial(fields.Date.to_string, release.valid_until),
            )
            for release in limited
        }

    def _is_expired(self):
        self.ensure_one()
        if not self.valid_until:
            return False
        today = self.company_id._calendar_day(fields.Datetime.now())
        return today > self.valid_until

    def _condition_balance(self):
        """[DEP-5] as :meth:`sale.order._condition_balance`, of the whole order or of
        what leaves, as the type says."""
        # the type is looked up where it matters
        orders = filtered_paid_before_shipping(self.order_id).filtered(
            lambda order: order.order_type_id.shipping_balance != "none"
        )
        figures = collect_balance_figures(orders)
        leaving = self.filtered(lambda release: release.order_id in orders)
        return {
            release: tell_balance(release.order_id, release._get_owed(figures))
            for release in leaving
        }

    def _get_owed(self, figures):
        """Return what has to be paid before the goods of one release leave."""
        order = self.order_id
        balance = figures[order]["balance"]
        if order.order_type_id.shipping_balance != "leaving":
            return balance
        others = order.shipping_release_ids.filtered(lambda r: r.state in LETS_LEAVE)
        value = get_value_of(order, (others | self).line_ids)
        figure = figures[order]
        # the deposit secures what is still to come: it is offset last
        secures = max(min(figure["deposit_received"], figure["deposit"]), 0.0)
        return balance - max(figure["total"] - value - secures, 0.0)
