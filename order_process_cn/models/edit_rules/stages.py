"""How far an order is, for the question who may still change what."""

from ..effect.held import is_held

STAGES = [
    ("review", "Under Review"),
    ("approved", "Approved"),
    ("held", "Confirmed, Not Yet Effective"),
    ("effective", "Effective"),
    ("production", "In Production"),
    ("stock", "In Stock"),
    ("partial", "Partly Shipped"),
    ("shipped", "Shipped"),
]
RANK = {code: number for number, (code, _label) in enumerate(STAGES)}
OF_REVIEW = {"running": "review", "approved": "approved"}
OF_PROGRESS = {
    "production": "production",
    "stock": "stock",
    "shipped": "shipped",
    "received": "shipped",
    "settled": "shipped",
    "archived": "shipped",
}


def find_edit_stage(order):
    """Return how far one order is, ``False`` for one that is free: a quotation that
    nobody reviews, a cancelled order, one outside every procedure."""
    order.ensure_one()
    if order.state in {"draft", "sent"}:
        return OF_REVIEW.get(order.review_state, False)
    if order.state != "sale" or not (order.review_id or order.effect_state):
        return False
    if is_held(order):
        return "held"
    stage = OF_PROGRESS.get(order.progress, "effective")
    if stage != "shipped" and any(line.qty_delivered > 0 for line in order.order_line):
        return "partial"
    return stage
