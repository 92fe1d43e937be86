"""What orders may cause before their deposit is received, and where it stops (DEP-9).

Whether the deposit is there is read from the books whenever something is asked: a
deposit that is lost again stops what has not been done yet.
"""

from functools import partial

from ..intake.classification import get_order_type
from ..mechanism.order_condition_mixin import Condition
from ..money.deposits import get_deposit_gaps, spell_deposit
from ..prices.res_users import PRICE_GROUP
from .order_type import BUY, PLAN


def freeze_stage(orders):
    """Note on orders that have just been confirmed what they may cause before their
    deposit: what is changed on the type later concerns later orders."""
    if not orders.env["order.type"]._is_any_staged():
        return
    for order in orders:
        stage = get_order_type(order).before_deposit
        before = stage in {PLAN, BUY} and order.deposit_required > 0 and stage
        if (order.before_deposit or False) != before:
            order.before_deposit = before


def filtered_staged(orders):
    """Return those of these orders that begin before their deposit."""
    return orders.filtered(lambda order: order.before_deposit in {PLAN, BUY})


def filtered_stopped(orders):
    """Return those of these orders that have begun and whose deposit is missing."""
    gaps = get_deposit_gaps(filtered_staged(orders))
    return orders.browse(
        order.id for order, (_paid, missing) in gaps.items() if missing
    )


def condition_effect(orders):
    """[DEP-1] the deposit, where nothing begins before it; else that planning does."""
    staged = filtered_staged(orders)
    found = (orders - staged)._condition_deposit()
    for order in staged:
        found[order] = Condition(
            "stage", orders.env._("Planning begins before the deposit"), True
        )
    return found


def condition_stage(orders):
    """[DEP-9] the deposit, for what comes after planning: ``{order: Condition}``."""
    # the deposit is a share of the total: not for everybody's eyes
    tells = orders.env.user._has_group(PRICE_GROUP)
    return {
        order: Condition(
            "deposit",
            orders.env._("Deposit received"),
            not missing,
            orders.env._("Finance"),
            partial(spell_deposit, order, paid) if tells else "",
        )
        for order, (paid, missing) in get_deposit_gaps(filtered_staged(orders)).items()
    }


def condition_production(productions):
    """[DEP-9] nothing is made for an order before its deposit; what a subcontractor
    makes was stopped where it was ordered."""
    if not productions.env["order.type"]._is_any_staged():
        return {}
    own = productions - productions._filtered_made_elsewhere()
    served = {p: filtered_staged(p._get_served_lines().order_id) for p in own}
    found = condition_stage(own.env["sale.order"].union(*served.values()))
    return {
        production: [
            found[order]._replace(label=f"{order.name}: {found[order].label}")
            for order in orders
            if order in found
        ]
        for production, orders in served.items()
        if orders
    }


def find_orders_of_moves(moves):
    """Return the sales orders that these moves, or what follows them, serve."""
    chain = moves.browse(moves._rollup_move_dests()) | moves
    orders = chain.sale_line_id.order_id
    for production in chain.raw_material_production_id:
        orders |= production._get_served_lines().order_id
    return orders or chain.reference_ids.sale_ids


def tell_of_lost_deposit(orders):
    """Tell who answers for orders that began before their deposit that it was received
    and is missing again. Called by the worker."""
    for order in filtered_staged(orders).filtered(lambda o: o.state == "sale"):
        order._tell_owner(
            order.env._(
                "The deposit is not received any more. Purchases and production of the "
                "order stop where they are until it is: have finance look at the "
                "payments."
            ),
            key="deposit.missing",
        )
