from odoo import api, models

from .observing import look_at_observed_documents
from .order_event import NOTED


class OrderReviewMixin(models.AbstractModel):
    """What happens to a document of a company that observes a procedure is kept, and
    looked at later (PRC-3)."""

    _inherit = "order.review.mixin"

    def _on_event(self, code, at):
        """The worker sees to what would have stopped it: nobody waits for that, and
        nothing fails because of it. Where nothing is observed it costs no query.
        """
        super()._on_event(code, at)
        observing = self.env["order.observation"]._companies_observing()
        if not observing:
            return
        # whoever acts need not know what is observed
        observed = self.sudo().filtered(
            lambda document: document.company_id.id in observing
        )
        if not observed:
            return
        # under a code of its own: rules and figures made of what happens under a
        # procedure know nothing of it
        self.env["order.event"]._note(observed, NOTED, at, {"detail": code})
        observed._mark_for_recheck("observe")

    @api.model
    def _get_recheck_handlers(self):
        return {
            **super()._get_recheck_handlers(),
            "observe": look_at_observed_documents,
        }

    @api.model
    def _get_recheck_labels(self):
        label = self.env._("What an observed procedure would have stopped")
        return {**super()._get_recheck_labels(), "observe": label}
