from odoo import api, models

from .along import NOTHING


class OrderFactContent(models.AbstractModel):
    """Reads what stands behind the relations of a kind of documents, as far as
    signatures vouch for it. Documents without any: nothing."""

    _name = "order.fact.content"
    _description = "Reader of the Content behind a Document"

    @api.model
    def _get_along(self):
        """Return what is read in the statement that reads the documents."""
        return NOTHING

    @api.model
    def _get_known(self, read):
        """Return what :meth:`_read` knows by that.

        :param read: see ``_select`` of ``order.fact.reader``
        """
        return {}

    @api.model
    def _read(self, rows, lines, known=None):
        """Return ``{document id: {name: text, "lines": {line id: {name: text}}}}``.

        :param rows: ``{document id: stored values}``
        :param lines: ``{document id: {line id: stored values}}``
        :param known: what need not be read any more
        """
        return {}
