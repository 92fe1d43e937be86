from odoo import api, models
from odoo.fields import Domain

from .sale_order_content import PARTNERS


class SaleOrder(models.Model):
    """Orders whose review has to be looked at because something behind them changed."""

    _inherit = "sale.order"

    @api.model
    def _get_watched_domain(self):
        return Domain([("closed_on", "=", False), ("state", "!=", "cancel")])

    @api.model
    def _get_domain_naming(self, partners):
        """Return the domain of the orders that name one of these contacts, or a contact
        of one of these companies."""
        return Domain.OR(
            Domain(name, "in", partners.ids)
            | Domain(f"{name}.commercial_partner_id", "in", partners.ids)
            for name in PARTNERS
        )
