from odoo import api, models

from .entered import check_entered


class OrderDocumentLineMixin(models.AbstractModel):
    """A line of a document of the kit: people enter what is declared while the document
    is open, and its review looks at the facts again.

    A line declares ``_document``, the field with its document, ``_entered``, and
    ``_given`` where people add lines: what they say of a new one beside that.
    """

    _name = "order.document.line.mixin"
    _inherit = ["order.engine.mixin"]
    _description = "Line of a Document of the Order Process"
    _document = None
    # what a client may write; the rest is the engine's
    _entered = frozenset()
    _given = None

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su and self._given is not None:
            free = self._entered | self._given | {self._document}
            check_entered(self, vals_list, free, self._spell_entered)
        lines = super().create(vals_list)
        documents = lines[self._document]
        if not self.env.su:
            documents._check_open()
        documents._watch_review_facts()
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
