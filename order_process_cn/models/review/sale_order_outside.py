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

    def _open_missing_seats(self):
        """Have those sign whose condition came to hold after the approval.

        :return: a message that names them, or ``False`` if there are none
        """
        # what is missing is the engine's to find out
        reviews = self.sudo().review_id._filtered_needing_more()
        if not reviews._look_again():
            return False
        # which of the caller's own orders they are about
        concerned = self.filtered(lambda order: order.sudo().review_id in reviews)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "sticky": True,
                "message": "\n".join(
                    self.env._(
                        "%(order)s has to be signed by %(people)s as well, because a "
                        "limit is reached now: they have been asked.",
                        order=order.name,
                        people=order.review_waiting_for,
                    )
                    for order in concerned
                ),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
