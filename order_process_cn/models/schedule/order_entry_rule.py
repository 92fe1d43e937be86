from odoo import api, models


class OrderEntryRule(models.Model):
    """A schedule that is not in order is missing something, like an empty field."""

    _inherit = "order.entry.rule"

    @api.model
    def _missing_in(self, orders):
        missing = super()._missing_in(orders)
        problems = self.env["order.delivery.part"]._find_problems(orders)
        for order, texts in problems.items():
            missing[order] += [
                self.env._("a delivery schedule in order: %s", text) for text in texts
            ]
        return missing
