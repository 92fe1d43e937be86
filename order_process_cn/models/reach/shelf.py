"""What lies on the shelf counts once for the same goods.

Core looks what is free whenever more is launched. As long as what was ordered first has
reserved nothing of it, the same pieces are free for what is ordered afterwards as well,
and neither is made or bought. Beside a core that counts them once this adds nothing.
"""

from collections import defaultdict

from ..effect.growth import filtered_growth_guarded
from .follow import find_pool_of, get_orders
from .pool import count_wanted_beside_shelf, is_from_shelf_first


def count_shelf_once(moves, quantities):
    """Return how much is to be made or bought for each of ``moves``, in its unit.

    :param quantities: the same as core counts it
    """
    found = list(quantities)
    # whoever sells need not see what is made and bought for it
    asked = list(zip(moves.sudo(), quantities, strict=True))
    for missing, own in _group_by_order(asked):
        unit = asked[own[0]][0].product_id.uom_id
        launched = {
            place: asked[place][0].product_uom._compute_quantity(
                asked[place][1], unit, round=False
            )
            for place in own
        }
        # how much more is missing than core launches for all of them together
        rest = missing - sum(launched.values())
        for place, quantity in launched.items():
            move = asked[place][0]
            more = min(rest, move.product_qty - quantity)
            if unit.compare(more, 0.0) > 0:
                rest -= more
                found[place] = unit._compute_quantity(
                    quantity + more, move.product_uom, rounding_method="HALF-UP"
                )
    return found


def _group_by_order(asked):
    """Return ``[(how much is missing for their order, places in asked)]`` for the moves
    that take from the shelf first, where core counts something of it for one of them.

    :param asked: ``[(move, quantity that core launches, in its unit), …]``
    """
    beside = [
        (place, move, move.product_uom.compare(quantity, move.product_uom_qty) < 0)
        for place, (move, quantity) in enumerate(asked)
        if is_from_shelf_first(move)
    ]
    counted = {_get_shelf(move) for _place, move, is_less in beside if is_less}
    groups = defaultdict(list)
    for place, move, _is_less in beside:
        if _get_shelf(move) in counted:
            groups[(*_get_shelf(move), get_orders(move))].append(place)
    found = []
    for (*_shelf, orders), places in groups.items():
        need = asked[places[0]][0]
        order = filtered_growth_guarded(orders)[:1]
        if order:
            found.append((_count_missing(order, need), places))
    return found


def _count_missing(order, need):
    pool = find_pool_of(order, need, need.browse())
    if pool.get_supplies():
        return pool.count_missing(sees_shelf=True)
    # nothing comes for the order: those that wait may still count on the same pieces
    waiting = order.stock_reference_ids.move_ids.filtered(
        lambda move: is_from_shelf_first(move) and _get_shelf(move) == _get_shelf(need)
    )
    return count_wanted_beside_shelf(waiting, sees_shelf=True)


def _get_shelf(move):
    return move.product_id, move.location_id.warehouse_id
