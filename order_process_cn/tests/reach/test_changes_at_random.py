import os
from contextlib import closing

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from odoo.exceptions import UserError
from odoo.tests import tagged

from .reach_common import ReachCommon
from .reach_invariants import Watch

# of each class
SEQUENCES = int(os.environ.get("ORDER_CHANGES_SEQUENCES", 12))
SEED = int(os.environ.get("ORDER_CHANGES_SEED", 19))
LONGEST = 8
numbers = st.integers(1, 9)
quantities = st.integers(0, 9)


def _named(name, numbers):
    return numbers.map(lambda number: f"{name}:{number}")


acts = st.one_of(
    quantities,
    quantities,
    _named("unsigned", quantities),
    _named("line", numbers),
    _named("price", numbers),
    _named("deliver", numbers),
    _named("deliver and close", numbers),
    _named("produce", numbers),
    st.sampled_from(
        [
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
        ]
    ),
)


class ChangesCase(ReachCommon):
    """[CHG-5] [CFM-3] whatever is done to an order, and in whatever sequence: nothing
    unsigned is launched, what leaves is what was ordered, and nothing is made or bought
    too much that nobody is told of. Sequences that were found are rows of
    ``test_supplies_follow`` and ``test_shelf_first``."""

    def _change_at_random(self, *kinds):
        prepared = {kind: self._start(kind, 5) for kind in kinds}
        self.env.flush_all()

        @seed(SEED)
        @settings(
            max_examples=SEQUENCES,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            print_blob=False,
            phases=(Phase.generate,),
        )
        @given(
            kind=st.sampled_from(kinds),
            taken=st.lists(acts, min_size=2, max_size=LONGEST),
        )
        def changes(kind, taken):
            with closing(self.env.cr.savepoint()) as undone:
                try:
                    self._take(prepared[kind], taken)
                finally:
                    undone.close(rollback=True)
                    self._forget()

        changes()

    def _take(self, order, taken):
        watch, done = Watch(self, order), []
        try:
            for act in taken:
                watch.before(act)
                done.append(act if self._attempt(order, act) else f"{act} refused")
                watch.check(is_refused=done[-1] != act)
        except Exception as error:
            error.add_note(f"after: {done}, {taken}")
            raise

    def _attempt(self, order, act):
        try:
            with self.env.cr.savepoint():
                self._play(order, act)
        except UserError:
            self._forget()
            return False
        return True

    def _forget(self):
        self.env.cr.precommit.clear()
        self.env.invalidate_all()


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
