"""Orders that were entered before, compared by number or contents [INT-4]."""

from datetime import timedelta

from odoo import fields
from odoo.fields import Domain


def find_same_reference(orders):
    """Return ``{order: orders}``: of the same customer, under the same number."""
    referring = orders.filtered("client_order_ref_key")
    keys = referring.mapped("client_order_ref_key")
    others = _search_twins(referring, Domain("client_order_ref_key", "in", keys))
    return _pair(
        referring,
        others,
        lambda order: (order.client_order_ref_key, _get_customer(order)),
    )


def find_same_contents(orders, days):
    """Return ``{order: orders}``: imported like this one, for the same customer and
    day, with the same goods at the same price, and without any number. Whoever
    types the same once more means it; a file is imported twice by mistake.

    :param days: how long ago the other one may have been imported
    """
    silent = orders.filtered(
        lambda o: o.is_imported and not o.client_order_ref_key and o.order_line
    )
    since = fields.Datetime.now() - timedelta(days=days)
    others = _search_twins(
        silent,
        Domain("client_order_ref_key", "=", False)
        & Domain("is_imported", "=", True)
        & Domain("create_date", ">=", since)
        & Domain("wanted_date", "in", silent.mapped("wanted_date")),
    )
    return _pair(silent, others, _get_contents)


def _search_twins(orders, domain):
    if not orders:
        return orders.browse()
    # which numbers were used is told to whoever enters an order, nothing else
    return orders.sudo().search(
        domain
        & Domain("state", "!=", "cancel")
        & Domain("company_id", "in", orders.company_id.ids)
        & Domain("partner_id", "child_of", _get_customer(orders).ids),
        limit=200,
    )


def _pair(orders, others, get_key):
    """Return ``{order: others}`` with the same key, never an order with itself."""
    by_key = others.grouped(lambda o: (o.company_id, get_key(o)))
    pairs = {}
    for order in orders.sudo():  # compared only, see _search_twins
        twins = by_key.get((order.company_id, get_key(order)), others.browse())
        if twins := twins - order._origin:
            pairs[order.with_env(orders.env)] = twins
    return pairs


def _get_customer(orders):
    return orders.partner_id.commercial_partner_id


def _get_contents(order):
    """Return what was ordered, comparable."""
    return (
        _get_customer(order),
        order.wanted_date,
        tuple(
            sorted(
                (line.product_id.id, line.product_uom_qty, line.price_unit)
                for line in order.order_line
                if not line.display_type
            )
        ),
    )
