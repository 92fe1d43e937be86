from functools import partial

from odoo import models

from ...tools.facts import SCHEMA, as_known, same_number, spell
from ...tools.peek import peek
from .mrp_production_facts import FINISHED, PARTS, parts_of

COUNTED = ("component", "byproduct")
OPERATIONS = "workorder_ids"
# how far rounding alone may move a total of which no part was split off
ROUNDING_SHARE = 0.01


class MrpProduction(models.Model):
    """Whether what is made is still what was countersigned (MFG-5)."""

    _inherit = "mrp.production"

    def _facts_known_to(self, review, facts):
        """Return ``facts`` in the terms of those who signed ``review``: what they cover
        is told as they signed it."""
        known = peek(review, "facts") or {}
        family = self._get_review_family()
        if known and all(production.state in FINISHED for production in family):
            return known
        if known and SCHEMA not in known:
            facts = self._tell_in_first_terms(facts)
        same = partial(
            self._is_covered,
            merged=peek(review, "merged") or {},
            sizes=[
                float(told.get("quantity", {}).get("product_qty") or 0.0)
                for told in (known, facts)
            ],
        )
        return as_known(facts, known, self._get_first_schema(), same)

    def _is_covered(self, key, old, new, merged, sizes):
        """Whether the value ``new`` of a fact is covered by the signed one.

        :param merged: ``{contact that was: contact it became part of}``
        :param sizes: how much was to be made at most, then and now
        """
        if key == "product_qty":
            return self.product_uom_id.compare(float(new), float(old)) <= 0
        kind, _sep, product = key.partition("/")
        if kind in COUNTED and product.isdigit():
            return self._goes_into_as_much(kind, int(product), old, new, sizes)
        # each part is made in one of the ways that were signed
        return all(
            any(self._means_same(key, signed, part, merged) for signed in parts_of(old))
            for part in parts_of(new)
        )

    def _goes_into_as_much(self, kind, product_id, old, new, sizes):
        """Whether as much of a component goes into one product as was signed, but for
        what rounding changes when an order is split or made smaller."""
        before, now = sizes
        if before == now and same_number(old, new):
            return True
        product = self.env["product.product"].browse(product_id)
        moves = self._get_component_moves().get((kind, product))
        left = self._get_sizes()[1]
        # more of them is told with all that goes into them
        if (
            not (moves and left and before)
            or self.product_uom_id.compare(now, before) > 0
        ):
            return False
        expected, found = (
            float(total) / size * left for total, size in ((old, before), (new, now))
        )
        slack = product.uom_id.rounding * len(moves)
        if left == before and len(moves) == 1:
            slack = min(slack, abs(expected) * ROUNDING_SHARE)
        return abs(expected - found) <= slack

    def _tell_in_first_terms(self, facts):
        """Return ``facts`` as version 19.0.1.0.0 counted them: in the unit of the
        move."""
        signed, left = self._get_sizes()
        share = signed / left if left else 1.0
        told = {
            f"{kind}/{product.id}": spell(sum(moves.mapped("product_uom_qty")) * share)
            for (kind, product), moves in self._get_component_moves().items()
        }
        return {**facts, "product": {**facts["product"], **told}}

    def _get_fact_field(self, key):
        if key.partition("/")[0] in COUNTED:
            return None  # counted, or content
        return super()._get_fact_field(key)

    # -- in words ----------------------------------------------------------------------

    def _describe_fact(self, key):
        kind, _sep, rest = key.partition("/")
        if kind not in COUNTED:
            return super()._describe_fact(key)
        product_id, _sep, what = rest.partition("/")
        product = self.env["product.product"].browse(int(product_id)).exists()
        name = product.display_name or self.env._("removed component")
        if kind == "byproduct":
            name = self.env._("By-product %s", name)
        return self.env._("%s: name", name) if what else name

    def _describe_fact_value(self, key, value):
        if isinstance(value, dict):
            return " / ".join(
                self._describe_fact_value(key, part) for part in value[PARTS]
            )
        if key == OPERATIONS and value:
            return value.replace("\n", ", ")  # told by their names
        return super()._describe_fact_value(key, value)

    # -- watching ----------------------------------------------------------------------

    def _filtered_finished(self):
        # its review vouches for what was split off and is still to be made
        return (
            super()
            ._filtered_finished()
            .filtered(
                lambda production: all(
                    part.state in FINISHED for part in production._get_review_family()
                )
            )
        )

    def _watch_review_facts(self):
        # a backorder is vouched for by the review of the order that it was split off;
        # whoever moves goods or books time need not see production
        productions = self.sudo()
        family = productions | productions.production_group_id.production_ids
        return super(MrpProduction, family)._watch_review_facts()
