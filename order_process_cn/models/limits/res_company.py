from odoo import api, models


class ResCompany(models.Model):
    """Time limits follow the calendar (SLA-1)."""

    _inherit = "res.company"

    @api.model
    def _is_working_time_stored(self):
        used = self.env["order.time.limit"]._used_models()
        return bool(used) or super()._is_working_time_stored()

    def _after_working_time_change(self):
        super()._after_working_time_change()
        limits = self.env["order.time.limit"]
        # a mistake in the hours is told to whoever makes it
        self.filtered(lambda c: limits._is_worked_with(c.id))._check_order_calendar()
        runs = self.env["order.time.limit.run"]
        runs._recount_later([("company_id", "in", self.ids)])
