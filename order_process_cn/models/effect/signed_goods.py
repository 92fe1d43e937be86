"""What may be delivered, made and bought for an order in force by hand, while a part of
it waits for signatures (REV-5): what was signed, and no more.

Counted by product, over everything that names the order: what a line is linked to and
what only carries its reference.
"""

from collections import Counter
from contextlib import contextmanager

from odoo.exceptions import UserError

from .growth import filtered_growth_closed


def _get_launching(env):
    return env.cr.precommit.data.setdefault("order_process.launching", set())


def get_signed_goods(orders):
    """Return ``{product: quantity}`` of what may be launched now, in the units of
    the products; of a kit its components too."""
    goods = Counter()
    for line in orders.order_line.filtered("product_id"):
        signed = max(line._get_ordered_quantity() - line.held_quantity, 0.0)
        goods[line.product_id] += signed
        goods.update(line._get_kit_goods(signed))
    return goods


def refuse_beyond_signed(orders, products, count):
    """Raise if more is launched of ``products`` than was signed, for those of these
    orders that wait with a part.

    :param count: function of one order, see ``launched.py``
    """
    problems = []
    let_through = _get_launching(orders.env)
    waiting = orders.filtered(lambda order: order.id not in let_through)
    for order in filtered_growth_closed(waiting):
        launched, others = count(order)
        goods = Counter()
        for served in order | others:
            goods.update(get_signed_goods(served))
        problems += [
            orders.env._(
                "%(order)s, %(product)s: %(launched)s of %(signed)s signed for",
                order=order.name,
                product=product.display_name,
                launched=product.uom_id._spell_with_unit(launched[product]),
                signed=product.uom_id._spell_with_unit(goods[product]),
            )
            for product in products
            if product.uom_id.compare(launched[product], goods[product]) > 0
        ]
    if problems:
        raise UserError(
            orders.env._(
                "More would serve an order than was signed, while its change is "
                "under review or it is suspended:\n%(problems)s\nThe rest follows "
                "by itself when it goes on; ask %(owners)s.",
                problems="\n".join(problems),
                owners=", ".join(orders.user_id.mapped("name"))
                or orders.env._("its salesperson"),
            )
        )


@contextmanager
def launching(orders):
    """What is launched for these orders meanwhile was let through already: see
    ``_filter_launchable``. What a line holds back is noted only afterwards."""
    now = _get_launching(orders.env)
    begun = set(orders.ids) - now
    now |= begun
    try:
        yield
    finally:
        now -= begun
