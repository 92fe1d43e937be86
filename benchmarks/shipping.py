"""Goods that leave: what the gate costs where nothing is guarded, and where it is.

Everything is in stock and let go; only the validation of the transfers is measured.
"""

from . import fixtures, screens
from .measure import compare, queries, typical

LARGE = 300
ROUNDS = 3
SEVERAL = 3
LIST_ROUNDS = 40
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
    orders = side.take(count)
    side.rpc(side.data["seller"], "sale.order", "action_confirm", orders)
    transfers = side.call(let_go, orders)
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
            "group_ids": [(6, 0, env.ref("stock.group_stock_user").ids)],
        }
    )
    return user.id


def let_go(env, order_ids) -> list[int]:
    """Release what is asked for of these orders; return their transfers, reserved."""
    orders = env["sale.order"].browse(order_ids)
    transfers = orders.picking_ids
    transfers.action_assign()
    if "order.shipping.release" in env:
        for order in orders.filtered("ships_on_release"):
            action = order.action_request_shipping()
            release = env["order.shipping.release"].browse(action["res_id"])
            release.action_request()
            release.action_release()
    return transfers.ids


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
