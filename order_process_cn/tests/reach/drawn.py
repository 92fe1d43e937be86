"""Sequences of acts drawn at random, many of which begin alike.

What has to hold is checked after every act, so a beginning that several sequences have
in common need be played and checked only once. Families of sequences are drawn for
that: each one is as random as the first, but shares with the one before it all acts
except the last few.
"""

from random import Random

from odoo.exceptions import UserError

from ..road import Road
from .reach_invariants import Watch

SHORTEST, LONGEST = 2, 8
# at most so many acts at the end are drawn anew
REDRAWN = 3


def draw_family(name, count, draw):
    """Return ``count`` different sequences, the same ones for the same name: fewer are
    the first of more.

    :param str name: what they are drawn from
    :param draw: a function that takes a random generator and returns an act
    """
    random = Random(name)
    taken = [draw(random) for _act in range(random.randint(SHORTEST, LONGEST))]
    family = [taken]
    while len(family) < count:
        kept = max(len(taken) - random.randint(1, REDRAWN), 0)
        taken = taken[:kept] + [draw(random) for _act in taken[kept:]]
        if taken not in family:
            family.append(taken)
    return family


class WatchedRoad(Road):
    """What is done to one order, and what has to hold after each act. A refusal undoes
    the act, as in a request, and is one more way to go on."""

    def __init__(self, case, order):
        super().__init__(case.env, lambda act: case._play(order, act))
        self.watches = [Watch(case, order)]  # at the beginning, and after each act
        self.done = []

    def take(self, acts):
        try:
            super().take(acts)
        except Exception as error:
            error.add_note(f"after: {self.done}, {acts}")
            raise

    def _do(self, act):
        is_refused = False
        try:
            super()._do(act)
        except UserError:
            is_refused = True
            self._mark(act)
        watch = self.watches[-1].fork()
        self.watches.append(watch)
        self.done.append(f"{act} refused" if is_refused else act)
        watch.check(act, is_refused)

    def _go_back(self, count):
        super()._go_back(count)
        del self.watches[count + 1 :]
        del self.done[count:]
