from odoo import api, fields, models

from ..intake.order_states import EFFECTIVE, HELD
from ..mechanism.engine import public_act
from ..mechanism.order_condition_mixin import Condition
from .growth import filtered_growth_closed, unlocked
from .held import (
    fix_type_that_holds,
    is_held,
    name_effect_conditions,
    show_batches,
    store_waiting,
)
from .launch import check_launched, launch_held_lines


class SaleOrder(models.Model):
    """From confirmed to being made: held, released, taken back (design: take effect).

    An order is held only if something can hold it; empty means plain Odoo, also for
    orders confirmed before this module or a procedure was switched on.
    """

    _inherit = "sale.order"

    # a payment that is corrected is missing for a moment: the owner is told, and only
    # what is still missing after the company's grace undoes something [DEP-2]
    effect_lost_on = fields.Datetime(
        string="Money Missing since",
        copy=False,
        readonly=True,
        groups="base.group_user",
        help="Since when the deposit of an order in production is missing. After the "
        "grace that the company gives, the order is held again.",
    )

    effective_on = fields.Datetime(copy=False, readonly=True, groups="base.group_user")
    # what the lists show; refreshed by the recheck worker
    effect_waiting = fields.Json(copy=False, readonly=True, groups="base.group_user")
    effect_is_ready = fields.Boolean(
        string="Ready to Issue",
        copy=False,
        readonly=True,
        index="btree_not_null",
        groups="base.group_user",
    )
    effect_waiting_text = fields.Char(
        "Waiting for", compute="_compute_effect_waiting_text", groups="base.group_user"
    )
    issue_group = fields.Selection(
        [
            ("ready", "Ready to Issue"),
            ("deposit", "Waiting for the Deposit"),
            ("confirmation", "Waiting for Written Confirmations"),
            ("other", "Waiting for Something Else"),
            ("issued", "Issued"),
        ],
        string="Issue Desk",
        compute="_compute_issue_group",
        store=True,
        index="btree_not_null",
        help="By what comes first of what an order waits for.",
        groups="base.group_user",
    )

    @api.depends("effect_waiting", "effect_state")
    @api.depends_context("lang")
    def _compute_effect_waiting_text(self):
        names = name_effect_conditions(self)
        for order in self:
            waiting = order.effect_waiting or []
            order.effect_waiting_text = ", ".join(names.get(c, c) for c in waiting)

    @api.depends("effect_state", "effect_is_ready", "effect_waiting")
    def _compute_issue_group(self):
        for order in self:
            waiting = set(order.effect_waiting or [])
            if order.effect_state == EFFECTIVE:
                order.issue_group = "issued"
            elif order.effect_state != HELD:
                order.issue_group = False
            elif order.effect_is_ready:
                order.issue_group = "ready"
            elif "deposit" in waiting:
                order.issue_group = "deposit"
            elif waiting & {"technical", "material", "drawing"}:
                order.issue_group = "confirmation"
            else:
                order.issue_group = "other"

    # -- holding -----------------------------------------------------------------------

    def _hold(self):
        """Decide for orders that have just been confirmed whether they are held.

        Before anything is launched: the launch asks for this state. An order that has
        nothing to wait for, now or ever, stays as in plain Odoo.
        """
        fix_type_that_holds(self)
        conditions = self._collect_conditions("effect")
        held = self.browse()
        for order in self.filtered(lambda order: not order.effect_state):
            # the review was asked for at the confirmation already
            own = [c for c in conditions[order] if c.code != "review"]
            if not own:
                continue
            if all(c.met for c in own) and not order.order_type_id.issue_window_id:
                order.write(
                    {"effect_state": EFFECTIVE, "effective_on": fields.Datetime.now()}
                )
            else:
                order.effect_state = HELD
                store_waiting(order, [c for c in own if not c.met])
                held |= order
        held._mark_for_recheck("effect")  # what they wait for may come at this moment

    # -- releasing ---------------------------------------------------------------------

    def _condition_window(self):
        """[PLN-1] orders go to production in issue windows only."""
        concerned = self.filtered("order_type_id.issue_window_id")
        found = {}
        for (window, company), orders in concerned.grouped(
            lambda order: (order.order_type_id.issue_window_id, order.company_id)
        ).items():
            is_open = window._is_open(company)
            upcoming = window._spell_next_opening(company)
            owner = (
                self.env._("nobody: the right “Issue Desk” is given to no user")
                if window._warn_of_desk(company)
                else self.env._("Planning")
            )
            for order in orders:
                met = is_open or window._lets_through(order)
                found[order] = Condition(
                    "window",
                    self.env._("Issue window"),
                    met,
                    owner,
                    "" if met else upcoming,
                )
        return found

    def _release(self):
        """Launch what was held: transfers, production, purchases, service purchases.

        :raise UserError: something still stands in the way, or nothing was launched
            for a line; the caller works in a savepoint
        """
        orders = self.filtered(lambda order: order.effect_state == HELD)
        orders._raise_open_conditions("effect")
        orders.write(
            {
                "effect_state": EFFECTIVE,
                "effective_on": fields.Datetime.now(),
                "effect_waiting": False,
                "effect_is_ready": False,
            }
        )
        # all of it is launched now, whatever waited before it was taken back; what is
        # suspended follows when it is resumed
        for line in orders.order_line.filtered(
            lambda line: line.held_quantity or line.is_suspended
        ):
            suspended = line.is_suspended and line.product_id
            line.held_quantity = suspended and line._get_ordered_quantity()
        launch_held_lines(orders)
        check_launched(orders)
        # [MFG-1] the three copies of the production instruction go out
        orders._issue_form("F05")

    @public_act
    def action_issue(self):
        """Issue these orders to production; the release list shows what became of each.

        :raise AccessError: the caller does not belong to the issue desk
        """
        return show_batches(self, self.env["order.issue.batch"]._issue(self))

    @public_act
    def action_issue_all_ready(self):
        """Issue every held order of the companies in view that is ready, whichever of
        them the list has ticked."""
        ready = self.search(
            [
                ("effect_state", "=", HELD),
                ("effect_is_ready", "=", True),
                ("company_id", "in", self.env.companies.ids),
            ]
        )
        return show_batches(self, self.env["order.issue.batch"]._issue(ready))

    # -- goods and what may be launched for them ---------------------------------------

    @api.constrains("stock_reference_ids")
    def _check_references_are_served(self):
        """The same link, made from the order."""
        self.stock_reference_ids._check_order_is_served()

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
