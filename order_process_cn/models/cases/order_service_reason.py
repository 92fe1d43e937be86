from odoo import fields, models


class OrderServiceReason(models.Model):
    """Why customers come back (AFS-1, AFS-2): what cases are counted by."""

    _name = "order.service.reason"
    _inherit = ["order.typed.mixin"]
    _description = "Reason of Service Cases"
    _order = "sequence, id"

    name = fields.Char(string="Reason", required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    department_id = fields.Many2one(
        "order.department",
        ondelete="set null",
        help="Proposed as the department that answers for it.",
    )
