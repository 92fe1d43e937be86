from odoo import api, models

from .order_forfeiture import PROPOSED


class OrderForfeiture(models.Model):
    """What the review of a forfeiture looks at."""

    _inherit = "order.forfeiture"

    @api.model
    def _get_first_schema(self):
        # those of 19.0.1.0.0
        return self._get_fact_fields()

    def _get_review_amount(self):
        return self.amount / (self.order_id.currency_rate or 1.0)

    def _get_review_head(self):
        self.ensure_one()
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        return [
            *super()._get_review_head(),
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

    def _get_submission_problems(self):
        return super()._get_submission_problems() + self._find_problems()

    def _after_review(self, state):
        super()._after_review(state)
        if state == "approved":
            self.filtered(lambda forfeiture: forfeiture.state == PROPOSED)._decide()

    def _name_transition(self, transition):
        if transition == "decide":
            return self.env._("Decide")
        return super()._name_transition(transition)
