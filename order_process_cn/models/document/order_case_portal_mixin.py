from odoo import models
from odoo.tools import format_date, format_datetime


class OrderCasePortalMixin(models.AbstractModel):
    """A document about an order that the customer sees, by the link that is sent to
    him and on the page of his order."""

    _name = "order.case.portal.mixin"
    _inherit = ["order.case.mixin", "portal.mixin"]
    _description = "Guarded Document Shown to the Customer"

    # what the customer is told beside its name and state
    _portal_fields = ()

    def _compute_access_url(self):
        super()._compute_access_url()
        for document in self:
            document.access_url = f"/my/order_documents/{self._name}/{document.id}"

    def _is_shown_to_customer(self):
        """Whether one document stands on the customer's page of its order."""
        return True

    def _get_portal_rows(self):
        """Return ``[(label, value), …]``: all that the customer is told."""
        self.ensure_one()
        return [
            (
                self._fields[name]._description_string(self.env),
                self._spell_for_portal(name),
            )
            for name in ("state", *self._portal_fields)
        ]

    def _spell_for_portal(self, name):
        field, value = self._fields[name], self[name]
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, "")
        if field.relational:
            return ", ".join(value.mapped("display_name"))
        if field.type == "date":
            return format_date(self.env, value)
        if field.type == "datetime":
            return format_datetime(self.env, value)
        return "" if value in (False, None) else str(value)
