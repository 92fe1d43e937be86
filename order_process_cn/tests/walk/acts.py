"""What people do to an order and around it. An act takes the walk and two numbers
that say which and what; whatever it meets, only a refusal in words may come out."""

from collections.abc import Callable
from typing import NamedTuple

QUANTITIES = (1, 3, 5, 8, 40)
PRICES = (1000, 900, 1, 9000)


class Act(NamedTuple):
    play: Callable
    weight: int


ACTS = {}


def act(weight=1):
    """Register an act; a heavier one happens more often."""

    def register(function):
        ACTS[function.__name__] = Act(function, weight)
        return function

    return register


# -- entry -----------------------------------------------------------------------------


@act(weight=4)
def quantity(walk, which, what):
    values = {"product_uom_qty": walk.one_of(QUANTITIES, what)}
    walk.rpc(walk.case.seller, walk.line(which), "write", values)


@act(weight=2)
def price(walk, which, what):
    values = {"price_unit": walk.one_of(PRICES, what)}
    walk.rpc(walk.case.seller, walk.line(which), "write", values)


# -- review ----------------------------------------------------------------------------


@act(weight=4)
def submit(walk, which, what):
    walk.rpc(walk.case.seller, walk.order, "action_review_submit")


@act(weight=10)
def sign(walk, which, what):
    if seat := walk.one_of(walk.open_seats(), which):
        decide(walk, seat, what, "agree")


@act(weight=1)
def decline(walk, which, what):
    if seat := walk.one_of(walk.open_seats(), which):
        decide(walk, seat, what, "decline", opinion="No")


def decide(walk, seat, what, decision, **given):
    signer = walk.one_of(seat._candidates().sorted("id"), what)
    if signer:
        seen = walk.review.digest
        walk.rpc(signer, seat, "action_sign", decision, seen, **given)


@act()
def withdraw(walk, which, what):
    walk.rpc(walk.case.seller, walk.review, "action_withdraw", "Other wishes")


# -- sales -----------------------------------------------------------------------------


@act(weight=4)
def confirm(walk, which, what):
    walk.rpc(walk.case.seller, walk.order, "action_confirm")


@act(weight=4)
def worker(walk, which, what):
    walk.case._run_worker()
