"""What is made and bought for an order follows it down: by itself where nothing has
begun, else as a to-do for whoever has to decide."""

from contextlib import contextmanager

from ..effect.growth import filtered_growth_guarded
from .pool import CLOSED, Pool, find_ends, find_pools, is_from_shelf_first


def _get_following(env):
    return env.cr.precommit.data.setdefault("order_process.following", set())


def follow(orders, automatic=True):
    """Reduce what comes too much for these orders; name what has begun.

    Called on the engine's behalf: whoever reduces an order need not see what is made
    and bought for it.

    :param bool automatic: whether something may be reduced; else all of it is named
    """
    following = _get_following(orders.env)
    for order in orders.filtered(lambda order: order.id not in following):
        following.add(order.id)
        try:
            if automatic:
                _reduce(order)
            _name_surplus(order)
        finally:
            following.discard(order.id)


@contextmanager
def followed_later(orders):
    """Nothing is named for these orders meanwhile: they are followed at the end."""
    following = _get_following(orders.env)
    begun = orders.filtered(lambda order: order.id not in following)
    following.update(begun.ids)
    try:
        yield
    finally:
        following.difference_update(begun.ids)
    follow(begun)


def follow_after_launch(order):
    """Have one order followed when what is being launched has been reserved."""
    _get_launching(order.env).add(order.id)


def follow_launched(orders):
    """Follow those of these orders for which that was asked for."""
    launched = _get_launching(orders.env)
    if asked := orders.filtered(lambda order: order.id in launched):
        launched.difference_update(asked.ids)
        follow(asked)


def _get_launching(env):
    return env.cr.precommit.data.setdefault("order_process.launching_more", set())


def _reduce(order):
    """Reduce from the top: what goes into something follows when that is reduced."""
    pools = find_pools(order)
    while pools:
        reduced = order.env["mrp.production"].browse()
        for pool in pools:
            reduced |= reduce_pool(pool)
        parts = reduced.move_raw_ids.product_id
        pools = [pool for part in parts for pool in find_pools(order, part)]


def reduce_pool(pool, less=None):
    """Reduce what has not begun, the latest first; return what was of productions.

    :param less: how much less is needed at most, in the unit of the product. What is
        free on the shelf counts then for those who take from it first, as it did for
        core when it launched the rest; else only what they have reserved is sure
    """
    reduced = pool.productions.browse()
    first = pool.count_coming()
    for supply in reversed(pool.get_supplies()):
        surplus = -pool.count_missing(sees_shelf=less is not None)
        if less is not None:
            surplus = min(surplus, less - (first - pool.count_coming()))
        if supply.product_id.uom_id.compare(surplus, 0.0) <= 0:
            break
        if supply._is_supply_begun() or not supply._count_coming():
            continue
        left = _count_left(supply, surplus)
        if supply._name == pool.productions._name:
            reduced |= supply
        elif not left:
            pool.lines -= supply
        supply._reduce_supply(left)
    return reduced


def _count_left(supply, surplus):
    """Return what is left of one supply without ``surplus``, in its own unit: it can
    be rounded up only."""
    quantity, uom = supply._count_supply()
    unit = supply.product_id.uom_id
    cut = min(surplus, supply._count_coming())
    left = uom._compute_quantity(quantity, unit, round=False) - cut
    if unit.compare(left, 0.0) <= 0:
        return 0.0
    return unit._compute_quantity(left, uom, rounding_method="UP")


def _name_surplus(order):
    """Leave whoever has to decide a to-do on what comes too much."""
    for pool in find_pools(order):
        name_pool(order, pool)


def name_pool(order, pool):
    surplus = -pool.count_missing(sees_shelf=True)
    for supply in reversed(pool.get_supplies()):
        cut = min(surplus, supply._count_coming())
        if supply.product_id.uom_id.compare(cut, 0.0) > 0:
            surplus -= cut
            _leave_todo(order, supply, cut)
        else:
            forget_todo(supply)


def forget_todo(supply):
    document = supply._get_supply_document()
    document._find_todos(supply._get_supply_key()).unlink()


def _leave_todo(order, supply, cut):
    quantity, uom = supply._count_supply()
    left = _count_left(supply, cut)
    document = supply._get_supply_document()
    owner = _get_owner(order, supply)
    spoken = supply.with_context(lang=owner.lang).env
    summary = spoken._(
        "%(document)s, %(product)s: %(before)s → %(after)s",
        document=document.name,
        product=supply.product_id.display_name,
        before=uom.with_env(spoken)._spell_quantity(quantity),
        after=uom.with_env(spoken)._spell_with_unit(left),
    )
    note = spoken._(
        "%(order)s needs less than is on its way, and this has begun or is confirmed. "
        "Reduce it, or keep the rest for the stock.",
        order=order.name,
    )
    document._leave_todo(supply._get_supply_key(), summary, note, user=owner).filtered(
        lambda todo: todo.summary != summary
    ).summary = summary


def _get_owner(order, supply):
    """Return whose work it is: who answers for the document, else the head of the
    department, else who answers for the order."""
    person, department = supply._get_supply_owner(order)
    head = order.env.ref(department, raise_if_not_found=False)
    for user in (person, head and head.head_id, order._get_owner()):
        if user and user.active and order.company_id in user.company_ids:
            return user
    return order.env.user


def get_bought_for_emptied(moves):
    """Return ``{move: purchase lines}`` for the moves nothing is left of since their
    order got smaller. Core forgets what was bought for them, which may still come."""
    emptied = moves.filtered(
        lambda move: (
            move.product_uom.is_zero(move.product_uom_qty)
            and move.created_purchase_line_ids
        )
    )
    guarded = filtered_growth_guarded(get_orders(emptied))
    return {
        move: move.created_purchase_line_ids
        for move in emptied
        if get_orders(move) & guarded
    }


def follow_cancelled_moves(moves):
    """Name what comes for goods that the warehouse will not send. Called with moves
    that were just cancelled or closed, for which something may still come."""
    orders = get_orders(moves)
    follow(filtered_growth_guarded(orders), automatic=False)


def get_orders(moves):
    """Return the orders that these moves are for."""
    unlinked = moves.filtered(lambda move: not move.sale_line_id)
    return moves.sale_line_id.order_id | unlinked.reference_ids.sale_ids


def filtered_served_to_order(moves):
    """Return those of these moves for which something may come."""
    return moves.filtered(
        lambda move: (
            move.state not in CLOSED
            and move.product_uom_qty > 0
            and _may_be_made_for(move)
        )
    )


def _may_be_made_for(move):
    return move.procure_method == "make_to_order" or is_from_shelf_first(move)


def follow_short_moves(moves):
    """Name what comes for goods that were left out when the rest was sent, and are not
    sent later."""
    short = moves.filtered(
        lambda move: (
            move.state == "done"
            and move.product_uom.compare(move.quantity, move.product_uom_qty) < 0
            and _may_be_made_for(move)
        )
    )
    if short:
        follow_cancelled_moves(short)


def find_pool_of(order, need, moves):
    """Return what comes for ``moves`` of one procurement, with their need; for none
    where the shelf is emptied first."""
    warehouse = (moves or need).location_id.warehouse_id
    for pool in find_pools(order, need.product_id):
        supplies = pool.get_supplies()
        place = supplies[0]._get_supply_document().picking_type_id.warehouse_id
        if place == warehouse:
            pool.needs |= find_ends(moves)
            return pool
    return Pool(order.env["mrp.production"], order.env["purchase.order.line"])
