"""Taking an effect back: the money was lost and nothing has been done yet (DEP-2)."""

from datetime import timedelta

from odoo import fields

from ..intake.order_states import HELD


def watch_money_lost(orders):
    """Take back the orders whose money has been missing for longer than the grace;
    warn for those that miss it from now on. Called by the worker."""
    ready = orders._filtered_ready("effect_money")
    ready.filtered("effect_lost_on").effect_lost_on = False
    now = fields.Datetime.now()
    for order in orders - ready:
        grace = timedelta(hours=order.company_id.order_effect_grace_hours)
        since = order.effect_lost_on or now
        if since + grace <= now:
            take_back_effect(order)
        elif not order.effect_lost_on:
            order.effect_lost_on = now
            warn_of_lost_money(order, now + grace)


def warn_of_lost_money(orders, until):
    orders._mark_for_recheck("effect", at=until)
    orders._tell_owner(
        orders.env._(
            "The deposit is not received any more. Have finance look at the "
            "payments: unless it is received by %s, the order is held again and "
            "its transfers and production orders are cancelled.",
            # left by the worker, who lives nowhere
            orders.company_id._spell_instant(until),
        ),
        key="deposit.missing",
    )


def take_back_effect(orders):
    """Undo the release of orders whose money was lost, if nothing was done yet;
    else raise the alarm. [DEP-2]"""
    for order in orders:
        done = find_work_done(order)
        if done:
            order._tell_owner(
                orders.env._(
                    "The deposit is not received any more, but work has begun: %s",
                    ", ".join(done),
                ),
                key="deposit.lost",
            )
            continue
        cancel_launched(order)
        order.write(
            {
                "effect_state": HELD,
                "effective_on": False,
                "effect_lost_on": False,
            }
        )
        order._message_log(
            body=orders.env._(
                "The deposit is not received any more: the order is held again, "
                "its transfers and production orders are cancelled."
            )
        )


def find_work_done(order):
    """Return the names of what was done on the strength of this order."""
    order.ensure_one()
    moves = order.order_line.move_ids.filtered(
        lambda move: move.state == "done" or move.picked
    )
    productions = get_all_productions(order).filtered(
        lambda p: (
            p.state in {"progress", "to_close", "done"} or p._get_sale_orders() != order
        )
    )
    purchases = get_all_purchases(order).filtered(lambda p: p.state == "purchase")
    return [
        *moves.picking_id.mapped("name"),
        *productions.mapped("name"),
        *purchases.mapped("name"),
    ]


def get_all_productions(orders):
    """Return the production orders made for this order, sub-assemblies included."""
    return orders.stock_reference_ids.production_ids.filtered(
        lambda production: production.state != "cancel"
    )


def get_all_purchases(orders):
    return (
        orders.order_line.purchase_line_ids.order_id
        | orders.stock_reference_ids.purchase_ids
    ).filtered(lambda purchase: purchase.state != "cancel")


def cancel_launched(order):
    """Cancel transfers and production orders, take lines out of draft purchases."""
    order.ensure_one()
    order.picking_ids.filtered(lambda p: p.state != "done").action_cancel()
    get_all_productions(order).action_cancel()
    lines = get_all_purchases(order).order_line.filtered(
        lambda line: line.order_id.state in {"draft", "sent", "to approve"}
    )
    lines._give_back(order)
