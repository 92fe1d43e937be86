from odoo import models


class ResGroups(models.Model):
    _inherit = "res.groups"

    def write(self, vals):
        result = super().write(vals)
        belonging = {"user_ids", "implied_ids", "implied_by_ids"} & vals.keys()
        if belonging and self.env.registry.ready:
            self.env["order.review.task"]._look_for_empty_seats()
        return result
