"""How long it takes to try a procedure on orders of the past (PRC-2): the page's own
button, on 50 and on 500 of 10,000 orders."""

from .measure import queries, seconds

# the one with most kinds of parts: routes, a deposit, issue days
PROCEDURE = "P10"
COUNTS = (50, 500)
ROUNDS = 5


def measure(bench) -> dict:
    side = bench.side("unrouted")
    samples = {}
    for count in COUNTS:
        side.act(try_out, count)  # warm
        samples[count] = [side.act(try_out, count) for _round in range(ROUNDS)]
        assert samples[count][0].value >= count
    few, many = (seconds(samples[count]) for count in COUNTS)
    return {
        "trial50_s": few,
        "trial50_queries": queries(samples[COUNTS[0]]),
        "trial500_s": many,
        "trial_growth_50_to_500": many / few,
    }


def try_out(env, count):
    """Try the procedure on the last ``count`` orders; return how many rows it found."""
    procedure = env["order.procedure"].search([("code", "=", PROCEDURE)])
    trial = env["order.procedure.trial"].create(
        {"procedure_id": procedure.id, "scope": "count", "number": count}
    )
    trial.action_run()
    return len(trial.line_ids)
