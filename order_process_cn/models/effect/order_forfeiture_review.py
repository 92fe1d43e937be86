from odoo import api, models
from odoo.tools import float_repr

from .order_forfeiture import PROPOSED

# {group: [field, …]}: what signatures vouch for
FACTS = {
    "document": ["order_id", "company_id", "kind", "broken_by"],
    "price": ["amount", "proposed_amount", "legal_cap", "fine_amount"],
    "terms": ["base", "percent", "reason"],
}


class OrderForfeiture(models.Model):
    """What the review of a forfeiture looks at."""

    _inherit = "order.forfeiture"

    def _collect_review_facts(self):
        return {
            forfeiture: {
                group: {name: forfeiture._fact_value(name) for name in names}
                for group, names in FACTS.items()
            }
            for forfeiture in self
        }

    def _fact_value(self, name):
        value = self[name]
        if isinstance(value, models.BaseModel):
            return value.id or 0
        return float_repr(value, 2) if isinstance(value, float) else value or ""

    def _describe_fact(self, key):
        return self._fields[key]._description_string(self.env)

    def _describe_fact_value(self, key, value):
        field = self._fields[key]
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, "")
        return super()._describe_fact_value(key, value)

    @api.model
    def _get_states_before_begin(self):
        return {PROPOSED}

    def _get_review_type(self):
        return self.order_id._get_order_type()

    def _get_review_amount(self):
        return self.amount / (self.order_id.currency_rate or 1.0)

    def _get_review_people(self):
        return self.order_id._get_review_people()

    def _get_review_summary(self):
        self.ensure_one()
        return {
            **super()._get_review_summary(),
            "partner_id": self.partner_id.id,
            "owner_id": self.user_id.id,
            "amount": self._get_review_amount(),
            "order_type_id": self._get_review_type().id,
            "is_urgent": False,
        }

    def _get_review_head(self):
        self.ensure_one()
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        return [
            (self.env._("Sales Order"), self.order_id.name),
            (self.env._("Customer"), self.partner_id.display_name),
            (self.env._("Reason"), kinds[self.kind]),
            (self.env._("Days in Stock"), str(self.days or "")),
        ]

    def _get_review_lines(self):
        self.ensure_one()
        money = self.order_id._format_money
        return [
            self.env._("Received as deposit by law: %s", money(self.legal_cap)),
            self.env._("Proposed: %s", money(self.proposed_amount)),
            self.env._("To be decided: %s", money(self.amount)),
        ]

    def _is_review_used(self):
        return self.state != PROPOSED

    def _get_submission_problems(self):
        return super()._get_submission_problems() + self._find_problems()

    def _after_review(self, state):
        super()._after_review(state)
        if state == "approved":
            self.filtered(lambda forfeiture: forfeiture.state == PROPOSED)._decide()

    # -- conditions --------------------------------------------------------------------

    def _get_condition_providers(self):
        return {
            **super()._get_condition_providers(),
            "decide": [self._condition_review],
        }

    def _get_next_transition(self):
        return "decide" if self.state == PROPOSED else False

    def _name_transition(self, transition):
        if transition == "decide":
            return self.env._("Decide")
        return super()._name_transition(transition)

    def _condition_review(self):
        """[DEP-3] people decide, through the review where there is one."""
        return self._condition_of_review("review", self.env._("Approved review"))
