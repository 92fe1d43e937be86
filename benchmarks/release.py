"""Orders given to production from the issue desk, against plain confirmation.

The desk's act and the worker that carries it out are measured together.
"""

from . import fixtures
from .measure import typical
from .review_cycle import is_awake, run_worker

LARGE, SMALL = 300, 30
ROUNDS = 1


def measure(bench) -> dict:
    plain, ours = bench.side("plain"), bench.side("desk")
    _confirm(plain, SMALL), _release(ours, SMALL)  # warm
    first, ours_large, again, ours_small = [], [], [], []
    for _round in range(ROUNDS):
        first.append(_confirm(plain, LARGE))
        ours_small.append(_release(ours, SMALL))
        ours_large.append(_release(ours, LARGE))
        ours_small.append(_release(ours, SMALL))
        again.append(_confirm(plain, LARGE))
    low, high = sorted([typical(first), typical(again)])
    base, large, small = map(typical, (first + again, ours_large, ours_small))
    return {
        "release300_vs_plain": large / base,
        "release300_noise": high / low - 1,
        "release_growth_30_to_300": large / small,
        "release300_ms_each": 1000 * large,
        "confirm300_ms_each": 1000 * base,
    }


def _confirm(side, count):
    seller, orders = side.data["seller"], side.take(count)
    sample = side.rpc(seller, "sale.order", "action_confirm", orders)
    return sample.seconds / count


def _release(side, count):
    """Seconds for each order; that it was held before is not part of it."""
    seller, orders = side.data["seller"], side.take(count)
    side.rpc(seller, "sale.order", "action_confirm", orders)
    assert side.call(states, orders) == {"held": count}
    side.call(is_awake)
    spent = side.rpc(seller, "sale.order", "action_issue", orders).seconds
    while side.call(is_awake):
        spent += side.act(run_worker).seconds
    assert side.call(states, orders) == {"effective": count}
    return spent / count


def states(env, order_ids):
    found = env["sale.order"]._read_group(
        [("id", "in", order_ids)], ["effect_state"], ["__count"]
    )
    return dict(found)


def company(env) -> dict:
    """The company whose orders wait for the desk and nothing else."""
    data = fixtures.company(env)
    window = env["order.issue.window"].create({"name": "Mondays", "monday": True})
    kind = env["order.type"].create({"name": "Issued", "issue_window_id": window.id})
    window.exception_type_ids = kind  # the run may fall on any day
    env["sale.order"].browse(data["order"]).order_type_id = kind
    desk = env.ref("order_process_cn.order_group_release")
    env["res.users"].browse(data["seller"]).group_ids = [(4, desk.id)]
    return data
