"""The databases of a run, made when the first subject asks for them."""

from collections.abc import Callable
from contextlib import ExitStack
from typing import NamedTuple

from devkit import bench_databases, databases
from devkit.console import step

from . import change_cost, fixtures, history, limits, million, release, shipping
from .one_core import one_core
from .sides import Side


class Kind(NamedTuple):
    """A database: what is installed, who works there, what it is filled with."""

    flavour: str
    company: Callable
    count: int
    fill: Callable = fixtures.quotations


KINDS = {
    "plain": Kind("core", fixtures.company, 10_000),
    "unrouted": Kind("plain", fixtures.company, 10_000),
    "routed": Kind("plain", fixtures.routed_company, 500),
    "reviewed": Kind("plain", fixtures.reviewed_company, 2_000),
    "tiers": Kind("tiers", fixtures.tiers_company, 500),
    "history": Kind("plain", history.company, history.ORDERS, history.fill),
    "waiting": Kind("plain", history.company, 2_000, history.pile_up),
    "desk": Kind("plain", release.company, 2_000),
    "shipping": Kind("plain", shipping.company, 2_000),
    "changing": Kind("plain", change_cost.company, 20),
    "limits_10k": Kind("plain", limits.company, 10_000, limits.fill),
    "million_10k": Kind("plain", million.company, million.FEW, million.fill),
    "million": Kind("plain", million.company, million.ORDERS, million.fill),
    "limits_100k": Kind("plain", limits.company, 100_000, limits.fill),
}


class Bench:
    """Hands out the sides; a context manager that ends their processes."""

    def __init__(self):
        self._sides: dict[str, Side] = {}
        self._core = ExitStack()

    def side(self, name: str) -> Side:
        if not self._sides:
            self._core.enter_context(one_core())
        if name not in self._sides:
            with step(f"database {name}"):
                self._sides[name] = self._open(name)
        return self._sides[name]

    def _open(self, name):
        kind = KINDS[name]
        if kind.flavour == "tiers":
            database = databases.copy_of(bench_databases.tiers(), f"bench_{name}")
            addons = bench_databases.addons()
        else:
            database = databases.clone(kind.flavour, f"bench_{name}")
            addons = ()
        side = Side(name, database, addons)
        side.data = side.call(kind.company)
        side.orders = side.call(kind.fill, side.data, kind.count)
        return side

    def __enter__(self) -> "Bench":
        return self

    def __exit__(self, *exception: object) -> None:
        for side in self._sides.values():
            side.close()
        self._core.close()
