from odoo import fields, models


class OrderCapacityReason(models.Model):
    """Why an order may be promised although production is not ready by then, and whose
    people may say so (PLN-5, P20 二.1: another date, or more capacity)."""

    _name = "order.capacity.reason"
    _inherit = ["order.company.mixin"]
    _description = "Reason to Promise Beyond Capacity"
    _order = "sequence, id"

    name = fields.Char(string="Reason", required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    department_id = fields.Many2one(
        "order.department",
        string="Said by the People of",
        required=True,
        ondelete="restrict",
    )

    def _may_be_given(self, user, company):
        """Whether ``user`` belongs to those who may give one reason in a company."""
        self.ensure_one()
        if not self.active or self.company_id.id not in {False, company.id}:
            return False
        rosters = self.env["order.department"]._rosters(company.id)
        return user.id in rosters.get(self.department_id.id, (False, ()))[1]
