"""The pick-up clock of orders: since when their goods wait, which tier comes next,
and what that means for the deposit (DEP-3)."""

from datetime import timedelta

from odoo import fields

from ..effect.held import is_held
from ..effect.take_back import get_all_productions

# where goods lie that are in stock
IN_STOCK = {"internal", "transit"}


def get_pickup_mark(order):
    """Return the mark of a deadline in a year whose holidays are not all known:
    the days of the period count on, but whether the last of them is a holiday, on
    which nothing can be fetched or paid, cannot be said yet."""
    order.ensure_one()
    # how a day is reckoned is no secret
    return order.company_id.sudo()._mark_not_announced(order.pickup_deadline)


def spell_pickup_deadline(orders):
    """Return the deadline for paper, with its mark."""
    order = orders.sudo()  # as above
    spelled, mark = (
        orders._spell_date(order.pickup_deadline),
        get_pickup_mark(order),
    )
    return f"{spelled} ({mark})" if mark else spelled


def has_pickup_clock(orders):
    """Return those of these orders whose goods have to be taken in time."""
    rules = orders.env["order.deposit.rule"]._ids_with_tiers()
    return orders.filtered(
        lambda order: order.deposit_rule_id.id in rules and order.state == "sale"
    )


def refresh_pickup(orders):
    """Follow the goods of these orders; propose forfeitures that have become due
    and ask to be called again when the next tier begins."""
    running = has_pickup_clock(orders).filtered(lambda o: not o.goods_taken_on)
    for order in running:
        store_goods_dates(order, *find_goods_dates(order))
    clocked = running.filtered("goods_in_stock_on")
    orders.env["order.forfeiture"]._propose_late(clocked)
    mark_for_next_tier(clocked)


def store_goods_dates(orders, waiting, taken_on):
    """Store since when the goods wait, and when they left.

    The period begins on the day on which the last goods became his, whenever the
    worker learns of it. It goes on while they only lost their reservation: taking
    it away and giving it back prolongs no period that was agreed with the customer.
    It begins anew once others have got the goods, or they are gone, for he could
    not have taken them.

    :param bool waiting: all goods are in stock or have left
    """
    if waiting and not orders.goods_in_stock_on:
        orders.goods_in_stock_on = taken_on or find_ready_day(orders)
    elif (
        not waiting
        and orders.goods_in_stock_on
        and not orders.forfeiture_ids
        and not are_goods_free(orders)
    ):
        orders.goods_in_stock_on = False
    if taken_on and orders.goods_in_stock_on:
        orders.goods_taken_on = max(taken_on, orders.goods_in_stock_on)


def find_goods_moves(order):
    """Return the moves that bring the goods to the customer, or nothing while some
    of them are not there to be moved: held, not launched or not made yet."""
    order.ensure_one()
    lines = order.order_line.filtered(
        lambda line: line.product_id.is_storable and line.product_uom_qty > 0
    )
    moves = lines.move_ids.filtered(
        lambda move: move.state != "cancel" and not move._is_incoming()
    )
    if (
        is_held(order)
        or lines - moves.sale_line_id
        or any(p.state != "done" for p in get_all_productions(order))
    ):
        return moves.browse()
    return moves


def find_first_moves(orders):
    """Return the moves that are waited for: of several steps the first one."""
    waiting = find_goods_moves(orders).filtered(lambda move: move.state != "done")
    return waiting.filtered(lambda move: not move.move_orig_ids & waiting)


def find_goods_dates(order):
    """Return whether all goods are in stock or gone, and the day the last left."""
    order.ensure_one()
    moves, first = find_goods_moves(order), find_first_moves(order)
    if not moves or any(
        move.state != "assigned" or move.location_id.usage not in IN_STOCK
        for move in first
    ):
        return False, False
    if first:
        return True, False
    leaving = max(moves.mapped("date"))
    return True, order.company_id._calendar_day(leaving)


def find_ready_day(orders):
    """Return the day on which the last of the waiting goods became the order's:
    reserved, at the earliest when they were made."""
    moves = find_first_moves(orders).filtered("order_ready_on")
    moments = moves.mapped("order_ready_on")
    moments += (
        get_all_productions(orders).filtered("date_finished").mapped("date_finished")
    )
    now = fields.Datetime.now()
    return orders.company_id._calendar_day(min(max(moments, default=now), now))


def are_goods_free(orders):
    """Whether the goods still lie there for nobody else: what the order lacks is
    free where it takes it from."""
    first = find_first_moves(orders)
    lacking = first.filtered(lambda move: move.state != "assigned")
    quants = orders.env["stock.quant"]
    return bool(first) and all(
        location.usage in IN_STOCK
        and product.uom_id.compare(
            quants._get_available_quantity(product, location),
            sum(move._get_lacking_quantity() for move in moves),
        )
        >= 0
        for (product, location), moves in lacking.grouped(
            lambda move: (move.product_id, move.location_id)
        ).items()
    )


def mark_for_next_tier(orders):
    """Have the worker come back on the first day of the tier that comes next."""
    queue = orders.env["order.recheck"]
    coming = {}
    for order in orders.filtered(lambda order: not order.goods_taken_on):
        at = next_tier_start(order)
        if at:
            coming[order] = at
    known = {
        (row.res_id, row.not_before)
        for row in queue.search(
            [
                ("res_model", "=", orders._name),
                ("res_id", "in", orders.ids),
                ("topic", "=", "goods"),
                ("not_before", "!=", False),
            ]
        )
    }
    for order, at in coming.items():
        if (order.id, at) not in known:
            order._mark_for_recheck("goods", at=at)


def next_tier_start(order):
    """Return the first instant of the tier that comes next, or ``False``."""
    order.ensure_one()
    days = count_pickup_days(order)
    tiers = order.deposit_rule_id.tier_ids
    coming = tiers.filtered(lambda tier: tier.from_day > days)
    if not coming:
        return False
    day = order.goods_in_stock_on + timedelta(days=coming[0].from_day)
    return order.company_id._start_of_day(day)


def count_pickup_days(order):
    """Return for how many days the goods have waited, or had when they left."""
    order.ensure_one()
    today = order.company_id._calendar_day(fields.Datetime.now())
    return ((order.goods_taken_on or today) - order.goods_in_stock_on).days


def is_deposit_withheld(order):
    """Whether the deposit is not offset for now: the pick-up period is over, or the
    order was cancelled, and nobody has decided on the forfeiture. [DEP-3]"""
    order.ensure_one()
    if order.state == "cancel":
        # what was decided binds salespeople who may not see it
        found = order.sudo().forfeiture_ids.filtered(lambda f: not f.is_former)
        return bool(order.deposit_rule_id) and (
            not found or any(f.state == "proposed" for f in found)
        )
    if not order.goods_in_stock_on or not has_pickup_clock(order):
        return False
    if count_pickup_days(order) <= order.deposit_rule_id.pickup_days:
        return False
    # what was decided binds salespeople who may not see it
    late = order.sudo().forfeiture_ids.filtered(lambda f: f.kind == "late_pickup")
    return not late or any(forfeiture.state == "proposed" for forfeiture in late)
