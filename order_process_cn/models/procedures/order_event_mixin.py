from odoo import models

from .order_event import NOTED

# whose steps are observed
OBSERVED = "sale.order"


class OrderEventMixin(models.AbstractModel):
    """What happens to an order of a company that observes a procedure is kept, and
    looked at later (PRC-3)."""

    _inherit = "order.event.mixin"

    def _on_event(self, code, at):
        """The worker sees to what would have stopped the order: nobody waits for that,
        and nothing fails because of it. Where nothing is observed it costs no query.
        """
        super()._on_event(code, at)
        if self._name != OBSERVED:
            return
        observing = self.env["order.observation"]._companies_observing()
        if not observing:
            return
        # whoever acts need not know what is observed
        observed = self.sudo().filtered(lambda order: order.company_id.id in observing)
        if not observed:
            return
        # under a code of its own: rules and figures made of what happens under a
        # procedure know nothing of it
        self.env["order.event"]._note(observed, NOTED, at, {"detail": code})
        observed._mark_for_recheck("observe")
