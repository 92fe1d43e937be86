"""What of orders the time limits count."""

from ..effect.held import is_held
from ..effect.take_back import get_all_productions

# a stored state, when it is entered -> what happened
EVENT_OF_STATE = {
    ("state", "sale"): "confirmed",
    ("state", "cancel"): "cancelled",
    ("deposit_state", "received"): "deposit_received",
    ("effect_state", "held"): "held",
    ("effect_state", "effective"): "effective",
    ("is_urgent", True): "urgent",
    ("is_urgent", False): "not_urgent",
}
# a day or moment, when it is first entered -> what happened
EVENT_OF_DATE = {
    "urgent_told_on": "urgent_told",
    "urgent_replied_on": "urgent_replied",
    "goods_in_stock_on": "goods_in_stock",
    "goods_taken_on": "goods_taken",
    "receipt_confirmed_on": "receipt_confirmed",
    "accepted_on": "accepted",
    "closed_on": "closed",
}


def get_limit_events_of(orders, vals):
    """Return ``{code: orders}``: what writing ``vals`` means for these orders."""
    entered = {
        code: orders.filtered(lambda order, n=name, v=value: order[n] != v)
        for (name, value), code in EVENT_OF_STATE.items()
        if vals.get(name) == value
    }
    dated = {
        code: orders.filtered(lambda order, n=name: not order[n])
        for name, code in EVENT_OF_DATE.items()
        if vals.get(name)
    }
    return {**entered, **dated}


def emit_if_nothing_to_make(orders, instructs=False):
    """An order for which nothing is made needs no plan: it counts as planned.

    :param instructs: give production its copies for the others, of orders that were
        never held (those that were got them when they took effect)
    """
    # whoever releases need not see production orders
    launched = orders.sudo()._filtered_in_process()
    launched = launched.filtered(lambda order: not is_held(order))
    idle = launched.filtered(lambda order: not get_all_productions(order))
    idle._emit("planned")
    if instructs and (made := launched - idle):
        made._issue_form("F05")  # [MFG-1]


def emit_if_made(orders):
    """Their last production order may have been finished just now."""
    # whoever finishes need not see sales orders, nor sales production orders
    known = orders.sudo()._filtered_in_process()
    made = known.filtered(
        lambda order: all(p.state == "done" for p in get_all_productions(order))
    )
    made._emit("made")
    made.env["order.meeting"]._propose_summaries(made)
