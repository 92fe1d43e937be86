from odoo import api, models

BELONGING = {"user_ids", "all_user_ids", "implied_ids", "implied_by_ids"}


class ResGroups(models.Model):
    """Who belongs to a group may sign the seats that name it."""

    _inherit = "res.groups"

    @api.model_create_multi
    def create(self, vals_list):
        if not any(BELONGING & vals.keys() for vals in vals_list):
            return super().create(vals_list)
        with self.env["order.people.change"]._watch():
            return super().create(vals_list)

    def write(self, vals):
        if not BELONGING & vals.keys():
            return super().write(vals)
        with self.env["order.people.change"]._watch():
            result = super().write(vals)
        if self.env.registry.ready:
            self.env["order.department"]._after_belonging_changed()
        return result

    def unlink(self):
        with self.env["order.people.change"]._watch():
            return super().unlink()
