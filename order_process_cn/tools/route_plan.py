"""Running copies of routes, whichever version of the addon made them.

A review keeps the copy it began with for good. What a later version adds to a copy is
named in :data:`ADDED`, together with what it was like before there was a choice.
"""

import json
from functools import cached_property

from .canonical import Fixed
from .hash_chain import plan_digest

VERSION = 2
# {version: {what it added to a copy: what holds for copies from before}}
ADDED = {2: {"one_seat": False}}


class Plan(Fixed):
    """A route as reviews copy it: spelled once for all of them, and with the values
    that are read back from where it is stored."""

    def __init__(self, values):
        super().__init__(json.loads(json.dumps(values)))

    @cached_property
    def text(self):
        return json.dumps(self)

    @cached_property
    def digest(self):
        return plan_digest(dict(self))


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
