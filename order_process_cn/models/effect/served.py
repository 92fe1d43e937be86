"""Orders that nothing serves yet."""

from odoo.exceptions import UserError

from .held import is_held, may_be_held


def filtered_not_served(orders):
    """Return those of these orders that a procedure keeps from being served: held,
    not confirmed yet, or cancelled. Plain orders are as in plain Odoo."""
    held = orders.filtered(lambda order: order.state == "sale" and is_held(order))
    cancelled = orders.filtered(
        lambda order: (
            order.state == "cancel" and (order.review_id or order.order_type_id)
        )
    )
    # a type that is only proposed asks the same as one that was chosen
    open_ones = orders - held - cancelled
    open_ones = open_ones.filtered(lambda order: order.state != "sale")
    reviewed = open_ones.filtered("needs_review")
    return held | cancelled | reviewed | may_be_held(open_ones - reviewed)


def refuse_serving(orders):
    """Raise if something is to serve one of these orders that may not be served."""
    closed = filtered_not_served(orders)
    if closed:
        raise UserError(
            orders.env._(
                "Nothing may serve %(orders)s now: the order is held, not "
                "confirmed or cancelled. What it needs is made by itself when the "
                "order takes effect; ask %(owners)s, or remove the link to the "
                "order.",
                orders=", ".join(closed.mapped("name")),
                owners=", ".join(closed.user_id.mapped("name"))
                or orders.env._("its salesperson"),
            )
        )
