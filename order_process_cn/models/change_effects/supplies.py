"""What a change does to what is sent, made and bought for its order (CHG-5).

Followed from the top down: what goes into something gets more or less with it. What is
made by a subcontractor, or goes from the vendor to the customer, follows its purchase
order.
"""

from collections import defaultdict
from typing import NamedTuple

from ..changes.change_states import ASKED_ONLY, CANCEL
from ..effect.take_back import get_all_productions, get_all_purchases
from ..reach.pool import find_pools, is_from_shelf_first

NOT_BEGUN = {"draft", "confirmed"}


class Supplies(NamedTuple):
    """What is made and bought for an order, read once for a change."""

    productions: object
    purchases: object


def read_supplies(order):
    productions = get_all_productions(order)
    return Supplies(
        productions.filtered(lambda production: production.state != "done"),
        get_all_purchases(order),
    )


def reach_of_goods(change, supplies):
    """Return the values of effects on transfers, production and purchases."""
    rows, more = [], defaultdict(float)
    for line, quantity in change._get_new_quantities().items():
        product = line.product_id
        added = line.product_uom_id._compute_quantity(
            quantity - line.product_uom_qty, product.uom_id, round=False
        )
        if product.uom_id.compare(added, 0):
            rows += _spread(change, product, _get_leaving(line), added)
            more[product] += added - _count_on_shelf(line, added)
    got = {p: added for p, added in more.items() if p.uom_id.compare(added, 0)}
    return rows + _reach_of_supplies(change, supplies, got)


def _count_on_shelf(line, added):
    """Return how much of what is added to one order line lies on the shelf already, if
    its goods are taken from there first."""
    if added < 0:
        return 0.0
    moves = line.move_ids.filtered(is_from_shelf_first)
    if not moves:
        return 0.0
    # what lies there may be counted for what is ordered already: see reach/shelf.py
    pools = find_pools(line.order_id, line.product_id)
    served = [pool for pool in pools if moves & pool.shelf_needs]
    if served:
        missing = served[0].count_missing(sees_shelf=True, added=added)
        return min(max(added - missing, 0.0), added)
    free = sum(
        max(line.product_id.with_context(location=place.id).free_qty, 0.0)
        for place in moves.location_id
    )
    return min(free, added)


def _reach_of_supplies(change, supplies, more):
    """Return what becomes of productions and purchases, level by level.

    :param more: ``{product: how much more is needed of it, in its unit}``
    """
    rows, seen = [], set()
    while more:
        needed = defaultdict(float)
        for product, added in more.items():
            seen.add(product)
            made = supplies.productions.filtered(
                lambda production, p=product: (
                    production.product_id == p and not _is_subcontracted(production)
                )
            )
            own = _spread(change, product, _count_made(made), added)
            rows += own
            for part, quantity in _get_parts(made, own).items():
                needed[part] += quantity
            bought = _count_bought(supplies.purchases, product)
            rows += _spread(change, product, bought, added)
            rows += _reach_of_subcontractor(change, supplies, product, added)
        more = {
            part: quantity
            for part, quantity in needed.items()
            if part not in seen and part.uom_id.compare(quantity, 0)
        }
    return rows


def _get_parts(productions, rows):
    """Return ``{component: how much more of it}`` that follows from ``rows``."""
    parts = defaultdict(float)
    by_id = {production.id: production for production in productions}
    for row in rows:
        production = by_id.get(row["res_id"], productions[-1:])
        if row["res_model"] != production._name or not production.product_qty:
            continue
        whole = production.product_uom_id._compute_quantity(
            production.product_qty, production.product_id.uom_id
        )
        share = (row["quantity_to"] - row["quantity_from"]) / whole
        for move in production.move_raw_ids:
            if move.state != "cancel":
                parts[move.product_id] += share * move.product_qty
    return parts


def _is_subcontracted(production):
    return production.bom_id.type == "subcontract"


def _get_leaving(line):
    """Return ``{transfer: quantity}`` of what is still to leave for an order line from
    a place of ours."""
    found = {}
    for move in line.move_ids:
        if move.state in {"done", "cancel"} or not move._leads_out():
            continue
        if move.picking_id and not move.purchase_line_id:
            left = found.get(move.picking_id, 0.0)
            found[move.picking_id] = left + move.product_qty
    return found


def _count_made(productions):
    return {
        production: production.product_uom_id._compute_quantity(
            production.product_qty, production.product_id.uom_id
        )
        for production in productions
    }


def _count_bought(purchases, product):
    found = {}
    for line in purchases.order_line:
        if line.product_id == product:
            quantity = line.product_uom_id._compute_quantity(
                line.product_qty, product.uom_id
            )
            found[line.order_id] = found.get(line.order_id, 0.0) + quantity
    return found


def _reach_of_subcontractor(change, supplies, product, added):
    """Return what the subcontractor has begun to make less of: the buyer settles that
    with him."""
    if added > 0:
        return []
    return [
        {
            "res_model": production._name,
            "res_id": production.id,
            "act": "look",
            "product_id": product.id,
            "user_id": production.user_id.id,
        }
        for production in supplies.productions
        if production.product_id == product and _is_subcontracted(production)
    ]


def _spread(change, product, documents, more):
    """Return rows for ``documents``, ``{document: quantity}``: less is taken from the
    last one first; more is added to the last one that may still grow, or a new one is
    made beside it."""
    unit, rows, left = product.uom_id, [], more
    goods = {"product_id": product.id, "product_uom_id": unit.id}
    ordered = sorted(documents, key=lambda d: -d.id)
    if more > 0 and documents:
        growing = [d for d in ordered if _may_grow(change, d)]
        last, before = growing[0] if growing else ordered[0], 0.0
        if growing:
            before = documents[last]
        return [
            {
                **goods,
                "res_model": last._name,
                "res_id": last.id if growing else False,
                "act": "raise",
                "quantity_from": before,
                "quantity_to": before + more,
                "is_automatic": True,
                "user_id": False,
            }
        ]
    for document in ordered:
        before = documents[document]
        after = max(before + left, 0.0)
        left -= after - before
        act = "reduce"
        if change.kind == CANCEL or not unit.compare(after, 0):
            act, after = "cancel", 0.0
        free = _is_free(change, document)
        rows.append(
            {
                **goods,
                "res_model": document._name,
                "res_id": document.id,
                "act": act,
                "quantity_from": before,
                "quantity_to": after,
                "is_automatic": free,
                "user_id": not free and document.user_id.id,
            }
        )
        if not unit.compare(left, 0):
            break
    return rows


def _may_grow(change, document):
    """Whether core adds to one document, instead of making another one."""
    return document._name == "stock.picking" or _is_free(change, document)


def _is_free(change, document):
    """Whether one document gets less by itself: nobody has begun with it."""
    if document._name == "stock.picking":
        return True
    if document._name == "mrp.production":
        own = document._get_sale_orders() == change.order_id
        return document.state in NOT_BEGUN and own
    return document.state in ASKED_ONLY
