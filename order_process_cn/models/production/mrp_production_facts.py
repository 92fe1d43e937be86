from collections import defaultdict

from odoo import api, models
from odoo.fields import Domain

from ...tools.facts import spell, with_schema
from . import mrp_production_fact_table as table

FINISHED = {"done", "cancel"}
PARTS = "parts"


def join_parts(told):
    """Return the facts of an order that was split, from those of each part: a fact in
    which they differ tells each of its values, ``{"parts": [value, …]}``."""
    first, *others = told
    if not others:
        return first
    return {
        group: {
            name: _join([part[group][name] for part in told]) for name in first[group]
        }
        for group in first
    }


def _join(values):
    found = []
    for value in values:
        if value not in found:
            found.append(value)
    return found[0] if len(found) == 1 else {PARTS: found}


def parts_of(value):
    """Return the values that one fact has in the parts of an order."""
    return value[PARTS] if isinstance(value, dict) else [value]


class MrpProduction(models.Model):
    """What a countersign vouches for (MFG-5): what is made, how much at most, of what
    and by which operations.

    Quantities are counted together with the backorders split off. Less than was signed
    is covered, more is not; of each component as much goes into one product as was
    signed. In what else the parts differ, each of them is one that was signed. What is
    finished is not compared any more.
    """

    _inherit = "mrp.production"

    @api.model
    def _get_fact_fields(self):
        return {g: [*names] for g, names in table.PRODUCTION_FACTS.items()}

    @api.model
    def _get_free_fields(self):
        return {
            "mrp.production": dict(table.FREE_PRODUCTION_FIELDS),
            "stock.move": dict(table.FREE_MOVE_FIELDS),
            "mrp.workorder": dict(table.FREE_WORKORDER_FIELDS),
        }

    @api.model
    def _get_first_schema(self):
        return table.FIRST_SCHEMA

    @api.model
    def _get_fact_sources(self):
        return {
            "product.template": [
                "product_id.product_tmpl_id",
                "move_raw_ids.product_id.product_tmpl_id",
                "move_finished_ids.product_id.product_tmpl_id",
            ],
            "res.partner": ["subcontractor_id"],
        }

    @api.model
    def _get_watched_domain(self):
        return Domain("state", "not in", sorted(FINISHED))

    # -- reading -----------------------------------------------------------------------

    def _collect_review_facts(self, known=None):
        groups, schema = self._get_fact_fields(), self._get_fact_schema()
        # a field that is counted is told below
        stored = {
            group: [n for n in names if n != "product_qty" and self._is_stored_fact(n)]
            for group, names in groups.items()
        }
        parts = {p: p._get_parts_to_make() for p in self}
        everything = self.browse().union(*parts.values())
        rows = self.env["order.fact.reader"]._read(everything, self._names_in(stored))
        facts = {}
        for production in self:
            found = join_parts(
                [
                    self._spell_facts(self, stored, rows[part.id])
                    for part in parts[production]
                ]
            )
            found["document"]["product_id.name"] = production._spell_product(
                production.product_id
            )
            found["product"] |= production._get_line_facts()
            found["quantity"]["product_qty"] = spell(production._get_sizes()[0])
            facts[production] = with_schema(found, schema)
        return facts

    def _is_stored_fact(self, name):
        field = self._fields.get(name)
        return field is not None and field.type != "one2many"

    def _spell_product(self, product):
        """Return how a product is called in the language of the company."""
        language = self.env["res.company"]._get_language(self.company_id.id)
        product = product.with_context({"lang": language})  # not the reader's
        code = product.default_code
        return f"[{code}] {product.name}" if code else product.name

    def _get_line_facts(self):
        """Return ``{key: text}`` of components, by-products and operations."""
        signed, still = self._get_sizes()
        steps = [
            "\n".join(part._get_operations().mapped("name"))
            for part in self._get_parts_to_make()
        ]
        facts = {"workorder_ids": _join(steps)}
        for (kind, product), moves in self._get_component_moves().items():
            total = sum(moves.mapped("product_qty"))
            key = f"{kind}/{product.id}"
            # counted in what is still to be made, told for all of it
            facts[key] = spell(total * (signed / still if still else 1.0))
            facts[f"{key}/name"] = self._spell_product(product)
        return facts

    def _get_operations(self):
        """Return the work orders that are to be done, in their order. What was done
        with the order that this one was split off is one of them."""
        return self.workorder_ids.filtered(
            lambda order: order.state != "cancel" or order.qty_reported_from_previous_wo
        ).sorted(lambda order: (order.sequence, order.id))

    def _get_review_family(self):
        """Return this order and the backorders it was split into or from."""
        self.ensure_one()
        family = self.production_group_id.production_ids | self
        return family.filtered(lambda production: production.state != "cancel")

    def _get_parts_to_make(self):
        """Return what of the family is still to be made, all of it when nothing is
        left."""
        family = self._get_review_family()
        open_ = family.filtered(lambda production: production.state not in FINISHED)
        # one that was called off stands for itself
        return open_ or family or self

    def _get_component_moves(self):
        """Return ``{(kind, product): moves}`` of what is still to be made, of all that
        was made when nothing is left."""
        found = defaultdict(self.env["stock.move"].browse)
        for production in self._get_parts_to_make():
            for kind, moves in (
                ("component", production.move_raw_ids),
                ("byproduct", production.move_byproduct_ids),
            ):
                if not production._is_being_finished():
                    moves = moves.filtered(lambda move: move.state != "cancel")
                for move in moves:
                    found[kind, move.product_id] |= move
        return found

    def _is_being_finished(self):
        """Whether core may have cancelled what one order did not take: it does so while
        it books the rest."""
        moves = self.move_raw_ids | self.move_finished_ids
        return self.state in {"to_close", "done"} or "done" in moves.mapped("state")

    def _get_sizes(self):
        """Return ``(how much the family makes at most, how much of it is left)``, in
        the unit of the order. Who makes more than was planned makes that much."""
        family = self._get_review_family()
        open_ = family.filtered(lambda production: production.state not in FINISHED)
        return (
            sum(max(p.product_qty, p.qty_producing) for p in family),
            sum(open_.mapped("product_qty")),
        )
