from odoo import api, models

from .memory import remembered


class ResCompany(models.Model):
    _inherit = "res.company"

    @api.model
    @remembered
    def _get_language(self, company_id):
        """Return the language of a company's papers; forgotten with its contact."""
        return self.browse(company_id).partner_id.lang
