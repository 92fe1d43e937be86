from odoo import api, models

from ..models.sale_review.sale_order_content import get_domain_naming


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        # found while they still point to those who go; finished ones as well: what they
        # were approved for is the same, whoever saves or prints them later
        orders = self.env["sale.order"]
        orders = orders._find_reviewed(get_domain_naming(src_partners))
        others = self.env["order.review"]._find_documents_of(
            src_partners, finished=True
        )
        result = super()._update_foreign_keys(src_partners, dst_partner)
        # written by the engine; whoever merges need not see the orders
        reviews = orders.sudo().review_id
        for documents in others:
            reviews |= documents.review_id
            documents._mark_for_recheck("review")
        reviews._note_merge(src_partners.ids, dst_partner.id)
        # another name or address is a change all the same
        orders._mark_for_recheck("review")
        return result
