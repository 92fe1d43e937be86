"""What of the money received belongs to which step of a payment plan (DEP-8).

The books say how much was received (``sale.order._get_received``), the balance what is
owed: here it is only divided. Steps are paid in their order.
"""

from functools import partial
from typing import NamedTuple

from odoo import fields

from ..effect.take_back import get_all_productions
from ..mechanism.order_condition_mixin import Condition
from ..money.deposits import get_deposit_gaps
from ..pickup.balance import collect_balance_figures
from ..prices.res_users import PRICE_GROUP
from .order_payment_step_mixin import DEPOSIT, FIXED, PERCENT, REST, SHIP, START


class Allotted(NamedTuple):
    """One step in figures, in the currency of its order.

    :param missing: what has to come in before the step, and all before it, is paid
    """

    amount: float
    received: float
    missing: float


def divide_total(total, deposit, terms, currency):
    """Return the amounts of steps whose sum is ``total``.

    :param terms: ``[(method, percent, fixed amount), …]``, one of them the rest
    """
    wanted = {
        DEPOSIT: lambda percent, fixed: deposit,
        PERCENT: lambda percent, fixed: currency.round(total * percent / 100),
        FIXED: lambda percent, fixed: fixed,
    }
    rest, amounts = max(total, 0.0), []
    for method, percent, fixed in terms:
        # an order that was reduced or credited asks for no more than is left of it
        amount = 0.0 if method == REST else min(wanted[method](percent, fixed), rest)
        amounts.append(amount)
        rest -= amount
    return [
        currency.round(rest if method == REST else amount)
        for (method, *_share), amount in zip(terms, amounts, strict=True)
    ]


def allot_payments(orders):
    """Return ``{order: {step: Allotted}}``. The number of queries does not depend on
    the number of orders; without steps it is 0."""
    if not orders:
        return {}
    # entries and payments are the accountants'; the figures are the order's
    known = orders.sudo()
    figures, gaps = collect_balance_figures(known), get_deposit_gaps(known)
    return {
        order: _allot(order, figures[order.sudo()], gaps.get(order.sudo(), (0.0, 0.0)))
        for order in orders
    }


def _allot(order, figures, gap):
    # as above
    currency, steps = order.currency_id, order.sudo().payment_step_ids.sorted()
    amounts = divide_total(
        figures["total"],
        figures["deposit"],
        [(step.method, step.percent, step.fixed_amount) for step in steps],
        currency,
    )
    # what was received or settled otherwise, and neither withheld nor forfeited
    settled, before, allotted = figures["total"] - figures["balance"], 0.0, {}
    for step, amount in zip(steps, amounts, strict=True):
        received = min(max(settled - before, 0.0), amount)
        before += amount
        missing = before - settled
        if step.method == DEPOSIT:
            # whether the deposit is there is decided once: see deposits.py
            paid, missing = gap
            received = min(max(paid, 0.0), amount)
        allotted[step.with_env(order.env)] = Allotted(
            amount, currency.round(received), max(currency.round(missing), 0.0)
        )
    return allotted


# -- what the steps open -------------------------------------------------------------


def find_conditions(orders, opens):
    """Return ``{order: [Condition, …]}`` of the steps that open ``opens``."""
    steps = orders.payment_step_ids.filtered(lambda step: step.opens == opens)
    # amounts are not for everybody's eyes
    tells = orders.env.user._has_group(PRICE_GROUP)
    return {
        order: [
            Condition(
                "balance" if opens == SHIP else "payment",
                order.env._("Received: %s", step.display_name),
                not allotted[step].missing,
                order.env._("Finance"),
                partial(_spell_missing, order, allotted[step]) if tells else "",
            )
            for step in steps & order.payment_step_ids
        ]
        for order, allotted in allot_payments(steps.order_id).items()
    }


def _spell_missing(order, allotted):
    return order.env._("still to be paid: %s", order._format_money(allotted.missing))


def condition_shipping(orders):
    """[DEP-8] the steps that open shipping are received."""
    return find_conditions(
        orders.filtered(lambda order: order.goods_leave == "plan"), SHIP
    )


def condition_production(productions):
    """[DEP-8] the steps that open production are received, of every order that it is
    made for."""
    if not productions.env["order.payment.plan"]._is_used():
        return {}
    orders = productions.reference_ids.sale_ids | productions.sale_line_id.order_id
    if not any(order.payment_plan_id for order in orders):
        return {}
    served = {p: p._get_served_lines().order_id for p in productions}
    planned = orders.concat(*served.values()).filtered("payment_plan_id")
    found = find_conditions(planned, START)
    return {
        production: [c for order in own for c in found.get(order, ())]
        for production, own in served.items()
    }


# -- freezing, following ---------------------------------------------------------------


def freeze_payment_plan(orders):
    """Give these orders the steps of the first plan that fits: before they are signed,
    or are sent and confirmed without a review. What was agreed with a confirmed order
    stays."""
    plans = orders.env["order.payment.plan"].sudo()  # what it says is the engine's
    if not plans._is_used():
        return
    concerned = orders.sudo().filtered(  # follows from the plans
        lambda order: not (order.payment_plan_id and order.state == "sale")
    )
    found = plans._find_for(concerned)
    for order in concerned:
        compiled = found.get(order)
        plan = plans.browse(compiled["plan"]) if compiled else plans
        if plan or order.payment_plan_id:
            plan._freeze_on(order)


def freeze_payment_plan_unreviewed(orders):
    """As above, for orders whose facts no review vouches for."""
    # whether there is a review, not what it says
    freeze_payment_plan(orders.filtered(lambda order: not order.sudo().review_id))


def refresh_payment_steps(orders):
    """Note which steps have been received, and let go on what waited for them. Called
    by the recheck worker."""
    planned = orders.filtered("payment_plan_id")
    if not planned:
        return
    for order, allotted in allot_payments(planned).items():
        changed = order.payment_step_ids.filtered(
            lambda step, own=allotted: bool(step.received_on) == bool(own[step].missing)
        )
        for step in changed:
            step.received_on = not step.received_on and fields.Datetime.now()
        if START in changed.mapped("opens"):
            waiting = get_all_productions(order).filtered("requested_transition")
            waiting._mark_for_recheck("confirm")
        if changed and all(order.payment_step_ids.mapped("received_on")):
            order._emit("plan_paid")
