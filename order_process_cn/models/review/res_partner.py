from odoo import models

# what stands on paper, and where goods go
PRINTED = {
    "name",
    "vat",
    "street",
    "street2",
    "zip",
    "city",
    "state_id",
    "country_id",
    "parent_id",
    "is_company",
}


class ResPartner(models.Model):
    _inherit = "res.partner"

    def write(self, vals):
        result = super().write(vals)
        if "name" in vals and not all(self.mapped("partner_share")):
            # the names of users are remembered, see _names_of of res.users
            self.env.registry.clear_cache()
        if vals.keys() & PRINTED:
            self.env["sale.order"]._find_reviewed_of(self)._mark_for_recheck()
            self.env["order.review"]._mark_documents_of(self)
        return result
