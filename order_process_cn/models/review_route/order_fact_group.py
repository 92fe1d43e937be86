from odoo import api, fields, models

from ..mechanism.memory import remembered


class OrderFactGroup(models.Model):
    """A group of facts that a signature can vouch for: price, quantity, dates …

    The codes are those that the documents use in ``_collect_review_facts``.
    """

    _name = "order.fact.group"
    _inherit = ["order.config.mixin"]
    _description = "Reviewed Facts"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, readonly=True)
    sequence = fields.Integer(default=10)

    _code_uniq = models.UniqueIndex("(code)", "This code is already in use.")

    @api.model
    @remembered
    def _get_names(self, lang):
        """Return ``{code: name}`` in a language, in the order of the groups."""
        groups = self.with_context(lang=lang).search([])
        return {group.code: group.name for group in groups}
