from odoo import fields, models

PERIODS = [("month", "Month"), ("quarter", "Quarter"), ("year", "Year")]
SELLER, ENTRY, SHIPPER, DEPARTMENT = "seller", "entry", "shipper", "department"


class OrderScoreRole(models.Model):
    """Whose work is scored, by which standards, how often (ACC-2).

    Shipped with the figures of P27 1.3 and switched off: a sheet is made for everybody
    in a role, for each period that ends after it was switched on.
    """

    _name = "order.score.role"
    _inherit = ["order.in.force.mixin", "order.company.mixin"]
    _description = "Role that Is Scored"
    _order = "sequence, id"

    name = fields.Char(string="Scored Role", required=True, translate=True)
    sequence = fields.Integer(default=10)
    # people are not deleted but archived, and those are not scored
    user_ids = fields.Many2many(
        "res.users",
        "order_score_role_user_rel",
        "role_id",
        "user_id",
        string="People in the Role",
        domain="[('share', '=', False)]",
    )
    period = fields.Selection(
        PERIODS,
        string="Scored Each",
        required=True,
        default="month",
    )
    concerns = fields.Selection(
        [
            (SELLER, "The salesperson of the order"),
            (ENTRY, "Whoever entered the order"),
            (SHIPPER, "Whoever is responsible for the delivery"),
            (DEPARTMENT, "The department that answers for the complaint"),
        ],
        string="A Complaint Concerns",
        required=True,
        default=SELLER,
        help="Those in this role whom a complaint counts against, once it is approved.",
    )
    complaints_to_zero = fields.Integer(
        string="Complaints until Nothing Is Left",
        default=3,
        help="With so many complaints in a period its score is 0; none: it never is.",
    )
    max_adjustment = fields.Integer(
        string="Largest Adjustment",
        default=10,
        help="Points that whoever scores may add or take away, with a reason.",
    )
    standard_ids = fields.One2many(
        "order.score.standard", "role_id", string="Standards", copy=True
    )

    _figures_positive = models.Constraint(
        "CHECK(complaints_to_zero >= 0 AND max_adjustment >= 0)",
        "Figures of a score sheet are not negative.",
    )
