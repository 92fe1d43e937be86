"""From samples to figures.

Other programs use the processor too: they only ever make an act slower. A time is
therefore the median of the faster half of its samples, and the sides of a ratio take
strict turns: each finds the caches of the processor as the other has left them. Every
second sample of the first side is kept apart, so that the ratio of something to itself
says how far the others can be trusted.
"""

import statistics
from collections.abc import Callable, Iterable
from typing import NamedTuple

from .worker import Sample


class Ratio(NamedTuple):
    """``other`` over ``base``; ``noise`` is how far base over base is from one."""

    base: float
    other: float
    ratio: float
    noise: float


def typical(samples: Iterable[float]) -> float:
    """The median of the faster half."""
    faster = sorted(samples)
    return statistics.median(faster[: (len(faster) + 1) // 2])


def queries(samples: Iterable[Sample]) -> float:
    return statistics.median(sample.queries for sample in samples)


def seconds(samples: Iterable[Sample]) -> float:
    return typical(sample.seconds for sample in samples)


def compare(
    base: Callable[[], float], other: Callable[[], float], rounds: int
) -> Ratio:
    """Take turns with two functions that return seconds."""
    first, between, again = [], [], []
    for _round in range(rounds):
        first.append(base())
        between.append(other())
        again.append(base())
        between.append(other())
    low, high = sorted([typical(first), typical(again)])
    here, there = typical(first + again), typical(between)
    return Ratio(here, there, there / here, high / low - 1)
