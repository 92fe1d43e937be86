import os

from odoo.tests import tagged

from .drawn import WatchedRoad, draw_family
from .reach_common import ReachCommon

SEED = int(os.environ.get("ORDER_CHANGES_SEED", 19))
# of each class: the first family, how many of them, and how many sequences of each
FIRST = int(os.environ.get("ORDER_CHANGES_FROM", 0))
FAMILIES = int(os.environ.get("ORDER_CHANGES_FAMILIES", 10))
ALIKE = int(os.environ.get("ORDER_CHANGES_ALIKE", 10))
# with a number from 1, a quantity from 0
NUMBERED = ("line", "price", "deliver", "deliver and close", "produce")
ALONE = (
    "sign",
    "unit",
    "date",
    "hold",
    "resume",
    "cancel",
    "reopen",
    "cancel delivery",
    "start",
    "buy",
    "receive",
)
# the quantity is changed most often
KINDS = ("quantity", "quantity", "unsigned", *NUMBERED, "alone")


def draw_act(random):
    """Return one act, as ``_play`` takes it."""
    kind = random.choice(KINDS)
    if kind == "alone":
        return random.choice(ALONE)
    if kind in NUMBERED:
        return f"{kind}:{random.randint(1, 9)}"
    quantity = random.randint(0, 9)
    return quantity if kind == "quantity" else f"{kind}:{quantity}"


class ChangesCase(ReachCommon):
    """[CHG-5] [CFM-3] whatever is done to an order, and in whatever sequence: nothing
    unsigned is launched, what leaves is what was ordered, and nothing is made or bought
    too much that nobody is told of. Sequences that were found are rows of
    ``test_supplies_follow`` and ``test_shelf_first``."""

    def _change_at_random(self, *kinds):
        prepared = [(kind, self._start(kind, 5)) for kind in kinds]
        self._begin()
        for number in range(FIRST, FIRST + FAMILIES):
            kind, order = prepared[number % len(kinds)]
            family = draw_family(f"{SEED} {number} {kind}", ALIKE, draw_act)
            # with one that fails the next ones are still tried
            with (
                self.subTest(kind=kind, seed=SEED, family=number),
                WatchedRoad(self, order) as road,
            ):
                for taken in family:
                    road.take(taken)


# two classes: two workers share many sequences


@tagged("post_install", "-at_install")
class TestChangesOfMade(ChangesCase):
    """Orders of what is made, made for the rest, or put together."""

    def test_changes(self):
        self._change_at_random("pump", "bracket", "kit")


@tagged("post_install", "-at_install")
class TestChangesOfBought(ChangesCase):
    """Orders of what is bought, bought for the rest, subcontracted, or on stock."""

    def test_changes(self):
        self._change_at_random("valve", "bolt", "gear", "stock")
