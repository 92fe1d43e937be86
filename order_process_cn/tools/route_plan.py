"""Running copies of routes, whichever version of the addon made them.

A review keeps the copy it began with for good. What a later version adds to a copy is
named in :data:`ADDED`, together with what it was like before there was a choice.
"""

VERSION = 2
# {version: {what it added to a copy: what holds for copies from before}}
ADDED = {2: {"one_seat": False}}


def as_now(plan):
    """Return the copy of a route ``plan`` with all that this version asks of it."""
    made = plan.get("version", 1)
    if made >= VERSION:
        return plan
    before = {}
    for version, names in ADDED.items():
        if version > made:
            before |= names
    return {**before, **plan}
