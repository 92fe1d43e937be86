from odoo import api, models


class MrpProduction(models.Model):
    """Production orders tell what happens to them while one observes (PRC-3)."""

    _inherit = "mrp.production"

    @api.model
    def _may_be_in_process(self):
        # without a query, see there
        observing = self.env["order.observation"]._companies_observing()
        return bool(observing) or super()._may_be_in_process()
