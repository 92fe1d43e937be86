"""What holds after every act, whatever happened before."""


def check(walk):
    """Raise ``AssertionError`` for the first thing that does not hold."""
    for invariant in (
        launched_is_signed,
        records_are_sound,
        gate_sees_changes,
        somebody_is_named,
        worker_never_fails,
    ):
        invariant(walk)


def launched_is_signed(walk):
    """[REV-5] [CFM-3] nothing more is launched than was signed, unless nobody has to
    sign any more."""
    now, before = walk.launched(), walk.launched_before
    grown = {key: (before.get(key, 0), qty) for key, qty in now.items()}
    grown = {key: (old, qty) for key, (old, qty) in grown.items() if qty > old + 1e-6}
    if not grown:
        return
    assert not walk.is_closed(), f"launched unsigned: {grown}"
    ordered = walk.content().lines
    for (line, kind), (_old, quantity) in grown.items():
        if kind == "moves":
            assert quantity <= ordered[line][1] + 1e-6, f"more than ordered: {grown}"


def records_are_sound(walk):
    """[SEC-2] nothing that a client can do looks like tampering."""
    found = walk.review._find_tampering()
    assert not found, f"tampering: {list(found.values())}"


def gate_sees_changes(walk):
    """[REV-6] what differs from what was signed is not approved."""
    order = walk.order.sudo()
    if order.review_state == "approved" and not walk.signed.covers(walk.content()):
        assert order._find_review_gaps(), "changed, yet the gate is open"


def somebody_is_named(walk):
    """[CSN-6] a running review waits for somebody, a condition for its owner."""
    order = walk.order.sudo()
    if order.review_state == "running":
        assert walk.open_seats(), "running, and no seat is open"
        assert order.review_waiting_for, "running, and nobody is named"
    transition = order._get_next_transition()
    if transition:
        for condition in order._collect_open_conditions(transition).get(order, []):
            assert condition.owner, f"nobody owns {condition}"


def worker_never_fails(walk):
    """What the worker takes ends well or is told to somebody."""
    rows = walk.env["order.recheck"].search([("error", "!=", False)])
    assert not rows, f"the worker failed: {rows.mapped('error')}"
