from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def write(self, vals):
        result = super().write(vals)
        if "name" in vals and not all(self.mapped("partner_share")):
            # the names of users are remembered, see _names_of of res.users
            self.env.registry.clear_cache()
        return result
