"""Which routes and deposit rules claim the same orders, and which of them wins (PRC-1).

The first in the order of the list that fits takes the document, see
``order.review.mixin._get_review_routes`` and ``order.deposit.rule._find_for``; this
reads the same filters.
"""

from typing import NamedTuple

from odoo import Command
from odoo.exceptions import UserError


class Claim(NamedTuple):
    """That ``rival`` and ``own`` fit the same documents."""

    own: object
    rival: object
    # order types of which both want the documents, empty: of every type
    types: object
    # who comes first, and whether it takes all of them or only some
    rival_wins: bool
    all_taken: bool


def find_claims(records):
    """Return the :class:`Claim` of what is in force against each of ``records``, which
    are routes or deposit rules, switched on or not yet."""
    claims = []
    if not records:
        return claims
    rivals = records.search([("active", "=", True)]) - records
    for own in records:
        for rival in rivals:
            types = _find_shared(own, rival)
            if types is None:
                continue
            rival_wins = (rival.sequence, rival.id) < (own.sequence, own.id)
            first, second = (rival, own) if rival_wins else (own, rival)
            claims.append(
                Claim(own, rival, types, rival_wins, _terms(first) <= _terms(second))
            )
    return claims


def _find_shared(own, rival):
    """Return the types for which both stand, none for every type, or ``None`` when they
    never meet."""
    if own._name == "order.review.route" and own.res_model != rival.res_model:
        return None
    if own.company_id and rival.company_id and own.company_id != rival.company_id:
        return None
    theirs, mine = _types(rival), _types(own)
    if not theirs or not mine:
        return theirs | mine
    return (theirs & mine) or None


def _types(record):
    # archived types too: none at all would mean every type
    return record.with_context(active_test=False).order_type_ids


def _terms(record):
    """Return the further conditions of a route or rule, as a set."""
    if record._name == "order.review.route":
        return record._read_terms()
    return set() if record._is_unconditional() else {record.id}


def spell_claim(claim):
    """Return a claim in words."""
    env = claim.own.env
    kinds = ", ".join(claim.types.mapped("name")) or env._("every order type")
    names = {"own": claim.own.name, "rival": claim.rival.name, "types": kinds}
    if claim.rival_wins and claim.all_taken:
        return env._(
            "“%(rival)s” comes first: “%(own)s” gets nothing of %(types)s.", **names
        )
    if claim.rival_wins:
        return env._(
            "“%(rival)s” comes first and takes of %(types)s what meets its condition, "
            "before “%(own)s” does.",
            **names,
        )
    if claim.all_taken:
        return env._(
            "“%(own)s” comes first and leaves nothing of %(types)s to “%(rival)s”.",
            **names,
        )
    return env._(
        "“%(own)s” comes first and takes of %(types)s what meets its condition; the "
        "rest goes to “%(rival)s”.",
        **names,
    )


def put_before(record, other):
    """Have ``record`` tried before ``other``."""
    record.sequence = other.sequence - 1


def keep_from(record, types):
    """Take ``types`` out of what ``record`` is for.

    :raise UserError: when nothing would be left, or it is for other things by name
    """
    every = record.env["order.type"].search([])
    left = (_types(record) or every) - types
    if not types or not left:
        raise UserError(
            record.env._(
                "“%s” would be for no order type at all: switch it off instead.",
                record.name,
            )
        )
    record.order_type_ids = [Command.set(left.ids)]
