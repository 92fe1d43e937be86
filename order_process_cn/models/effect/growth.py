"""What changes of an order in effect mean for what was launched."""

from contextlib import contextmanager

from odoo.exceptions import UserError
from odoo.fields import Domain

from ..intake.order_states import EFFECTIVE, HELD
from .held import is_held


def refuse_changes_in_force(orders, vals):
    """Raise for what would pull an order in force from under what it has caused.

    :raise UserError: a confirmed order becomes a quotation without being cancelled,
        or gets another type
    """
    back = vals.get("state") in {"draft", "sent"}
    if not back and "order_type_id" not in vals:
        return
    in_force = orders.sudo().filtered(  # whether, not what
        lambda order: order.state == "sale" and (order.effect_state or order.review_id)
    )
    retyped = "order_type_id" in vals and in_force.filtered(
        lambda order: (
            order.order_type_id and order.order_type_id.id != vals["order_type_id"]
        )
    )
    if concerned := in_force if back else retyped:
        raise UserError(
            orders.env._(
                "%(orders)s is in force: its type stays, and it becomes a "
                "quotation again by way of Cancel only, which takes back its "
                "transfers. Cancel it, set it to quotation and submit it again.",
                orders=", ".join(concerned.mapped("name")),
            )
        )


def cancel_left_open(orders):
    """Cancel what core's button would have cancelled: the state can be written."""
    if not orders:
        return  # each write of an order passes here
    orders.picking_ids.filtered(
        lambda picking: picking.state not in {"done", "cancel"}
    ).action_cancel()
    orders.invoice_ids.filtered(lambda move: move.state == "draft").button_cancel()


def filtered_growth_guarded(orders):
    """Return the orders in force that somebody has signed for, released or
    suspended. The others are as in plain Odoo."""
    known = orders.sudo()  # whether, not what
    return known.filtered(
        lambda order: (
            order.state == "sale"
            and (
                order.effect_state == EFFECTIVE
                or order.review_id
                or order.suspension_state
            )
        )
    ).with_env(orders.env)


def filtered_growth_closed(orders):
    """Return the orders in force that may launch nothing more now."""
    guarded = filtered_growth_guarded(orders)
    return guarded - guarded._filtered_ready("effect_growth")


def filter_launchable(orders, lines, previous):
    """Return the lines that may be launched now; the others are held back.

    What a line says of its state proves nothing: it is asked of the order. A held
    order launches nothing, one in force nothing more than before while its growth
    is closed or the line suspended. Less than was launched always follows core.
    """
    lines = lines.filtered(
        lambda line: line.order_id.state == "sale" and not is_held(line.order_id)
    )
    closed = filtered_growth_closed(lines.order_id)
    return lines.filtered(
        lambda line: (
            # a gate asks the same of everybody
            not (line.order_id in closed or line.sudo().is_suspended)
            or (previous and line._is_below_launched())
        )
    )


@contextmanager
def unlocked(orders):
    """Core skips locked orders without a word: unlock them for a moment."""
    locked = orders.filtered("locked")
    locked.locked = False
    yield
    locked.locked = True


def mark_waiting_in_force(orders):
    """Have the worker look at the confirmed orders that are held, or wait with a
    part of what was ordered."""
    waiting = Domain("effect_state", "=", HELD) | Domain(
        "order_line.held_quantity", "!=", 0
    )
    orders.search(Domain("state", "=", "sale") & waiting)._mark_for_recheck("effect")
