"""What becomes of the deposit of orders that end or whose goods are not taken (DEP-3,
DEP-4)."""

from odoo.exceptions import UserError
from odoo.fields import Command

from ..mechanism.engine import take_turns
from .order_forfeiture import DECIDED, PROPOSED, SETTLED


def get_forfeitable_amount(order):
    """Return what is a deposit by law and was received. [DEP-4]"""
    order.ensure_one()
    received = order._get_received()[order].deposit_in_order
    return max(min(order.deposit_legal_part, received), 0.0)


def get_forfeited_amount(order):
    """Return what was decided that the customer loses for not taking his goods."""
    order.ensure_one()
    return sum(
        forfeiture.amount
        for forfeiture in order.forfeiture_ids
        if forfeiture.kind == "late_pickup" and forfeiture.state in {DECIDED, SETTLED}
    )


def get_settled_amount(order):
    """Return what the customer loses of his money because the contract ended; what
    we pay him on top is negative."""
    order.ensure_one()
    return sum(
        forfeiture.amount if forfeiture.broken_by == "customer" else -forfeiture.amount
        for forfeiture in order.forfeiture_ids
        if forfeiture.kind != "late_pickup" and forfeiture.state in {DECIDED, SETTLED}
    )


def add_forfeiture_lines(orders, invoice_vals_list):
    """Add to final invoices what their orders forfeit, so that the invoice asks for
    what the forms say."""
    # not on an invoice of its own at the same moment
    take_turns(get_forfeitures_to_invoice(orders))
    due = get_forfeitures_to_invoice(orders)
    if not due:
        return
    for vals in invoice_vals_list:
        lines = [command[2] for command in vals["invoice_line_ids"]]
        for forfeiture in due & due._find_invoiced_by(lines):
            sequence = max((line.get("sequence", 0) for line in lines), default=0)
            vals["invoice_line_ids"].append(
                Command.create(forfeiture._prepare_invoice_line(sequence + 1))
            )


def get_forfeitures_to_invoice(orders):
    # the invoice shows what was decided, whoever makes it
    return orders.sudo().forfeiture_ids.filtered(
        lambda f: (
            f.kind == "late_pickup" and f.state == DECIDED and f._get_uninvoiced() > 0
        )
    )


def find_settlements(orders):
    """Return what was said about the deposit when the present contracts ended."""
    return orders.forfeiture_ids.filtered(
        lambda f: f.kind != "late_pickup" and not f.is_former
    )


def leave_settlements_behind(orders):
    """Confirmed again: what was only proposed when the contract ended is without
    effect, what was booked then is no deposit any more, see
    ``received_queries.py``."""
    for order in orders.filtered("deposit_rule_id"):
        found = find_settlements(order)
        found.filtered(lambda f: f.state == PROPOSED)._lapse()
        found.is_former = True
        order._find_todos("deposit.settle").unlink()
        if kept := found.filtered(lambda f: f.state == SETTLED):
            order._tell_owner(
                orders.env._(
                    "The order was confirmed again, but what becomes of its "
                    "deposit was booked when it was cancelled: %s. What was kept "
                    "then does not count as its deposit.",
                    ", ".join(kept.mapped("display_name")),
                ),
                key="forfeiture.confirmed_again",
            )


def has_deposit_to_settle(orders):
    """Return those of these orders with money on them of which nobody has said what
    becomes of it."""
    concerned = orders.filtered("deposit_rule_id")
    received = concerned._get_received()
    return concerned.filtered(
        lambda order: received[order].deposit > 0 and not find_settlements(order)
    )


def ask_for_settlement(orders):
    """Return the action that asks what becomes of the deposit of an order that is
    about to be cancelled, or ``False``."""
    # whether money has come is known to whoever may cancel
    if len(orders) != 1 or not has_deposit_to_settle(orders.sudo()):
        return False
    return orders.action_settle_deposit()


def remind_of_deposit(orders):
    """Leave a to-do on cancelled orders whose deposit is not settled, on whichever
    road they were cancelled."""
    for order in has_deposit_to_settle(orders):
        order._leave_todo(
            "deposit.settle",
            orders.env._("Settle the deposit of a cancelled order"),
            user=order.user_id,
        )


def propose_settlement(order, kind, amount, reason, broken_by=False):
    """Record what is proposed to become of the deposit when the contract ends.

    Never more than the law lets it, and never automatic: it is decided like any
    forfeiture. [Civil Code 586–588]

    :raise UserError: it was proposed already
    """
    order.ensure_one()
    take_turns(order)
    if not has_deposit_to_settle(order):
        raise UserError(
            order.env._("There is no deposit on %s to be settled.", order.name)
        )
    forfeitures = order.env["order.forfeiture"]
    values = forfeitures._prepare_proposal(
        order,
        kind,
        amount,
        get_forfeitable_amount(order),
        broken_by=broken_by,
        reason=reason,
    )
    # what was proposed for goods not taken is settled together with it
    late = order.forfeiture_ids.filtered(lambda f: f.state == PROPOSED)
    if not late:
        return forfeitures._propose(values)
    late.write(
        {
            **{k: v for k, v in values.items() if k != "order_id"},
            "amount": values["proposed_amount"],
            "fine_amount": 0.0,
        }
    )
    return late
