from odoo import api, models


class CrmTeam(models.Model):
    """The leader of a sales team signs where a seat asks for him."""

    _inherit = "crm.team"

    @api.model_create_multi
    def create(self, vals_list):
        with self.env["order.people.change"]._watch():
            return super().create(vals_list)

    def write(self, vals):
        if "user_id" not in vals:
            return super().write(vals)
        with self.env["order.people.change"]._watch():
            return super().write(vals)

    def unlink(self):
        with self.env["order.people.change"]._watch():
            return super().unlink()
