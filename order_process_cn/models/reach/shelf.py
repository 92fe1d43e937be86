"""What lies on the shelf counts once for the same goods.

Core looks what is free whenever more is launched. As long as what was ordered first has
reserved nothing of it, the same pieces are free for what is ordered afterwards as well,
and neither is made or bought. Beside a core that counts them once this adds nothing.
"""

from ..effect.growth import filtered_growth_guarded
from .follow import find_pool_of, get_orders
from .pool import is_from_shelf_first


def count_shelf_once(moves, quantities):
    """Return how much is to be made or bought for each of ``moves``, in its unit.

    :param quantities: the same as core counts it
    """
    found, left = [], {}
    # whoever sells need not see what is made and bought for it
    for move, quantity in zip(moves.sudo(), quantities, strict=True):
        more = _find_missing(move, quantity, left)
        found.append(quantity if more is None else more)
    return found


def _find_missing(move, quantity, left):
    """Return how much is missing for one move beside what comes for its order already,
    in its unit; nothing where core is right.

    :param left: ``{what the same supplies serve: how much of it is missing}``
    """
    unit = move.product_id.uom_id
    launched = move.product_uom._compute_quantity(quantity, unit, round=False)
    if not is_from_shelf_first(move) or unit.compare(launched, move.product_qty) >= 0:
        return None
    order = filtered_growth_guarded(get_orders(move))[:1]
    key = order, move.product_id, move.location_id.warehouse_id
    if order and key not in left:
        pool = find_pool_of(order, move, move.browse())
        left[key] = pool.get_supplies() and pool.count_missing(sees_shelf=True)
    if not order or not left[key]:
        return None
    wanted = min(max(left[key], launched), move.product_qty)
    left[key] -= wanted
    return unit._compute_quantity(wanted, move.product_uom, rounding_method="HALF-UP")
