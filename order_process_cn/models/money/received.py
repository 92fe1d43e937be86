"""What of orders is not invoiced yet."""

from odoo.tools import SQL

from .received_queries import READ_UNBILLED, UNBILLED


def get_unbilled(orders):
    """Return ``{order: amount}``: what will still be invoiced, with taxes, in the
    currency of each order. Costs one query."""
    if not orders.ids:
        return {order: order.amount_total for order in orders}
    for model, names in READ_UNBILLED.items():
        orders.env[model].flush_model(names)
    rows = orders.env.execute_query(SQL(UNBILLED, orders=orders.ids))
    found = {order_id: row for order_id, *row in rows}
    unbilled = {}
    for order in orders:
        amount, is_whole = found.get(order._origin.id, (0.0, True))
        # rounded as the order itself is
        unbilled[order] = order.amount_total if is_whole else float(amount)
    return unbilled
