from odoo import fields, models


class OrderFormCopy(models.Model):
    """One copy of a form and where it goes."""

    _name = "order.form.copy"
    _inherit = ["order.typed.mixin"]
    _description = "Copy of a Form"
    _order = "form_id, sequence, id"

    form_id = fields.Many2one(
        "order.form", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(string="Goes to", required=True, translate=True)
    department_id = fields.Many2one(
        "order.department",
        string="Recipient",
        help="Members confirm receipt on screen.",
    )
