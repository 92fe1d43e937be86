from datetime import timedelta

from odoo import fields, models


class OrderProjectPattern(models.Model):
    """A usual step of the projects of one type of orders: what is proposed when a plan
    is drawn up. The administrator edits them. [002 P13 二, P15]"""

    _name = "order.project.pattern"
    _inherit = ["order.typed.mixin"]
    _description = "Usual Step of a Project"
    _order = "type_id, sequence, id"

    type_id = fields.Many2one(
        "order.type", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(string="What Is Done", required=True, translate=True)
    department_id = fields.Many2one(
        "order.department",
        string="Department of the Step",
        ondelete="restrict",
        help="Its head answers for the step, unless the plan names somebody else.",
    )
    days = fields.Integer(
        string="Days It Takes",
        required=True,
        default=5,
        help="Days of the calendar; a step begins on the day after the one before.",
    )

    _days_positive = models.Constraint(
        "CHECK(days > 0)", "A step takes one day at least."
    )

    def _propose(self, order, start):
        """Return the values of the steps of a new plan.

        :param order: superuser record
        :param date start: the first day
        """
        rosters = self.env["order.department"]._rosters(order.company_id.id)
        values = []
        for pattern in self:
            end = start + timedelta(days=pattern.days - 1)
            head, members = rosters.get(pattern.department_id.id, (False, ()))
            values.append(
                {
                    "sequence": pattern.sequence,
                    "name": pattern.name,
                    "department_id": pattern.department_id.id,
                    # who is the only one answers, where there is no head
                    "responsible_id": head or (members[0] if len(members) == 1 else 0),
                    "date_begin": start,
                    "date_end": end,
                }
            )
            start = end + timedelta(days=1)
        return values
