"""Which documents a change reaches, and what is to become of each of them (CHG-5).

Looked at before anybody signs. What Odoo and the addon do by themselves is said to be
automatic; the rest is the task of whoever answers for the document.
"""

from ..effect.take_back import get_all_productions, get_all_purchases
from .change_papers import reach_of_papers
from .change_states import CANCEL

NOT_BEGUN = {"draft", "confirmed"}
ASKED_ONLY = {"draft", "sent", "to approve"}


def collect_reach(change):
    """Return the values of one effect for each document that ``change`` reaches."""
    rows = []
    for line, quantity in change._get_new_quantities().items():
        rows += _reach_of_line(change, line, quantity)
    header = change._get_header()
    if "commitment_date" in header:
        rows += _reach_of_date(change)
    if "partner_shipping_id" in header:
        rows += _reach_of_address(change)
    rows += reach_of_papers(change, rows)
    return rows + _reach_of_money(change) + _reach_of_words(change)


def measure(effect):
    """Return how much of its product the document of ``effect`` is about now."""
    document, product = effect._get_document(), effect.product_id
    if not document or document.state == "cancel":
        return 0.0
    if effect.res_model == "mrp.production":
        quantity, unit = document.product_qty, document.product_uom_id
        return unit._compute_quantity(quantity, effect.product_uom_id)
    if effect.res_model == "stock.picking":
        rows = [
            (move.product_uom_qty, move.product_uom)
            for move in document.move_ids
            if move.product_id == product and move.state not in {"done", "cancel"}
        ]
    else:
        rows = [
            (line.product_qty, line.product_uom_id)
            for line in document.order_line
            if line.product_id == product
        ]
    return sum(
        unit._compute_quantity(quantity, effect.product_uom_id)
        for quantity, unit in rows
    )


# -- quantities ------------------------------------------------------------------------


def _reach_of_line(change, line, quantity):
    """Return what becomes of transfers, production and purchases for one order line of
    which ``quantity`` is ordered after the change."""
    product, unit = line.product_id, line.product_id.uom_id
    convert = line.product_uom_id._compute_quantity
    more = convert(quantity - line.product_uom_qty, unit, round=False)
    if not unit.compare(more, 0):
        return []
    cancelled = change.kind == CANCEL
    rows = _spread(change, product, unit, _get_leaving(line), more, cancelled)
    made = get_all_productions(change.order_id).filtered(
        lambda production: (
            production.product_id == product and production.state != "done"
        )
    )
    rows += _spread(change, product, unit, _count_made(made), more, cancelled)
    bought = get_all_purchases(change.order_id)
    rows += _spread(
        change, product, unit, _count_bought(bought, product), more, cancelled
    )
    return rows


def _get_leaving(line):
    """Return ``{transfer: quantity}`` of what is still to leave for an order line."""
    found = {}
    for move in line.move_ids:
        if move.state in {"done", "cancel"} or not move._leads_out():
            continue
        if move.picking_id:
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


def _spread(change, product, unit, documents, more, cancelled):
    """Return rows for ``documents``, ``{document: quantity}``: less is taken from the
    last one first, more is added to the last one."""
    rows, left = [], more
    for document in sorted(documents, key=lambda d: -d.id):
        before = documents[document]
        after = max(before + left, 0.0)
        left -= after - before
        act = "raise" if after > before else "reduce"
        if cancelled or not unit.compare(after, 0):
            act, after = "cancel", 0.0
        rows.append(
            {
                **_about(document),
                "act": act,
                "product_id": product.id,
                "product_uom_id": unit.id,
                "quantity_from": before,
                "quantity_to": after,
                **_whose(change, document, act),
            }
        )
        if not unit.compare(left, 0):
            break
    return rows


def _whose(change, document, act):
    """Return whether ``act`` happens to ``document`` by itself, or whose task it is."""
    order = change.order_id
    if document._name == "stock.picking":
        free, user = True, document.user_id
    elif document._name == "mrp.production":
        free = document.state in NOT_BEGUN and document._get_sale_orders() == order
        user = document.user_id
    else:
        free, user = document.state in ASKED_ONLY, document.user_id
    # what was begun or ordered gets more beside it, never out of it by itself
    free = free or act == "raise"
    return {"is_automatic": free, "user_id": not free and user.id}


# -- dates, addresses ------------------------------------------------------------------


def _reach_of_date(change):
    delay = change._get_delay()
    rows = [
        {
            **_about(picking),
            "act": "date",
            "date_from": picking.scheduled_date,
            "date_to": picking.scheduled_date + delay,
            "is_automatic": True,
        }
        for picking in change._get_open_transfers()
    ]
    for production in get_all_productions(change.order_id):
        if production.state == "done":
            continue
        free = production.state in NOT_BEGUN
        rows.append(
            {
                **_about(production),
                "act": "date",
                "date_from": production.date_start,
                "date_to": production.date_start + delay,
                "is_automatic": free,
                "user_id": not free and production.user_id.id,
            }
        )
    bought = get_all_purchases(change.order_id)
    rows += [
        {**_about(purchase), "act": "look", "user_id": purchase.user_id.id}
        for purchase in bought
    ]
    return rows


def _reach_of_address(change):
    return [
        {**_about(picking), "act": "address", "is_automatic": True}
        for picking in change._get_open_transfers()
    ]


# -- money and words -------------------------------------------------------------------


def _reach_of_money(change):
    """Return the posted invoices of what gets cheaper or less: the accountant makes the
    credit note."""
    cheaper = change.amount_after < change.amount_before
    if not cheaper:
        return []
    posted = change.order_id.invoice_ids.filtered(lambda move: move.state == "posted")
    return [
        {**_about(move), "act": "look", "user_id": move.invoice_user_id.id}
        for move in posted
    ]


def _reach_of_words(change):
    """Return the delivery schedules of lines whose quantity or date moves: sales
    divides it anew."""
    dated = "commitment_date" in change._get_header()
    moved = change._get_new_quantities()
    return [
        {**_about(line), "act": "look", "user_id": change.user_id.id}
        for line, quantity in moved.items()
        if line.delivery_part_count
        and (dated or line.product_uom_id.compare(quantity, line.product_uom_qty))
    ]


def _about(document):
    return {"res_model": document._name, "res_id": document.id}
