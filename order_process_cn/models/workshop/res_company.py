from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResCompany(models.Model):
    """How exactly the workshop reports (MFG-6)."""

    _inherit = "res.company"

    order_report_over_percent = fields.Float(
        string="Reported beyond What Came In %",
        default=0.0,
        help="So much more than came in, in percent of the planned quantity, may be "
        "reported on an operation: for what is made in surplus.",
        groups="base.group_user",
    )

    @api.constrains("order_report_over_percent")
    def _check_report_over_percent(self):
        if any(not 0 <= c.order_report_over_percent <= 100 for c in self):
            raise ValidationError(self.env._("Percentages are between 0 and 100."))
