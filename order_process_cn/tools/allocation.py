"""Sharing out a quantity among several places, one after the other."""


def allocate(quantity, places):
    """Return how much of ``quantity`` falls to each of ``places``: every place takes
    what it holds before the next one gets any. What is left over falls to none."""
    shares = []
    for room in places:
        share = min(max(quantity, 0.0), max(room, 0.0))
        shares.append(share)
        quantity -= share
    return shares
