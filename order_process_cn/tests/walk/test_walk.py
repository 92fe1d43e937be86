import os

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from odoo.tests import tagged

from .acts import ACTS
from .invariants import check
from .screens import check_screens
from .surroundings import WalkSurroundings
from .walk import Step, Walk
from .way_home import check_way_home

SEQUENCES = int(os.environ.get("ORDER_WALK_SEQUENCES", 75))
SEED = int(os.environ.get("ORDER_WALK_SEED", 19))
LONGEST = 16

steps = st.builds(
    Step,
    st.sampled_from(
        [name for name, act in ACTS.items() for _time in range(act.weight)]
    ),
    st.integers(0, 9),
    st.integers(0, 9),
)


class WalkCase(WalkSurroundings):
    """Sequences of acts over orders that stand at one stage of the process."""

    def setUp(self):
        super().setUp()
        self.orders = {kind: self._prepared(kind) for kind in self.types}
        self.env.flush_all()

    def _walk(self, kind, taken):
        """Take the steps, check after each, and leave everything as it was."""
        walk = Walk(self, self.orders[kind])
        self.stale.clear()
        with walk.undone():
            try:
                check(walk)
                for step in taken:
                    refusal = walk.take(step)
                    check(walk)
                    if step.act == "worker":
                        check_screens(walk, is_fresh=not refusal)
                check_screens(walk, is_fresh=False)
                check_way_home(walk)
            except Exception as error:
                error.add_note(f"after: {', '.join(walk.done)}")
                raise

    def _walks(self):
        @seed(SEED)
        @settings(
            max_examples=SEQUENCES,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            print_blob=False,
            phases=(Phase.generate, Phase.shrink),
        )
        @given(
            kind=st.sampled_from(sorted(self.types)),
            taken=st.lists(steps, min_size=1, max_size=LONGEST),
        )
        def walks(kind, taken):
            self._walk(kind, taken)

        walks()

    def _prepared(self, kind):
        """Return an order at the stage where the walks begin."""
        order = self._entered(kind)
        walk = Walk(self, order)
        for act in self.stage:
            refusal = walk.take(Step(act))
            self.assertFalse(refusal)
        check(walk)
        return order


@tagged("post_install", "-at_install")
class TestWalkFromEntry(WalkCase):
    """[REV-5] [REV-6] orders that were just entered."""

    stage = ()

    def test_walk(self):
        self._walks()


@tagged("post_install", "-at_install")
class TestWalkUnderReview(WalkCase):
    """[REV-5] [REV-6] orders of which some have signed."""

    stage = ("submit", "sign", "sign")

    def test_walk(self):
        self._walks()


@tagged("post_install", "-at_install")
class TestWalkFromConfirmation(WalkCase):
    """[REV-5] [REV-6] orders that were confirmed: some are held."""

    stage = ("submit", "sign_all", "confirm")

    def test_walk(self):
        self._walks()


@tagged("post_install", "-at_install")
class TestWalkInForce(WalkCase):
    """[REV-5] [REV-6] orders for which something was launched."""

    stage = ("submit", "sign_all", "confirm", "fulfil", "worker")

    def test_walk(self):
        self._walks()
