from odoo import api, fields, models

from ..mechanism.memory import remembered


class OrderForm(models.Model):
    """A printed form: its number, version, paper and copies are settings (FRM)."""

    _name = "order.form"
    _inherit = ["order.config.mixin"]
    _description = "Printed Form"
    _order = "code"

    code = fields.Char(required=True, readonly=True)
    name = fields.Char(string="Title", required=True, translate=True)
    number = fields.Char(string="Form Number", help="As printed, e.g. F-3L032-1.")
    version = fields.Char(default="A/0")
    report_id = fields.Many2one("ir.actions.report", required=True, readonly=True)
    paperformat_id = fields.Many2one(
        related="report_id.paperformat_id", string="Paper", readonly=False
    )
    copy_ids = fields.One2many("order.form.copy", "form_id", string="Copies")

    _code_uniq = models.UniqueIndex("(code)", "There is only one form of each code.")

    @api.model
    @remembered
    def _ids_by_report(self):
        return {form.report_id.id: form.id for form in self.search([])}

    @api.model
    def _of_report(self, report):
        """Return the form that ``report`` prints, as superuser, or nothing."""
        form_id = self._ids_by_report().get(report.id)
        return self.sudo().browse(form_id)  # settings, the same for everybody

    @api.model
    def _by_code(self, code):
        """Return the form with ``code``, as superuser."""
        # settings, the same for everybody
        return self.sudo().search([("code", "=", code)], limit=1)
