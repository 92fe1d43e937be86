"""Many orders signed in one act, as from the list of what waits for me."""

from .measure import typical

DEPARTMENT = "quality"
# how many orders each signer of the department agrees to at once, smallest last
SIZES = (1000, 200, 50, 50, 50)


def measure(bench) -> dict:
    side = bench.side("reviewed")
    samples: dict[int, list] = {}
    _sign(side, 20)  # warm
    for size in SIZES:
        samples.setdefault(size, []).append(_sign(side, size))
    each = {
        size: typical(sample.seconds for sample in of_size) / size
        for size, of_size in samples.items()
    }
    fifty = [sample.seconds for sample in samples[50]]
    return {
        "batch_noise": max(fifty) / min(fifty) - 1,
        "batch200_queries_each": samples[200][0].queries / 200,
        "batch1000_queries_each": samples[1000][0].queries / 1000,
        "batch200_ms_each": 1000 * each[200],
        "batch_growth_50_to_1000": each[1000] / each[50],
    }


def _sign(side, count):
    orders = side.take(count)
    side.rpc(side.data["seller"], "sale.order", "action_review_submit", orders)
    signer = side.data["signers"][DEPARTMENT][0]
    tasks, seen = side.act(waiting, orders, uid=signer).value
    return side.rpc(signer, "order.review.task", "action_sign", tasks, "agree", seen)


def waiting(env, orders):
    """The open seats of the caller, and the fingerprints that his list shows."""
    tasks = env["sale.order"].browse(orders)._my_open_tasks()
    assert len(tasks) == len(orders)
    return tasks.ids, {str(review.id): review.digest for review in tasks.review_id}
