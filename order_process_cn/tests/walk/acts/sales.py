"""What sales does with an order, and what happens by itself."""

from datetime import timedelta

from .money import pay
from .registry import act


@act()
def send(walk, which, what):
    walk.rpc(walk.case.seller, walk.order, "action_quotation_sent")


@act(weight=5)
def confirm(walk, which, what):
    walk.rpc(walk.case.seller, walk.order, "action_confirm")


@act()
def write_state(walk, which, what):
    state = walk.one_of(("sale", "sent", "draft", "cancel"), which)
    walk.rpc(walk.case.seller, walk.order, "write", {"state": state})


@act()
def customer_confirms(walk, which, what):
    """In the portal: as superuser, and nobody could read an error."""
    walk.order.sudo()._validate_order()


@act()
def cancel(walk, which, what):
    walk.rpc(walk.case.seller, walk.order, "action_cancel")


@act(weight=2)
def set_to_quotation(walk, which, what):
    walk.rpc(walk.case.seller, walk.order, "action_draft")


@act()
def lock(walk, which, what):
    method = walk.one_of(("action_lock", "action_unlock"), which)
    walk.rpc(walk.case.sales_manager, walk.order, method)


@act()
def delete(walk, which, what):
    if walk.review:  # else there is nothing left to walk with
        walk.rpc(walk.case.seller, walk.order, "unlink")


@act(weight=4)
def state_in_writing(walk, which, what):
    kind, name = walk.one_of(
        (("technical", "engineering"), ("material", "purchase")), which
    )
    signer = walk.case.signers[name]
    walk.rpc(signer, walk.order, "action_state_in_writing", kind, "Feasible")


@act(weight=8)
def worker(walk, which, what):
    walk.case._run_worker()


@act()
def time_passes(walk, which, what):
    walk.case.clock.tick(timedelta(hours=walk.one_of((2, 30, 30 * 24), which)))


@act()
def fulfil(walk, which, what):
    """Everything that a held order waits for."""
    for number in (0, 1):
        state_in_writing(walk, number, 0)
    pay(walk, 0, 2)
