"""What changes of an order in effect mean for what was launched."""

from odoo.exceptions import UserError

from .take_back import get_all_productions


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
    orders.picking_ids.filtered(
        lambda picking: picking.state not in {"done", "cancel"}
    ).action_cancel()
    orders.invoice_ids.filtered(lambda move: move.state == "draft").button_cancel()


def tell_of_reduction(orders):
    """Core follows a smaller quantity with transfers only: name the production
    orders that somebody has to reduce."""
    for order in orders:
        productions = get_all_productions(order).filtered(
            lambda production: production.state not in {"done", "cancel"}
        )
        if productions:
            order._tell_owner(
                orders.env._(
                    "The order was reduced. These production orders were not: %s",
                    ", ".join(productions.mapped("name")),
                ),
                key="order.reduced",
            )
