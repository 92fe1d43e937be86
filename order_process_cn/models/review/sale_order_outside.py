from odoo import api, models
from odoo.fields import Domain

from .order_review import WATCHED
from .sale_order_content import PARTNERS


class SaleOrder(models.Model):
    """Orders whose review has to be looked at because something behind them changed."""

    _inherit = "sale.order"

    @api.model
    def _find_watched(self, domain):
        """Return the orders that are under review or approved, and neither closed nor
        cancelled, as superuser: whoever changed something need not see them."""
        watched = Domain("review_state", "in", sorted(WATCHED)) & Domain(
            [("closed_on", "=", False), ("state", "!=", "cancel")]
        )
        # see the docstring
        return self.sudo().search(watched & Domain(domain), order="id")

    @api.model
    def _find_reviewed_of(self, partners):
        """Return the watched orders that name one of these contacts, or a contact of
        one of these companies."""
        return self._find_watched(
            Domain.OR(
                Domain(name, "in", partners.ids)
                | Domain(f"{name}.commercial_partner_id", "in", partners.ids)
                for name in PARTNERS
            )
        )

    def _look_at_reviews(self):
        """Take note of what changed outside these orders."""
        watched = self.filtered(
            lambda order: (
                order.review_state in WATCHED
                and order.state != "cancel"
                and not order.closed_on
            )
        )
        # the engine's to write
        watched.sudo().review_id._look_again()
