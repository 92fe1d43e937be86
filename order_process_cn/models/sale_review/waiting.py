"""What orders wait for, and what they do by themselves once they are approved."""

from ..intake.classification import get_order_type


def waits_for_review(order):
    """Whether the customer has to wait with signing and paying."""
    order.ensure_one()
    return bool(order._find_review_gaps())


def confirms_by_itself(order):
    """Whether nobody has to press Confirm: the type says so, or the customer has
    done his part already."""
    order.ensure_one()
    confirming = order.env["order.type"]._ids_confirming()
    requested = order.requested_transition == "confirm"
    return requested or get_order_type(order).id in confirming


def mark_for_recheck_after_review(orders, state):
    """Have the worker look at the orders that may go on now."""
    if state in {"withdrawn", "terminated", "outdated"}:
        # what waits for it is free if no route asks for another one
        confirmed = orders.filtered(lambda order: order.state == "sale")
        confirmed._mark_for_recheck("effect")
    if state != "approved":
        return
    waiting = orders.filtered(
        lambda order: (
            order.state == "sale"
            or order.is_urgent
            or (order.state in {"draft", "sent"} and confirms_by_itself(order))
        )
    )
    waiting._mark_for_recheck("confirm")
