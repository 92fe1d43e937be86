"""Held orders: confirmed, and not in effect yet."""

from ..intake.classification import freeze_type, get_order_type
from ..intake.order_states import HELD


def name_effect_conditions(orders):
    """Return ``{code: words}`` for the stored summary of what is missing."""
    return {
        "review": orders.env._("review"),
        "deposit": orders.env._("deposit"),
        "technical": orders.env._("technical confirmation"),
        "material": orders.env._("material confirmation"),
        "drawing": orders.env._("drawing"),
        "stock": orders.env._("decision on short lines"),
        "window": orders.env._("issue window"),
        "suspension": orders.env._("suspended"),
    }


def may_be_held(orders):
    """Return those of these quotations that can have to wait once they are confirmed:
    for their type, with or without a route, or for a deposit."""
    deposits = orders.env["order.deposit.rule"]._find_for(orders)
    holding = orders.env["order.type"]._ids_holding()
    return orders.filtered(
        lambda order: (
            deposits[order]
            or order.deposit_rule_id
            or get_order_type(order).id in holding
        )
    )


def fix_type_that_holds(orders):
    """Fix the proposed type of orders that nobody had to review, if it asks for
    something before they take effect: a submission would have fixed it."""
    if holding := orders.env["order.type"]._ids_holding():
        freeze_type(
            orders.filtered(
                lambda order: (
                    not order.order_type_id and order.proposed_type_id.id in holding
                )
            )
        )


def store_waiting(orders, missing):
    """Store what the lists show: the codes of the open conditions."""
    codes = [condition.code for condition in missing]
    ready = not set(codes) - {"window"}
    if (orders.effect_waiting or [], orders.effect_is_ready) != (codes, ready):
        orders.write({"effect_waiting": codes, "effect_is_ready": ready})


def is_held(order):
    order.ensure_one()
    return order.effect_state == HELD


def forget_effect(orders):
    """A cancelled order is neither held nor effective, and nobody waits for it. Return
    those that something was asked for."""
    waited = orders.filtered(
        lambda order: order.effect_state or order.requested_transition
    )
    waited.write(
        {
            "effect_state": False,
            "effective_on": False,
            "effect_waiting": False,
            "effect_is_ready": False,
            "requested_transition": False,
            "effect_lost_on": False,
        }
    )
    orders.order_line.filtered("held_quantity").held_quantity = 0.0
    return waited


def find_unprocurable(orders):
    """Return ``[(order, product), …]`` for lines that no stock rule could serve.

    Found when the order is submitted, not when everybody has signed and paid.
    """
    Rule = orders.env["stock.rule"]
    known, missing = {}, []
    for line in orders.order_line:
        if line.product_id.type != "consu" or line.product_uom_qty <= 0:
            continue
        key = (line.product_id, line.warehouse_id, line.route_ids)
        if key not in known:
            known[key] = Rule._get_rule(
                line.product_id,
                line._get_location_final(),
                line._prepare_procurement_values(),
            )
        if not known[key]:
            missing.append((line.order_id, line.product_id))
    return missing


def show_batches(orders, batches):
    action = orders.env["ir.actions.act_window"]._for_xml_id(
        "order_process_cn.order_issue_batch_action"
    )
    if len(batches) == 1:
        return {**action, "views": [(False, "form")], "res_id": batches.id}
    return {**action, "domain": [("id", "in", batches.ids)]}
