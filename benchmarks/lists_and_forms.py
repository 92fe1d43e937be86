"""A list of 80 among 10,000 quotations, and the form: without a route, and reviewed."""

from functools import partial

from . import screens
from .measure import compare, queries

ROUNDS = 60


def measure(bench) -> dict:
    plain, ours = bench.side("plain"), bench.side("unrouted")
    reviewed, waiting = bench.side("history"), bench.side("waiting")
    return {
        **_compare(plain, ours, "list80", "", _list),
        **_compare(plain, ours, "form", "", _form),
        **_compare(plain, reviewed, "list80", "_reviewed", _list),
        **_compare(plain, reviewed, "form", "_reviewed", _form),
        **_compare(plain, waiting, "list80", "_running", _list),
        **_compare(plain, waiting, "form", "_running", partial(_form, which="waiting")),
        **_compare(plain, reviewed, "form", "_preview", partial(_form, which="order")),
    }


def _compare(plain, other, name, suffix, act):
    views = {
        side: side.act(screens.specifications, uid=side.data["seller"]).value
        for side in (plain, other)
    }
    act(plain, views), act(other, views)
    base = queries([act(plain, views) for _number in range(3)])
    extra = queries([act(other, views) for _number in range(3)]) - base
    ratio = compare(
        lambda: act(plain, views).seconds, lambda: act(other, views).seconds, ROUNDS
    )
    return {
        f"{name}{suffix}_extra_queries": extra,
        f"{name}{suffix}_vs_plain": ratio.ratio,
        f"{name}{suffix}_noise": ratio.noise,
        f"{name}{suffix}_ms": 1000 * ratio.other,
        f"{name}_queries_plain": base,
    }


def _list(side, views):
    seller = side.data["seller"]
    return side.act(screens.open_list, views[side]["list"], uid=seller)


def _form(side, views, which="done"):
    """Open the order under review, or the only one that this company knows."""
    order = side.data.get(which, side.data["order"])
    seller = side.data["seller"]
    return side.act(screens.open_form, order, views[side]["form"], uid=seller)
