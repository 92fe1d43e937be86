"""Orders that take effect: what is launched, and what the worker does about it."""

from collections import defaultdict

from odoo.exceptions import UserError
from odoo.tools import float_compare

from ..intake.order_states import EFFECTIVE, HELD
from .growth import unlocked
from .held import store_waiting
from .take_back import watch_money_lost


def launch_held_lines(orders):
    """Launch what the lines still need, the way core does at confirmation."""
    with unlocked(orders):
        # a client's own key must not skip what is released here
        lines = orders.order_line.with_context(skip_procurement=False)
        lines._action_launch_stock_rule()
        # as core does it: salespeople have no right on purchases
        orders.order_line.sudo()._purchase_service_generation()


def check_launched(orders):
    """Raise if a line that needs goods has got nothing."""
    digits = orders.env["decimal.precision"].precision_get("Product Unit")
    missing = [
        f"{line.order_id.name}: {line.product_id.display_name}"
        for line in orders.order_line
        if line.product_id.type == "consu"
        and line.product_uom_qty > 0
        and not line.is_suspended
        # what moves was launched; the exact quantity takes long to find
        and not any(move.state != "cancel" for move in line.move_ids)
        and float_compare(
            line._get_qty_procurement(),
            line.product_uom_qty,
            precision_digits=digits,
        )
        < 0
    ]
    if missing:
        raise UserError(
            orders.env._(
                "Nothing was launched for these lines; check routes and rules of "
                "the products:\n%s",
                "\n".join(missing),
            )
        )


def refresh_effect(orders):
    """Refresh the stored summary of held orders; release those that nobody has to
    press a button for. Called by the recheck worker."""
    watch_money_lost(orders.filtered(lambda order: order.effect_state == EFFECTIVE))
    held = orders.filtered(lambda order: order.effect_state == HELD)
    missing = defaultdict(list, held._collect_open_conditions("effect"))
    for order in held:
        store_waiting(order, missing[order])
    free = held.filtered(
        lambda order: not missing[order] and not order.order_type_id.issue_window_id
    )
    free._release()
