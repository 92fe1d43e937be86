from odoo import api, fields, models


class OrderFormPrint(models.Model):
    """One printing of a form, all its copies. A row each: two people who print at the
    same time do not wait for each other, and none of them is forgotten."""

    _name = "order.form.print"
    _inherit = ["order.engine.mixin"]
    _description = "Printing of a Form"
    _log_access = False  # who and when are what it says
    _order = "id"

    form_id = fields.Many2one(
        "order.form", required=True, readonly=True, index=True, ondelete="cascade"
    )
    res_model = fields.Char(string="Document Model", required=True, readonly=True)
    res_id = fields.Many2oneReference(
        "Document", model_field="res_model", required=True, readonly=True
    )
    revision = fields.Integer(required=True, readonly=True, default=0)
    user_id = fields.Many2one(
        "res.users",
        string="Printed by",
        readonly=True,
        index="btree_not_null",
        default=lambda self: self.env.uid,
    )
    printed_on = fields.Datetime(
        readonly=True, required=True, default=lambda self: fields.Datetime.now()
    )

    _document_idx = models.Index("(res_model, res_id)")

    @api.model
    def _count_of(self, issues):
        """Return ``{(form id, model, id, revision): (how often, when last)}``."""
        found = {}
        for model, own in issues.grouped("res_model").items():
            for form, res_id, revision, count, last in self._read_group(
                [("res_model", "=", model), ("res_id", "in", own.mapped("res_id"))],
                ["form_id", "res_id", "revision"],
                ["__count", "printed_on:max"],
            ):
                found[form.id, model, res_id, revision] = (count, last)
        return found
