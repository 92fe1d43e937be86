"""The warehouse and the workshop: goods that arrive, what production lacks, what was
made. Queries only."""

from . import shipping
from .measure import queries

ROUNDS = 3
LINES = 40
PARTS = 120
STEPS = 3
INSPECTOR = "inspector"


def measure(bench) -> dict:
    plain, ours = bench.side("plain"), bench.side("unrouted")
    for side in (plain, ours):
        side.data["stocker"] = side.call(shipping.stocker)
        side.data["goods"] = side.call(make_goods, LINES)
    plainly, unguarded = (_receive(side) for side in (plain, ours))
    ours.call(guard, ours.data["goods"])
    guarded = _receive(ours)
    hand = ours.call(make_hand)
    request, steps = ours.call(lack, PARTS), ours.call(make_steps, STEPS)
    for _warm in range(2):
        shortage = ours.act(find_shortage, request)
        assert shortage.value == PARTS
        report = ours.act(report_work, steps[0], uid=hand)
    return {
        "receipt40_queries_plain": plainly,
        "receipt_unguarded_extra_queries": unguarded - plainly,
        "receipt40_guarded_extra_queries": guarded - unguarded,
        "shortage120_queries": shortage.queries,
        "work_report_queries": report.queries,
    }


def _receive(side):
    """Queries of one receipt of forty lines, validated by the warehouse."""
    samples = []
    for _round in range(1 + ROUNDS):  # the first one warms up
        receipt = side.call(arrive, side.data["goods"])
        samples.append(side.act(shipping.validate, [receipt], uid=side.data["stocker"]))
        assert side.call(shipping.states, [receipt]) == {"done": 1}
    return queries(samples[1:])


def make_goods(env, count) -> list[int]:
    products = env["product.product"].create(
        [{"name": f"Part {number}", "is_storable": True} for number in range(count)]
    )
    return products.ids


def arrive(env, product_ids) -> int:
    """Make a receipt of a vendor; what has to be inspected has passed."""
    kind = env["stock.warehouse"].search([], limit=1).in_type_id
    places = {
        "location_id": env.ref("stock.stock_location_suppliers").id,
        "location_dest_id": kind.default_location_dest_id.id,
    }
    moves = [
        (0, 0, {"product_id": product, "product_uom_qty": 1, **places})
        for product in product_ids
    ]
    receipt = env["stock.picking"].create(
        {"picking_type_id": kind.id, "move_ids": moves, **places}
    )
    receipt.action_confirm()
    receipt.move_ids.write({"quantity": 1, "picked": True})
    if inspector := env["res.users"].search([("login", "=", INSPECTOR)]):
        receipt.action_request_inspection()
        for inspection in receipt.inspection_ids.with_user(inspector):
            inspection.quantity_passed = inspection.quantity
            inspection.action_done()
    return receipt.id


def guard(env, product_ids):
    """Have these goods inspected when they arrive."""
    _make_user(env, INSPECTOR, "order_process_cn.order_group_inspector")
    env["order.inspection.point"].create(
        {
            "name": "Incoming",
            "kind": "incoming",
            "product_ids": [(6, 0, product_ids)],
        }
    )


def make_hand(env) -> int:
    return _make_user(env, "hand", "mrp.group_mrp_user")


def _make_user(env, login, group) -> int:
    user = env["res.users"].create(
        {
            "name": login.capitalize(),
            "login": login,
            "notification_type": "inbox",
            "group_ids": [(6, 0, env.ref(group).ids)],
        }
    )
    return user.id


def _produce(env, parts, steps=(), quantity=10):
    """Return a confirmed production order of these parts and operations."""
    product = env["product.product"].create({"name": "Made", "is_storable": True})
    env["mrp.bom"].create(
        {
            "product_tmpl_id": product.product_tmpl_id.id,
            "bom_line_ids": [
                (0, 0, {"product_id": part, "product_qty": 1}) for part in parts
            ],
            "operation_ids": [(0, 0, values) for values in steps],
        }
    )
    production = env["mrp.production"].create(
        {"product_id": product.id, "product_qty": quantity}
    )
    production.action_confirm()
    return production


def lack(env, count) -> int:
    """Return a request for what a production order of so many parts lacks."""
    production = _produce(env, make_goods(env, count))
    request = env["order.purchase.request"].create(
        {"production_ids": [(6, 0, production.ids)]}
    )
    return request.id


def find_shortage(env, request_id):
    return len(env["order.purchase.request"].browse(request_id)._find_shortages())


def make_steps(env, count) -> list[int]:
    centre = env["mrp.workcenter"].create({"name": "Bench"})
    steps = [
        {"name": f"Step {number}", "workcenter_id": centre.id}
        for number in range(count)
    ]
    return _produce(env, make_goods(env, 2), steps).workorder_ids.ids


def report_work(env, workorder_id):
    workorder = env["mrp.workorder"].browse(workorder_id)
    env["order.work.report"]._record(workorder, quantity_good=1)
