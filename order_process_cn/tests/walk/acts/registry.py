from collections.abc import Callable
from typing import NamedTuple


class Act(NamedTuple):
    """:param play: what happens
    :param weight: how often, compared with others
    :param serves: whether it is the warehouse that decides what goes out
    """

    play: Callable
    weight: int
    serves: bool


ACTS: dict[str, Act] = {}


def act(weight=1, serves=False):
    """Register an act."""

    def register(function):
        ACTS[function.__name__] = Act(function, weight, serves)
        return function

    return register
