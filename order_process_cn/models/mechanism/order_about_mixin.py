from odoo import models

from .engine import public_act


class OrderAboutMixin(models.AbstractModel):
    """A record about a document: leads to it."""

    _name = "order.about.mixin"
    _description = "About a Document"

    @public_act
    def action_open_document(self):
        """Open the document that this record is about."""
        self.ensure_one()
        model, number = self._get_document_address()
        return {
            "type": "ir.actions.act_window",
            "res_model": model,
            "res_id": number,
            "views": [(False, "form")],
            "target": "current",
        }

    # -- hooks -------------------------------------------------------------------------

    def _get_document_address(self):
        """Return model and id of the document."""
        return self.res_model, self.res_id
