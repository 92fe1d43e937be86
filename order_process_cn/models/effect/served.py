"""Orders that nothing serves yet."""

from odoo.exceptions import UserError

from ..hold.order_suspension import WHOLE
from .held import is_held, may_be_held


def filtered_not_served(orders, is_new=True):
    """Return those of these orders that a procedure keeps from being served: held,
    not confirmed yet, or cancelled. Plain orders are as in plain Odoo.

    :param is_new: whether something is begun now: then not for suspended orders
    """
    suspended = orders.filtered(
        lambda order: is_new and order.suspension_state == WHOLE
    )
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
    reviewed |= may_be_held(open_ones - reviewed)
    return held | cancelled | reviewed | suspended


def refuse_serving(orders, is_new=True):
    """Raise if something is to serve one of these orders that may not be served.

    :param is_new: see :func:`filtered_not_served`
    """
    closed = filtered_not_served(orders, is_new)
    if suspended := closed.filtered("suspension_state"):
        suspended.order_line._refuse_suspended()
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
