from odoo import api, fields, models

from .order_edit_rule import CHANGE, FREE, NEVER, REASON
from .stages import find_edit_stage


@api.depends("state", "review_state", "effect_state", "progress")
@api.depends_context("uid", "lang")
def spell_edit_rules(orders):
    """Compute what the reader may still change of these orders, and how."""
    rule_model = orders.env["order.edit.rule"]
    orders.edit_note = orders.edit_asks_reason = False
    if not rule_model._compiled():
        return
    names = rule_model._name_subjects(orders.env.lang or "en_US")
    for order in orders:
        stage = find_edit_stage(order)
        rules = stage and rule_model._find_for(order, stage, orders.env.user)
        ways = {REASON: [], CHANGE: [], NEVER: []}
        for subject, name in names.items():
            mode = rules[subject]["mode"] if rules and subject in rules else FREE
            if mode != FREE:
                ways[mode].append(name)
        order.edit_asks_reason = bool(ways[REASON])
        order.edit_note = spell_ways(orders.env, ways)


def spell_ways(env, ways):
    words = {
        REASON: env._("With a reason: %s."),
        CHANGE: env._("By change request: %s."),
        NEVER: env._("Settled: %s."),
    }
    told = [words[mode] % ", ".join(named) for mode, named in ways.items() if named]
    return " ".join(told) or False


def forget_reason(orders):
    """Compute what stands in the field for a reason: it is used up at once."""
    orders.edit_reason = False


def give_reason(orders):
    reasons = orders.env["order.edit.reason"]
    for order in orders.filtered("edit_reason"):
        reasons._give(order, order.edit_reason)
    orders.invalidate_recordset(["edit_reason"], flush=False)


class SaleOrder(models.Model):
    """What of an order can still be changed, for its form (CHG-4)."""

    _inherit = "sale.order"

    edit_note = fields.Char(
        string="Changes at This Stage",
        compute=spell_edit_rules,
        compute_sudo=True,
        groups="base.group_user",
    )
    edit_asks_reason = fields.Boolean(
        compute=spell_edit_rules, compute_sudo=True, groups="base.group_user"
    )
    edit_reason = fields.Text(
        string="Reason for the Change",
        compute=forget_reason,
        inverse=give_reason,
        groups="base.group_user",
        help="Why something is changed that needs a reason at this stage. It is kept "
        "with old and new values.",
    )
