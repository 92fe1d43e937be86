from odoo import fields, models


class OrderUrgentRole(models.Model):
    """A place in the team that every urgent order gets (URG-1)."""

    _name = "order.urgent.role"
    _inherit = ["order.company.mixin"]
    _description = "Role in the Team of an Urgent Order"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(string="Role", required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    department_id = fields.Many2one(
        "order.department",
        ondelete="restrict",
        help="Its members are told of every urgent order.",
    )
    person = fields.Selection(
        [
            ("head", "The head of the department"),
            ("salesperson", "The salesperson of the order"),
            ("named", "A person"),
        ],
        string="Filled by",
        required=True,
        default="head",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Person",
        domain="[('share', '=', False)]",
        check_company=True,
    )

    def _propose(self, order):
        """Return the values of the team member for ``order``."""
        self.ensure_one()
        people = {
            "head": self.department_id.head_id,
            "salesperson": order.user_id,
            "named": self.user_id,
        }
        return {
            "sequence": self.sequence,
            "role": self.name,
            "department_id": self.department_id.id,
            "user_id": (
                people[self.person].filtered("active")
                or self.department_id.head_id.filtered("active")
            ).id,
        }
