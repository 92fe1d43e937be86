from odoo import fields, models


class OrderDelayCause(models.Model):
    """Why something is late (MFG-9): what delays are counted by."""

    _name = "order.delay.cause"
    _inherit = ["order.typed.mixin"]
    _description = "Cause of Delay"
    _order = "sequence, id"

    name = fields.Char(string="Cause", required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    department_id = fields.Many2one(
        "order.department",
        ondelete="set null",
        help="Proposed as the department that answers for the delay.",
    )
