"""What a promise waits for, where the type of an order asks production first."""

from functools import partial

from ..intake.classification import get_order_type
from ..mechanism.order_condition_mixin import Condition
from .answer import find_demands
from .need import reckon_need


def condition_capacity(orders):
    """[PLN-5] the work centres can make it by the promised date, or somebody who may
    has said why it is promised all the same. Other types cost nothing."""
    asking = orders.env["order.type"]._ids_checking_capacity()
    concerned = asking and orders.filtered(lambda o: get_order_type(o).id in asking)
    if not concerned:
        return {}
    latest = orders.env["order.capacity.check"]._get_latest(concerned)
    label = orders.env._("Capacity for the promised date")
    found = {}
    for order, check in latest.items():
        gap = check._find_gap()
        met = not gap and (not check.late_days or bool(check.passed_on))
        owner, detail = _spell_owner, partial(_spell_late, check)
        if gap:
            owner, detail = _spell_checker, gap
        found[order] = Condition("capacity", label, met, partial(owner, order), detail)
    for order in _filtered_made(concerned.filtered(lambda order: order not in found)):
        found[order] = Condition(
            "capacity",
            label,
            False,
            partial(_spell_checker, order),
            orders.env._("not checked yet"),
        )
    return found


def _filtered_made(orders):
    """Return those of these orders of which work centres make something."""
    made = orders.browse()
    for company, own in orders.grouped("company_id").items():
        demands = find_demands(orders.env, [("order_id", "in", own.ids)])
        needs = reckon_need(company, demands)
        made |= made.browse(number for number, need in needs.items() if need)
    return made


def _spell_late(check):
    return check.env._(
        "it could be made by %(earliest)s, %(days)s days after %(promised)s",
        earliest=check.earliest_on,
        days=check.late_days,
        promised=check.promised_on,
    )


def _spell_owner(order):
    """Return who may pass it: the departments of the reasons there are."""
    reasons = order.env["order.capacity.reason"].search(
        [("company_id", "in", [False, order.company_id.id])]
    )
    return ", ".join(reasons.department_id.mapped("name"))


def _spell_checker(order):
    return order.user_id.name or ""
