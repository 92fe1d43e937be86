import os

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from odoo.tests import tagged

from .acts import ACTS
from .invariants import check
from .surroundings import WalkSurroundings
from .walk import Step, Walk

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
        moment = self.clock()
        savepoint = self.cr.savepoint()
        try:
            walk = Walk(self, self.orders[kind])
            check(walk)
            for step in taken:
                walk.take(step)
                check(walk)
        finally:
            savepoint.close(rollback=True)
            self.registry.clear_all_caches()
            self.clock.move_to(moment)

    def forget(self):
        """What was remembered since something was written that is undone now."""
        self.registry.clear_all_caches()

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


@tagged("post_install", "-at_install")
class TestWalkFromEntry(WalkCase):
    """[REV-5] [REV-6] orders that were just entered."""

    def _prepared(self, kind):
        return self._entered(kind)

    def test_walk(self):
        self._walks()
