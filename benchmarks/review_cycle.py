"""An order from submission to approval, against the tier validation of the OCA."""

from . import fixtures
from .measure import compare, queries

ROUNDS = 12
WARM_UP = 2


def measure(bench) -> dict:
    ours, theirs = bench.side("reviewed"), bench.side("tiers")
    figures = {}
    for notices, prefix in ((False, "cycle"), (True, "cycle_noticed")):
        for side in (ours, theirs):
            side.call(fixtures.switch_notices, notices)
        figures |= _cycles(ours, theirs, prefix)
    return figures


def _cycles(ours, theirs, prefix):
    acts, their_acts = [], []

    def our_cycle():
        acts.append(_our_cycle(ours))
        return sum(sample.seconds for sample in acts[-1])

    def their_cycle():
        their_acts.append(_their_cycle(theirs))
        return sum(sample.seconds for sample in their_acts[-1])

    for _number in range(WARM_UP):
        our_cycle(), their_cycle()
    acts.clear(), their_acts.clear()
    ratio = compare(their_cycle, our_cycle, ROUNDS)
    each = [queries(samples) for samples in zip(*acts, strict=True)]
    theirs_each = [queries(samples) for samples in zip(*their_acts, strict=True)]
    figures = {
        f"{prefix}_queries": sum(each),
        f"{prefix}_time_vs_oca": ratio.ratio,
        f"{prefix}_time_noise": ratio.noise,
        f"{prefix}_ms": 1000 * ratio.other,
        f"{prefix}_oca_ms": 1000 * ratio.base,
        f"{prefix}_oca_queries": sum(theirs_each),
        f"{prefix}_queries_by_act": each,
        f"{prefix}_oca_queries_by_act": theirs_each,
    }
    if not _is_noticed(each):
        figures |= {
            f"{prefix}_submit_queries": each[0],
            f"{prefix}_sign_queries": max(each[1:-1]),
            f"{prefix}_last_queries": each[-1],
        }
    return figures


def _is_noticed(each):
    """Whether a deferred job stood between the acts."""
    return len(each) > 1 + len(fixtures.DEPARTMENTS)


def _our_cycle(side):
    """Submit, five signatures from the form; after each act the deferred job, if the
    act has woken it up."""
    data = side.data
    [order] = side.take(1)
    samples = [side.rpc(data["seller"], "sale.order", "action_review_submit", [order])]
    samples += _deferred(side)
    seen = side.call(shown, order)
    for members in data["signers"].values():
        sign = ("sale.order", "action_review_agree", [order])
        context = {"order_review_seen": seen}
        samples.append(side.rpc(members[0], *sign, context=context))
        samples += _deferred(side)
    assert side.call(state, order) == "approved"
    return samples


def _their_cycle(side):
    data = side.data
    [order] = side.take(1)
    samples = [side.rpc(data["seller"], "sale.order", "request_validation", [order])]
    for members in data["signers"].values():
        samples.append(side.rpc(members[0], "sale.order", "validate_tier", [order]))
    assert side.call(validation_status, order) == "validated"
    return samples


def approve(side):
    """Take the next order through its review."""
    return _our_cycle(side)


def _deferred(side):
    return [side.act(run_worker)] if side.call(is_awake) else []


def is_awake(env):
    """Whether the scheduler would run the deferred job now; forgets that it was."""
    cron = env.ref("order_process_cn.order_recheck_cron")
    triggers = env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
    found = bool(triggers)
    triggers.unlink()
    return found


def run_worker(env):
    env["order.recheck"]._cron_recheck()


def shown(env, order_id):
    """The fingerprint that the form shows to a signer."""
    return env["sale.order"].browse(order_id).review_id.digest


def state(env, order_id):
    return env["sale.order"].browse(order_id).review_state


def validation_status(env, order_id):
    return env["sale.order"].browse(order_id).validation_status
