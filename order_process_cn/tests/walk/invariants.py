"""What holds after every act, whatever happened before."""


def check(walk):
    """Raise ``AssertionError`` for the first thing that does not hold."""
    for invariant in (records_are_sound, worker_never_fails):
        invariant(walk)


def records_are_sound(walk):
    """[SEC-2] nothing that a client can do looks like tampering."""
    found = walk.review._find_tampering()
    assert not found, found


def worker_never_fails(walk):
    """An act that the worker takes ends well or is told to somebody."""
    rows = walk.env["order.recheck"].search([("error", "!=", False)])
    assert not rows, rows.mapped("error")
