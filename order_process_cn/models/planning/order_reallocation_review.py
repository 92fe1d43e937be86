from odoo import api, models

from ..mechanism.order_condition_mixin import Condition
from .order_reallocation import DRAFT, GROUP

# {fact: field of a line}: how facts were named first, and still are
NAMES = {"take": "quantity", "held": "reserved_qty"}


class OrderReallocation(models.Model):
    """What the review of a re-allocation looks at: who loses exactly how much."""

    _inherit = "order.reallocation"

    @api.model
    def _get_first_schema(self):
        return {"document": [*self._facts["document"], "take/#", "held/#"]}

    @api.model
    def _is_fact_line(self, values):
        return values["quantity"] > 0

    @api.model
    def _line_key(self, line_id, name):
        return f"{next(k for k, field in NAMES.items() if field == name)}/{line_id}"

    @api.model
    def _get_fact_field(self, key):
        name, _sep, line_id = key.partition("/")
        if line_id:
            return self.line_ids._fields[NAMES[name]]
        return super()._get_fact_field(key)

    def _describe_fact(self, key):
        kind, _sep, line_id = key.partition("/")
        if not line_id:
            return super()._describe_fact(key)
        line = self.line_ids.browse(int(line_id)).exists()
        name = line.display_name or self.env._("nothing any more")
        if kind == "take":
            return self.env._("Take from %s", name)
        return self.env._("Held by %s", name)

    def _get_review_head(self):
        self.ensure_one()
        return [
            *super()._get_review_head(),
            (self.env._("Production Order"), self.production_id.name or ""),
            (self.env._("Reason"), self.reason or self.order_id.urgent_reason or ""),
        ]

    def _get_review_lines(self):
        self.ensure_one()
        return [line._spell() for line in self.line_ids if line._is_chosen()]

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
