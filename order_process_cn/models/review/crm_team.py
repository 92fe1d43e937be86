from odoo import models


class CrmTeam(models.Model):
    """The leader of a sales team signs where a seat asks for him."""

    _inherit = "crm.team"

    def write(self, vals):
        if "user_id" not in vals:
            return super().write(vals)
        with self.env["order.people.change"]._watch():
            return super().write(vals)
