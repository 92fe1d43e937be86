from odoo import api, fields, models
from odoo.exceptions import UserError

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
    report_id = fields.Many2one(
        "ir.actions.report", required=True, readonly=True, ondelete="cascade"
    )
    # not that of the report, which an upgrade writes anew
    paperformat_id = fields.Many2one(
        "report.paperformat",
        string="Paper",
        help="Leave empty for the paper that comes with the form.",
    )
    copy_ids = fields.One2many("order.form.copy", "form_id", string="Copies")
    shows_prices = fields.Boolean(
        string="With Sale Prices",
        help="Only for those who may see them: what the warehouse prints has none.",
    )

    _code_uniq = models.UniqueIndex("(code)", "There is only one form of each code.")

    @api.ondelete(at_uninstall=False)
    def _unlink_except_issued(self):
        # whatever was issued is kept, whoever may see it
        issues = self.env["order.form.issue"].sudo()
        if issues.search_count([("form_id", "in", self.ids)], limit=1):
            raise UserError(
                self.env._("Copies of this form were issued; it cannot be deleted.")
            )

    def _get_paperformat(self):
        """Return the paper this form is printed on."""
        self.ensure_one()
        return self.paperformat_id or self.report_id.get_paperformat()

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
