from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ...tools.allocation import allocate

QUANTITY = st.integers(-50, 1000).map(lambda n: n / 4)
PLACES = st.lists(QUANTITY, max_size=8)


@tagged("post_install", "-at_install")
class TestAllocation(BaseCase):
    """[INT-9] a quantity is shared out in turn."""

    @settings(max_examples=300, derandomize=True, database=None, deadline=None)
    @given(quantity=QUANTITY, places=PLACES)
    def test_in_turn(self, quantity, places):
        shares = allocate(quantity, places)
        self.assertEqual(len(shares), len(places))
        rooms = [max(place, 0.0) for place in places]
        # no place holds more than it can, nothing is made and nothing lost
        self.assertTrue(
            all(0 <= share <= room for share, room in zip(shares, rooms, strict=True))
        )
        self.assertAlmostEqual(sum(shares), min(max(quantity, 0.0), sum(rooms)))
        # who comes later gets something only when those before are full
        for at, share in enumerate(shares):
            if share:
                self.assertEqual(shares[:at], rooms[:at])

    @settings(max_examples=100, derandomize=True, database=None, deadline=None)
    @given(first=QUANTITY, more=QUANTITY, places=PLACES)
    def test_what_comes_later_adds_up(self, first, more, places):
        """Shared out at once or one after the other: the same."""
        first, more = abs(first), abs(more)
        once = allocate(first + more, places)
        early = allocate(first, places)
        late = allocate(
            more, [max(p, 0) - e for p, e in zip(places, early, strict=True)]
        )
        for whole, a, b in zip(once, early, late, strict=True):
            self.assertAlmostEqual(whole, a + b)
