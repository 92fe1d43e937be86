from odoo import api, fields, models
from odoo.exceptions import UserError


class OrderPeopleChange(models.Model):
    """One change of who signs: old value, new value, and who changed it (SEC-2).

    Written by :class:`OrderPeopleMixin` only. A message in the chatter would not do:
    whoever may change the record may delete it.
    """

    _name = "order.people.change"
    _inherit = ["order.engine.mixin"]
    _description = "Change of Signers"
    _order = "id desc"
    _log_access = False

    date = fields.Datetime(readonly=True, required=True)
    user_id = fields.Many2one(
        "res.users", string="Changed by", readonly=True, required=True, index=True
    )
    act = fields.Selection(
        [("create", "Created"), ("write", "Changed"), ("unlink", "Deleted")],
        readonly=True,
        required=True,
    )
    res_model = fields.Char(string="Model", readonly=True, required=True)
    res_id = fields.Many2oneReference(
        "Record", model_field="res_model", readonly=True, required=True
    )
    record_name = fields.Char(string="What", readonly=True)
    field_name = fields.Char(readonly=True)
    field_label = fields.Char(string="Field", compute="_compute_field_label")
    old_value = fields.Text(string="Before", readonly=True)
    new_value = fields.Text(string="After", readonly=True)

    _record_idx = models.Index("(res_model, res_id)")

    @api.depends("res_model", "field_name")
    @api.depends_context("lang")
    def _compute_field_label(self):
        for change in self:
            model = self.env.get(change.res_model)
            field = model is not None and model._fields.get(change.field_name)
            change.field_label = (
                field._description_string(self.env) if field else change.field_name
            )

    @api.depends("record_name", "date")
    def _compute_display_name(self):
        for change in self:
            change.display_name = change.record_name

    def write(self, vals):  # pylint: disable=method-required-super
        raise UserError(self.env._("What was changed is kept and cannot be altered."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("What was changed is kept and cannot be deleted."))
