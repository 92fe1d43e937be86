"""Facts: what a signature vouches for, ``{group: {key: value}}``, as data.

A key is the name of a field; what follows a dot is the content behind a relation
(``partner_shipping_id.address``), a number before or after a slash is the record it
belongs to (``12/price_unit``, ``component/7``). The group ``schema`` says which fields
were known when the facts were taken, so that a field added later is told from a line
added later: the one is nobody's change, the other is.
"""

import re
from collections import defaultdict
from decimal import Decimal, InvalidOperation

from .canonical import Fixed

SCHEMA = "schema"
# how values are spelled; facts without a schema are of the first one
NUMBER = 2
# no precision that a user may choose is finer
DIGITS = 6


def spell(value):
    """Return a number as text that depends on the number only: no trailing zeros, no
    negative zero, whatever precision its field has at the moment."""
    text = f"{value:.{DIGITS}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def field_of(key):
    """Return the field that ``key`` stands for, without the record it belongs to."""
    return re.sub(r"(?:^|(?<=/))\d+(?=/|$)", "#", key)


def with_schema(facts, names):
    """Return ``facts`` together with the fields ``{group: names}`` they know."""
    known = {group: sorted(fields) for group, fields in names.items()}
    return Fixed({**facts, SCHEMA: {"number": NUMBER, "fields": known}})


def as_known(facts, known, first, same):
    """Return ``facts`` as whoever signed ``known`` would see them: only the fields he
    knew, in the groups and the spelling of his time.

    :param facts: the facts now, with their schema
    :param known: the facts that were signed last, with their schema if they have one
    :param first: ``{group: fields}`` of facts that were taken before there was a schema
    :param same: ``same(key, old, new)`` says whether two values mean the same
    """
    names = known[SCHEMA]["fields"] if SCHEMA in known else first
    if not names or SCHEMA not in facts:
        return facts
    now, declared = _by_field(facts), set().union(*facts[SCHEMA]["fields"].values())
    before = _by_field(known)
    result = {}
    for group, fields in names.items():
        values = {}
        for field in fields:
            # what no longer counts as a fact cannot change any more
            values.update((now if field in declared else before)[field])
        old = known.get(group, {})
        if values:
            result[group] = {
                key: old[key] if key in old and same(key, old[key], value) else value
                for key, value in values.items()
            }
    return Fixed({**result, SCHEMA: known[SCHEMA]} if SCHEMA in known else result)


def same_number(old, new):
    """Whether two texts are the same number, however many zeros follow."""
    try:
        return Decimal(old or 0) == Decimal(new or 0)
    except (InvalidOperation, TypeError, ValueError):
        return False


def changes(old, new):
    """Return ``[{group, key, old, new}, …]`` between two sets of facts."""
    return [
        {
            "group": group,
            "key": key,
            "old": old.get(group, {}).get(key),
            "new": new.get(group, {}).get(key),
        }
        for group in sorted((old.keys() | new.keys()) - {SCHEMA})
        for key in sorted(old.get(group, {}).keys() | new.get(group, {}).keys())
        if old.get(group, {}).get(key) != new.get(group, {}).get(key)
    ]


def carry_over(known, before, now):
    """Return the facts ``now`` with what did not change since ``before`` as it was
    ``known``: content that nobody was asked about again stays what was signed."""
    if before == known:
        return now
    told = {}
    for group, values in now.items():
        old, was = known.get(group, {}), before.get(group, {})
        told[group] = {
            key: old[key] if key in old and was.get(key) == value else value
            for key, value in values.items()
        }
    return told


def lead(digests, amendments):
    """Return the fingerprints ``{group: …}`` to which ``amendments`` lead ``digests``.

    :param amendments: in order, each ``{group: (fingerprint before, after)}``; one that
        begins somewhere else leads nowhere
    """
    led = dict(digests)
    for moves in amendments:
        for group, (old, new) in moves.items():
            if led.get(group) == old:
                led[group] = new
    return led


def _by_field(facts):
    found = defaultdict(dict)
    for group, values in facts.items():
        if group != SCHEMA:
            for key, value in values.items():
                found[field_of(key)][key] = value
    return found


def merge_into(merged, gone, kept):
    """Return which contacts became which, after one more merge.

    :param dict merged: ``{id as text: id it became}`` before
    :param gone: ids of the contacts that are no more
    :param int kept: id of the one they became part of
    """
    known = {old: kept if new in gone else new for old, new in merged.items()}
    return {**known, **{str(contact): kept for contact in gone}}
