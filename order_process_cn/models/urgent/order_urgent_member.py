from odoo import fields, models
from odoo.exceptions import UserError


class OrderUrgentMember(models.Model):
    """Somebody in the team of one urgent order (URG-1)."""

    _name = "order.urgent.member"
    _inherit = ["order.typed.mixin"]
    _description = "Member of the Team of an Urgent Order"
    _order = "order_id, sequence, id"

    order_id = fields.Many2one(
        "sale.order", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="order_id.company_id")
    sequence = fields.Integer(default=10)
    role = fields.Char(required=True)
    department_id = fields.Many2one("order.department", ondelete="restrict")
    user_id = fields.Many2one(
        "res.users",
        string="Person",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    phone = fields.Char(related="user_id.phone")

    def write(self, vals):
        self.check_access("write")  # whose order it is is told to those who may
        # a record rule is asked about the row as it was: one's own could be moved into
        # the order of somebody else
        if "order_id" in vals and self.order_id.ids not in ([], [vals["order_id"]]):
            raise UserError(
                self.env._(
                    "A member of a team stays with its order: add him to the other one."
                )
            )
        return super().write(vals)
