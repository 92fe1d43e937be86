"""When a review stage is passed or refused. Pure logic, no database.

A seat is anything with ``state``, ``sequence``, ``placement`` and ``parent``
(see :class:`Seat`); a stage is a dictionary with ``mode``, ``count`` and
``refusal``.
"""

from typing import NamedTuple

WAITING, OPEN, AGREED, DECLINED = "waiting", "open", "agreed", "declined"
# seats that no longer speak: left out by a condition, closed because others
# decided, taken away again
SILENT = {"skipped", "closed", "removed"}


class Seat(NamedTuple):
    """One seat of a stage.

    ``placement`` is ``""`` for the route's own seats, and ``before``, ``beside``
    or ``after`` for a signer added by the seat ``parent``.
    """

    key: int
    state: str
    sequence: int = 0
    placement: str = ""
    parent: int | None = None


def outcome(stage, seats):
    """Return ``passed``, ``refused``, ``referred`` or ``open`` for one stage.

    With ``refusal`` "stop" one refusal ends the stage; with "wait" and "refer"
    everybody is heard first and the threshold of the mode decides. ``referred``
    is a refusal that somebody above has to rule on.
    """
    by_key = {seat.key: seat for seat in seats}
    speaking = [seat for seat in seats if seat.state not in SILENT]
    if stage["refusal"] == "stop" and any(s.state == DECLINED for s in speaking):
        return "refused"
    added = [seat for seat in speaking if seat.placement]
    own = [seat for seat in speaking if not seat.placement]
    if all(seat.state == AGREED for seat in added) and _enough(stage, own):
        return "passed"
    if any(_may_still_decide(seat, by_key) for seat in speaking):
        return "open"
    return "referred" if stage["refusal"] == "refer" else "refused"


def ready_to_open(stage, seats):
    """Return the keys of the waiting seats whose turn it is now."""
    by_key = {seat.key: seat for seat in seats}
    ready = []
    for seat in seats:
        if seat.state != WAITING:
            continue
        before = [s for s in seats if s.parent == seat.key and s.placement == "before"]
        if any(s.state in {WAITING, OPEN} for s in before):
            continue
        parent = by_key.get(seat.parent)
        if seat.placement == "after" and parent.state != AGREED:
            continue
        if stage["mode"] == "turn" and not seat.placement and _earlier(seat, seats):
            continue
        ready.append(seat.key)
    return ready


def _earlier(seat, seats):
    """Seats that must decide before ``seat`` in a stage that goes in turn."""
    return [
        other
        for other in seats
        if other.state in {WAITING, OPEN}
        and (other.sequence, other.key) < (seat.sequence, seat.key)
        and not (other.placement == "before" and other.parent == seat.key)
    ]


def _enough(stage, own):
    needed = {"any": 1, "count": stage["count"]}.get(stage["mode"], len(own))
    return sum(seat.state == AGREED for seat in own) >= min(needed, len(own))


def _may_still_decide(seat, by_key):
    if seat.state == WAITING and seat.placement == "after":
        # somebody added after a seat that declined is never asked
        return by_key[seat.parent].state != DECLINED
    return seat.state in {WAITING, OPEN}
