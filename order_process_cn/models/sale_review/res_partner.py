from odoo import models

from .sale_order_content import BEHIND, get_domain_naming

# what facts are read from, and what decides whose company a contact belongs to
PRINTED = {*BEHIND["res.partner"], "parent_id", "is_company"} - {
    "commercial_partner_id"
}


class ResPartner(models.Model):
    _inherit = "res.partner"

    def write(self, vals):
        result = super().write(vals)
        # remembered are the names of users, see _names_of of res.users, and the clock
        # and the language of a company, see _get_clock of res.company
        renamed = "name" in vals and not all(self.mapped("partner_share"))
        if renamed or {"tz", "lang"} & vals.keys():
            self.env.registry.clear_cache()
        if vals.keys() & PRINTED:
            orders = self.env["sale.order"]
            orders = orders._find_watched(get_domain_naming(self))
            orders._mark_for_recheck("review")
            self.env["order.review"]._mark_documents_of(self)
        return result
