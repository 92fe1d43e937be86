"""What fell due among 10,000 and among 100,000 running time limits: 500 in each."""

from . import copies, fixtures
from .measure import queries, typical

DUE = 500
RUNNING = {"limits_10k": 10_000, "limits_100k": 100_000}
ROUNDS = 5


def measure(bench) -> dict:
    small, large = (bench.side(name) for name in RUNNING)
    samples = {small: [], large: []}
    for side in (small, large):
        _scan(side)
    for _round in range(ROUNDS):
        for side in (small, large, small):
            samples[side].append(_scan(side))
    low, high = (
        typical(sample.seconds for sample in half)
        for half in (samples[small][::2], samples[small][1::2])
    )
    ms = {
        side: 1000 * typical(sample.seconds for sample in of_side)
        for side, of_side in samples.items()
    }
    return {
        "limits_scan_ms_10k": ms[small],
        "limits_scan_ms_100k": ms[large],
        "limits_scan_ratio": ms[large] / ms[small],
        "limits_scan_noise": abs(high / low - 1),
        "limits_scan_queries": queries(samples[large]),
    }


def _scan(side):
    """The scheduled action with 500 that fall due; then they are put back."""
    sample = side.act(scan)
    side.call(put_back)
    return sample


def scan(env):
    env["order.time.limit.run"]._cron_check()


def put_back(env):
    """Let the same 500 fall due again."""
    env.cr.execute(
        "UPDATE order_time_limit_run SET is_late = FALSE, reminded_at = NULL, "
        "next_check = due_at WHERE due_at < now() AT TIME ZONE 'UTC'"
    )
    assert env.cr.rowcount == DUE, env.cr.rowcount


def company(env) -> dict:
    """Users who answer for limits, and one rule."""
    data = fixtures.company(env)
    limit = env["order.time.limit"].create(
        {
            "name": "Checked",
            "start_event": "created",
            "stop_event": "submitted",
            "length": 4,
        }
    )
    return {**data, "limit": limit.id}


def fill(env, data, count) -> list[int]:
    """Enter running limits: 500 fall due, of ten people; the others much later."""
    people = [user for members in data["signers"].values() for user in members]
    env.cr.execute(
        """
        INSERT INTO order_time_limit_run
            (rule_id, res_model, res_id, document_model, document_id, document_name,
             company_id, user_id, state, unit, length, round, started_at, due_at,
             remind_at, next_check, is_late)
        SELECT %(limit)s, 'sale.order', 1000000 + number, 'sale.order',
               1000000 + number, 'X' || number, 1, (%(people)s)[1 + number %% 10],
               'running', 'working_hours', 4, 1, at, at, at, at, FALSE
          FROM (SELECT number, CASE WHEN number <= %(due)s
                   THEN now() AT TIME ZONE 'UTC' - interval '1 hour'
                   ELSE now() AT TIME ZONE 'UTC' + number * interval '1 hour'
                   END AS at FROM generate_series(1, %(count)s) AS number) AS moments
        """,
        {"limit": data["limit"], "people": people, "due": DUE, "count": count},
    )
    copies.analyze(env)
    return []
