from odoo import api, models

from ..mechanism.entered import check_entered


class OrderDocumentLineMixin(models.AbstractModel):
    """A line of a document of the kit: people enter what is declared while the document
    is open, and its review looks at the facts again.

    A line declares ``_document``, the field with its document, and ``_entered``.
    """

    _name = "order.document.line.mixin"
    _inherit = ["order.engine.mixin"]
    _description = "Line of a Document of the Order Process"
    _document = None
    # what a client may write; the rest is the engine's
    _entered = frozenset()

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines[self._document]._watch_review_facts()
        return lines

    def write(self, vals):
        if not self.env.su:
            check_entered(self, [vals], self._entered, self._spell_entered)
            self[self._document]._check_open()
        result = super().write(vals)
        documents = self[self._document]
        if vals.keys() & {*documents._names_in(documents._get_line_fact_fields())}:
            documents._watch_review_facts()
        return result

    def unlink(self):
        documents = self[self._document]
        result = super().unlink()
        documents._watch_review_facts()
        return result

    @api.model
    def _spell_entered(self):
        """Return in words what people enter on such a line."""
        raise NotImplementedError
