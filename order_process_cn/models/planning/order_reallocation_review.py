from odoo import models
from odoo.tools import float_repr

from ..mechanism.order_condition_mixin import Condition
from .order_reallocation import DRAFT, GROUP

# of every quantity that is signed for, whatever the precision of the units
FACT_DIGITS = 6


class OrderReallocation(models.Model):
    """What the review of a re-allocation looks at: who loses exactly how much."""

    _inherit = "order.reallocation"

    def _collect_review_facts(self):
        # all of it is vouched for by everybody, whatever a stage names
        return {
            document: {
                "document": {
                    "order_id": document.order_id.id,
                    "production_id": document.production_id.id or 0,
                    "company_id": document.company_id.id,
                    **document._get_chosen_facts(),
                }
            }
            for document in self
        }

    def _get_chosen_facts(self):
        """Return ``{key: text}`` for the lines of one document that take something."""
        facts = {}
        for line in self.line_ids:
            if line._is_chosen():
                facts[f"take/{line.id}"] = float_repr(line.quantity, FACT_DIGITS)
                facts[f"held/{line.id}"] = float_repr(line.reserved_qty, FACT_DIGITS)
        return facts

    def _describe_fact(self, key):
        if "/" not in key:
            return self._fields[key]._description_string(self.env)
        kind, line_id = key.split("/")
        line = self.env["order.reallocation.line"].browse(int(line_id)).exists()
        name = line.display_name or self.env._("nothing any more")
        if kind == "take":
            return self.env._("Take from %s", name)
        return self.env._("Held by %s", name)

    def _describe_fact_value(self, key, value):
        if value and "/" in key:
            return self.env["uom.uom"]._spell_quantity(float(value))
        return super()._describe_fact_value(key, value)

    def _get_review_type(self):
        return self.order_id._get_order_type()

    def _get_review_people(self):
        return self.order_id._get_review_people()

    def _get_review_summary(self):
        self.ensure_one()
        return {
            **super()._get_review_summary(),
            "partner_id": self.partner_id.id,
            "owner_id": self.user_id.id,
            "order_type_id": self._get_review_type().id,
            "is_urgent": self.is_urgent,
        }

    def _get_review_head(self):
        self.ensure_one()
        return [
            (self.env._("Sales Order"), self.order_id.name),
            (self.env._("Customer"), self.partner_id.display_name),
            (self.env._("Production Order"), self.production_id.name or ""),
            (self.env._("Reason"), self.reason or self.order_id.urgent_reason or ""),
        ]

    def _get_review_lines(self):
        self.ensure_one()
        return [line._spell() for line in self.line_ids if line._is_chosen()]

    def _is_review_used(self):
        return self.state != DRAFT

    def _may_submit(self):
        return self.env.user.has_group(GROUP)

    def _check_may_submit(self):
        self._check_may_take()

    def _get_submission_problems(self):
        problems = super()._get_submission_problems()
        if without := self.filtered(lambda d: not d._get_review_routes()[d]):
            problems.append(without._ask_for_route())
        return problems + self._find_problems()

    def _ask_for_route(self):
        """Return what an administrator has to do where no route applies."""
        return self.env._(
            "Reserved stock is only taken with approval, and no review route for "
            "“Stock Re-allocation” is switched on. Ask an administrator to activate "
            "one under Order Process / Configuration / Review Routes."
        )

    # -- conditions --------------------------------------------------------------------

    def _get_condition_providers(self):
        return {
            **super()._get_condition_providers(),
            "execute": [self._condition_review],
        }

    def _get_next_transition(self):
        return "execute" if self.state == DRAFT else False

    def _name_transition(self, transition):
        if transition == "execute":
            return self.env._("Carry out")
        return super()._name_transition(transition)

    def _condition_review(self):
        """[ALC-3] what is taken was approved, exactly as it is. Unlike for other
        documents a review is always needed: without a route nothing is taken."""
        gaps = self._find_review_gaps()
        conditions = {}
        for document in self:
            missing = gaps.get(document, "")
            if not document.needs_review:
                missing = document._ask_for_route()
            conditions[document] = Condition(
                "review",
                self.env._("Approved review"),
                not missing and document.review_state == "approved",
                document.review_waiting_for or document.user_id.name or "",
                missing,
            )
        return conditions

    def _after_review(self, state):
        super()._after_review(state)
        if state == "approved":
            for document in self.filtered(lambda d: d.state == DRAFT):
                document._leave_todo(
                    "reallocation.approved",
                    self.env._("Approved: take the stock"),
                    user=document.user_id,
                )
