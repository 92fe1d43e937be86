from odoo import models


class OrderReviewMixin(models.AbstractModel):
    """What a form shows of a document under review after it was saved."""

    _inherit = "order.review.mixin"

    def web_save(self, vals, specification, next_id=None):
        """Show what the save has made of the review.

        That is noticed at the end of a transaction; a form that was read before would
        go on showing an approval that is void, and send the fingerprint of facts that
        are no more: its reader could not sign until he loads it anew.
        """
        saved = super().web_save(vals, {}, next_id=next_id)
        # the engine works as superuser
        look = self.env["order.review"].sudo()._look_at_facts
        self.env["order.touched"]._look_now(look)
        shown = self.browse(row["id"] for row in saved)
        return shown.with_context(bin_size=True).web_read(specification)
