"""What is done to a review and its seats."""

from .registry import act


@act(weight=5)
def submit(walk, which, what):
    walk.rpc(walk.case.seller, walk.order, "action_review_submit")


@act(weight=8)
def sign(walk, which, what):
    if seat := walk.one_of(walk.open_seats(), which):
        decide(walk, seat, what, "agree")


@act(weight=5)
def sign_all(walk, which, what):
    for _stage in range(4):
        for seat in walk.open_seats():
            decide(walk, seat, what, "agree")
        walk.env.flush_all()


@act()
def sign_with_conditions(walk, which, what):
    if seat := walk.one_of(walk.open_seats(), which):
        decide(walk, seat, what, "conditional", conditions="Painted blue")


@act()
def sign_what_was_shown_before(walk, which, what):
    """The page was opened some acts ago."""
    seat = walk.one_of(walk.open_seats(), which)
    if seat and (signer := walk.signer_of(seat, what)):
        seen = walk.one_of(walk.seen, what)
        walk.rpc(signer, seat, "action_sign", "agree", seen)


@act()
def decline(walk, which, what):
    if seat := walk.one_of(walk.open_seats(), which):
        decide(walk, seat, what, "decline", opinion="No")


@act()
def send_back(walk, which, what):
    seat = walk.one_of(walk.open_seats(), which)
    if seat and (signer := walk.signer_of(seat, what)):
        stage = walk.one_of((False, 0, 1), what)
        walk.rpc(signer, seat, "action_return", stage, "Look again")


@act()
def transfer(walk, which, what):
    seat = walk.one_of(walk.open_seats(), which)
    if seat and (signer := walk.signer_of(seat, what)):
        to = walk.one_of((walk.case.gm, walk.case.clerk), what)
        walk.rpc(signer, seat, "action_transfer", to.id, "On leave")


@act()
def add_signer(walk, which, what):
    seat = walk.one_of(walk.open_seats(), which)
    if seat and (signer := walk.signer_of(seat, what)):
        placement = walk.one_of(("before", "beside", "after"), which + what)
        walk.rpc(signer, seat, "action_add_signers", walk.case.clerk.ids, placement)


@act()
def remove_signer(walk, which, what):
    added = walk.review.task_ids.filtered("added_by_id")
    if seat := walk.one_of(added, which):
        walk.rpc(seat.added_by_id, seat, "action_remove_signers", "Not needed")


@act()
def take_back(walk, which, what):
    signed = walk.review.task_ids.filtered("decided_by_id")
    if seat := walk.one_of(signed, which):
        walk.rpc(seat.decided_by_id, seat, "action_take_back", "Mistaken")


@act()
def withdraw(walk, which, what):
    walk.rpc(walk.case.seller, walk.review, "action_withdraw", "Other wishes")


@act()
def terminate(walk, which, what):
    walk.rpc(walk.case.administrator, walk.review, "action_terminate", "Too old")


@act()
def comment(walk, which, what):
    walk.rpc(walk.case.seller, walk.review, "action_comment", "Please")


@act()
def urge(walk, which, what):
    walk.rpc(walk.case.seller, walk.review, "action_urge", "Please")


def decide(walk, seat, number, decision, **given):
    if signer := walk.signer_of(seat, number):
        walk.rpc(signer, seat, "action_sign", decision, walk.review.digest, **given)
