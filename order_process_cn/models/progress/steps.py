"""How far orders are (ANA-2)."""

from odoo import fields
from odoo.exceptions import AccessError

from ..effect.held import is_held
from ..effect.take_back import get_all_productions
from ..mechanism.engine import take_turns
from ..pickup.balance import collect_balance_figures
from .acceptance import waits_for_acceptance

# who speaks with customers
FOR_CUSTOMERS = ("sales_team.group_sale_salesman", "account.group_account_invoice")

# in effect, and not everything has left
ON_THE_WAY = ("effective", "production", "stock")


def find_step(orders, settled=False):
    return find_progress(orders, settled) if is_in_process(orders) else False


def is_in_process(order):
    order.ensure_one()
    return bool(
        order.review_id
        or order.effect_state
        or order.deposit_rule_id
        or (order.state in {"draft", "sent"} and order.needs_review)
    )


def find_progress(order, settled):
    order.ensure_one()
    if order.state == "cancel":
        return False
    if order.state != "sale":
        held = order.review_state in {"running", "approved", "declined"}
        return "review" if held else "entry"
    if is_held(order):
        return "confirmed"
    return find_progress_after_effect(order, settled)


def find_progress_after_effect(orders, settled):
    goods = orders._get_goods_lines()
    if settled:
        return "settled"
    if goods and orders._is_delivered():
        return "received" if orders.receipt_confirmed_on else "shipped"
    found, reached = find_goods_step(orders), orders.progress
    if reached in {"shipped", "received", "settled"}:
        reached = ON_THE_WAY[-1]  # more was ordered, and has still to leave
    # of goods for which something else is reserved, or that leave in parts, the line
    # does not fall back: how many of them have left is said beside it
    if reached in ON_THE_WAY:
        return max(found, reached, key=ON_THE_WAY.index)
    return found


def find_goods_step(orders):
    """Return where the goods of one order are that have not left yet."""
    pickings = orders.picking_ids.filtered(lambda p: p.state not in {"done", "cancel"})
    if pickings and all(p.state == "assigned" for p in pickings):
        return "stock"
    productions = get_all_productions(orders)
    if any(p.state in {"progress", "to_close", "done"} for p in productions):
        return "production"
    return "effective"


def count_parts(order):
    """Return ``(how much has left, of how much)`` of the goods of one order: in their
    unit, where they have one unit; else how many of the lines have left. What came
    back had left, and what nobody will send any more was not to leave. [ANA-2]"""
    order.ensure_one()
    lines = order._get_goods_lines()
    if len(lines.product_uom_id) > 1:
        return float(sum(line._is_sent() for line in lines)), float(len(lines))
    gone = sum(line._count_sent() for line in lines)
    return gone, sum(lines.mapped("product_uom_qty"))


def store_parts(order, step):
    """Store how much of one order has left, as long as its goods are on their way."""
    order.ensure_one()
    gone, whole = count_parts(order) if step in ON_THE_WAY else (0.0, 0.0)
    whole = whole if gone else 0.0
    if (order.shipped_parts, order.parts_to_ship) != (gone, whole):
        order.write({"shipped_parts": gone, "parts_to_ship": whole})


def spell_parts(order):
    """Return how much of one order has left, in words; nothing before the first piece
    and after the last."""
    order.ensure_one()
    gone, whole = order.shipped_parts, order.parts_to_ship
    if order.progress not in ON_THE_WAY or not 0 < gone < whole:
        return ""
    unit = order._get_goods_lines().product_uom_id[:1]
    return order.env._(
        "%(gone)s of %(whole)s shipped",
        gone=unit._spell_quantity(gone),
        whole=unit._spell_quantity(whole),
    )


def filtered_settled(orders):
    """Return those of these orders of which everything is invoiced and paid by the
    books, nothing is owed back and nothing is left to be decided. [DEP-7]"""
    decided = orders.filtered(
        lambda order: all(f.state != "proposed" for f in order.forfeiture_ids)
    )
    figures = collect_balance_figures(decided)
    return decided.filtered(lambda order: is_even(order, figures[order]))


def is_even(order, figures):
    order.ensure_one()
    invoiced = order.invoice_ids.filtered(lambda move: move.state == "posted")
    return (
        bool(invoiced or order.currency_id.is_zero(order.amount_total))
        and order.currency_id.is_zero(figures["unbilled"])
        and order.currency_id.is_zero(figures["balance"])
    )


def may_close(orders, step):
    """Whether the closing rule of the type is fulfilled. [DEP-7]"""
    if step not in {"received", "settled"} or waits_for_acceptance(orders):
        return False
    # services are not received: they close with the money
    if orders.order_type_id.closing_rule == "received" and orders._get_goods_lines():
        return bool(orders.receipt_confirmed_on)
    return step != "received"


def confirm_receipt(order, name, address=""):
    """Record that the customer has received the goods, once."""
    order.ensure_one()
    take_turns(order)
    if order.receipt_confirmed_on:
        return
    order.receipt_confirmed_on = fields.Datetime.now()
    words = order.env._("Receipt confirmed by %s", name)
    order._message_log(body=f"{words} ({address})" if address else words)


def check_act_of_sales(orders):
    """Raise unless the caller works on these orders for the customer: core lets
    whoever delivers or produces write them, too.

    :raise AccessError: he may not write them, or neither sells nor keeps accounts
    """
    orders.check_access("write")
    if not any(orders.env.user.has_group(group) for group in FOR_CUSTOMERS):
        raise AccessError(
            orders.env._("Only sales and accounting may note this on an order.")
        )
