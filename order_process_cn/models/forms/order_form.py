from odoo import fields, models


class OrderForm(models.Model):
    """A printed form: its number, version, paper and copies are settings (FRM)."""

    _name = "order.form"
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
