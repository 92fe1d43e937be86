from odoo import fields, models


class ResCompany(models.Model):
    """How long a company keeps its orders (AFS-4)."""

    _inherit = "res.company"

    order_retention_years = fields.Integer(
        string="Years Orders Are Kept",
        default=2,
        help="After an order was closed and its contract has ended, whichever is "
        "later, nothing of it is deleted for so many years.",
        groups="base.group_user",
    )

    _order_retention_positive = models.Constraint(
        "CHECK(order_retention_years BETWEEN 0 AND 100)",
        "Orders are kept for a number of years, or not at all: from none to a hundred.",
    )
