"""The number in the menu: how many seats wait for me, among 60,000."""

from . import history
from .measure import queries, seconds

# so many that a few seconds of other work, as the database has after it was filled, do
# not hide them
ROUNDS = 1500
BACKLOG = 10_000


def measure(bench) -> dict:
    side = bench.side("history")
    signer = side.data["signers"]["quality"][0]
    empty = _count(side, signer)
    side.call(history.pile_up, side.data, BACKLOG)
    full = _count(side, signer)
    tasks = side.call(total)
    assert tasks >= 60_000, tasks
    return {
        "counter_queries": max(queries(empty), queries(full)),
        "counter_ms": 1000 * seconds(empty),
        "counter_ms_backlog_10000": 1000 * seconds(full),
        "counter_tasks": tasks,
    }


def _count(side, signer):
    count = ("order.review.task", "my_waiting_count")
    side.rpc(signer, *count)
    return [side.rpc(signer, *count) for _number in range(ROUNDS)]


def total(env):
    return env["order.review.task"].search_count([])
