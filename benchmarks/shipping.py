"""Goods that leave: what the gate costs where nothing is guarded, and where it is.

Everything is in stock, reserved and let go; only the validation of the transfers is
measured. One order goes that way, its rows are copied.
"""

from . import copies, fixtures, screens
from .measure import compare, queries, typical

LARGE = 300
ROUNDS = 3
SEVERAL = 3
LIST_ROUNDS = 40
# transfers on each side: twice as many are shipped where nothing is guarded
READY = 2 * ROUNDS * LARGE + 2 * SEVERAL + 80
TRANSFERS = ("stock.picking", "stock.vpicktree")
DESK = (
    "order.shipping.release",
    "order_process_cn.order_shipping_release_view_list_desk",
)


def measure(bench) -> dict:
    plain, unguarded = bench.side("plain"), bench.side("unrouted")
    guarded = bench.side("shipping")
    for side in (plain, unguarded, guarded):
        side.data["stocker"] = side.call(fill_stock, side.data)
        side.data["transfers"] = side.call(make_ready, side.data)
        _ship(side, 1)  # warm
    each = {
        side.name: queries([_ship(side, 1) for _number in range(SEVERAL)])
        for side in (plain, unguarded, guarded)
    }
    first, between, again = [], [], []
    for _round in range(ROUNDS):
        first.append(_ship(plain, LARGE).seconds)
        between.append(_ship(guarded, LARGE).seconds)
        again.append(_ship(plain, LARGE).seconds)
    low, high = sorted([typical(first), typical(again)])
    base = typical(first + again)
    return {
        "ship_queries_plain": each["plain"],
        "ship_unguarded_extra_queries": each["unrouted"] - each["plain"],
        "ship_guarded_extra_queries": each["shipping"] - each["unrouted"],
        "ship300_vs_plain": typical(between) / base,
        "ship300_noise": high / low - 1,
        "ship300_ms_each": 1000 * typical(between) / LARGE,
        **_compare_lists(plain, guarded),
    }


def _compare_lists(plain, guarded):
    """80 releases at the shipping desk beside core's 80 transfers."""
    base, other = (
        _prepare_list(side, *which)
        for side, which in ((plain, TRANSFERS), (guarded, DESK))
    )
    base(), other()  # warm
    ratio = compare(lambda: base().seconds, lambda: other().seconds, rounds=LIST_ROUNDS)
    return {
        "desk80_vs_transfers": ratio.ratio,
        "desk80_noise": ratio.noise,
        "desk80_ms": 1000 * ratio.other,
        "desk80_extra_queries": other().queries - base().queries,
    }


def _prepare_list(side, model, view):
    """Return a function that opens the list of a model as the warehouse does."""
    who = side.data["stocker"]
    shown = side.act(screens.list_specification, model, view, uid=who).value
    return lambda: side.act(screens.open_list, shown, model, uid=who)


def _ship(side, count):
    """Validate the deliveries of so many orders at once, as the warehouse does."""
    transfers, rest = side.data["transfers"][:count], side.data["transfers"][count:]
    side.data["transfers"] = rest
    assert len(transfers) == count
    sample = side.act(validate, transfers, uid=side.data["stocker"])
    assert side.call(states, transfers) == {"done": count}
    return sample


def fill_stock(env, data) -> int:
    """Put goods for every order on the shelf; return who ships them."""
    shelf = env["stock.warehouse"].search([], limit=1).lot_stock_id
    for product in env["product.product"].browse(data["products"]):
        env["stock.quant"]._update_available_quantity(product, shelf, 100_000)
    # nobody is asked whether the customer gets a message
    for name in {"stock_text_confirmation", "stock_move_sms_validation"}:
        if name in env.company._fields:
            env.company[name] = False
    return stocker(env)


def stocker(env) -> int:
    """Return who works in the warehouse, the same whoever asks first."""
    user = env["res.users"].search([("login", "=", "stocker")])
    user = user or env["res.users"].create(
        {
            "name": "Stocker",
            "login": "stocker",
            "notification_type": "inbox",
            # core's list of transfers asks carriers for their zip codes: not open to
            # who has the right on stock alone
            "group_ids": [
                (4, env.ref("stock.group_stock_user").id),
                (4, env.ref("base.group_partner_manager").id),
            ],
        }
    )
    return user.id


def make_ready(env, data) -> list[int]:
    """Make orders whose goods are reserved and, where they have to be, let go; return
    their transfers."""
    order = env["sale.order"].browse(data["order"]).with_user(data["seller"])
    order.action_confirm()
    order = order.sudo()
    order.picking_ids.action_assign()
    releases = env["order.shipping.release"] if "order.type" in env else None
    if releases is not None and order.ships_on_release:
        release = releases.browse(order.action_request_shipping()["res_id"])
        release.action_request()
        release.action_release()
    env.flush_all()
    return copy_ready(env, order)


def copy_ready(env, order):
    """Copy an order with its transfer and what let it go; return the transfers."""
    made, name = copies.Copies(env, READY), "name || '-' || copy.number"
    of_order, of_line = {"order_id": "sale_order"}, "sale_order_line"
    picking, moves = order.picking_ids, order.picking_ids.move_ids
    reserved = moves.move_line_ids
    made.copy("sale_order", order.ids, name=name, access_token="NULL")
    made.copy(of_line, order.order_line.ids, of_order)
    transfers = made.copy(
        "stock_picking", picking.ids, {"sale_id": "sale_order"}, name=name
    )
    of_transfer = {"picking_id": "stock_picking"}
    made.copy("stock_move", moves.ids, {**of_transfer, "sale_line_id": of_line})
    made.copy("stock_move_line", reserved.ids, {**of_transfer, "move_id": "stock_move"})
    made.copy("stock_reference", picking.reference_ids.ids)
    reference = ("reference_id", "stock_reference")
    made.relate("stock_reference_move_rel", reference, ("move_id", "stock_move"))
    made.relate("stock_reference_sale_rel", reference, ("sale_id", "sale_order"))
    if "order.type" in env and (release := order.shipping_release_ids):
        made.copy("order_shipping_release", release.ids, of_order)
        of_release = {
            "release_id": "order_shipping_release",
            "order_line_id": of_line,
        }
        made.copy("order_shipping_line", release.line_ids.ids, of_release)
    env.cr.execute(
        "UPDATE stock_quant SET reserved_quantity = reserved_quantity * %s "
        "WHERE reserved_quantity > 0",
        [READY + 1],
    )
    env.invalidate_all()
    copies.analyze(env)
    return transfers


def validate(env, transfer_ids):
    answer = env["stock.picking"].browse(transfer_ids).button_validate()
    assert answer is True, answer


def states(env, transfer_ids):
    found = env["stock.picking"]._read_group(
        [("id", "in", transfer_ids)], ["state"], ["__count"]
    )
    return dict(found)


def company(env) -> dict:
    """The company whose goods leave on release, without a route and without money."""
    data = fixtures.company(env)
    kind = env["order.type"].create({"name": "Guarded", "asks_shipping_release": True})
    env["sale.order"].browse(data["order"]).order_type_id = kind
    return data
