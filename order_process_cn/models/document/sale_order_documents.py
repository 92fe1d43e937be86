from odoo import models


class SaleOrder(models.Model):
    """The documents about an order, on the customer's page of it."""

    _inherit = "sale.order"

    def _get_portal_documents(self):
        """Return the documents about one order that its customer sees, of any kind."""
        self.ensure_one()
        shown = self.env.registry["order.case.portal.mixin"]
        return [
            document
            for model in self.env.values()
            if isinstance(model, shown) and not model._abstract
            # the page of the order was opened, and they are part of it
            for document in model.sudo().search([("order_id", "=", self.id)])
            if document._is_shown_to_customer()
        ]
