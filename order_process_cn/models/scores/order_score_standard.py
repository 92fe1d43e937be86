from odoo import fields, models

PERSON, CONCERNED, OF_DEPARTMENT, HEAD = "person", "concerned", "department", "head"
DUTY, ATTITUDE, SATISFACTION = "duty", "attitude", "satisfaction"
SECTIONS = [
    (DUTY, "Duties"),
    (ATTITUDE, "Attitude to Work"),
    (SATISFACTION, "Customer Satisfaction"),
]


class OrderScoreStandard(models.Model):
    """One line of the score sheets of a role: what is looked at, and what it is worth
    (ACC-2)."""

    _name = "order.score.standard"
    _inherit = ["order.config.mixin"]
    _description = "Standard of a Score Sheet"
    _order = "role_id, sequence, id"

    role_id = fields.Many2one(
        "order.score.role",
        string="Scored Role",
        required=True,
        index=True,
        ondelete="cascade",
    )
    sequence = fields.Integer(default=10)
    section = fields.Selection(
        SECTIONS, string="Scored Subject", required=True, default=DUTY
    )
    name = fields.Char(string="Indicator", required=True, translate=True)
    standard = fields.Text(string="Standard of Scoring", translate=True)
    max_points = fields.Integer(string="Full Score", required=True, default=5)
    per_finding = fields.Integer(
        string="Taken Off per Finding",
        default=1,
        help="Points for each finding, or each complaint in customer satisfaction; "
        "none: whoever scores gives the points.",
    )
    # what counts by itself; nothing named: nothing does
    ledger_rule_ids = fields.Many2many(
        "order.ledger.rule",
        "order_score_standard_ledger_rel",
        "standard_id",
        "rule_id",
        string="Fines That Count",
        context={"active_test": False},
        help="A fine by one of these rules that is confirmed is a finding.",
    )
    limit_ids = fields.Many2many(
        "order.time.limit",
        "order_score_standard_limit_rel",
        "standard_id",
        "limit_id",
        string="Limits That Count",
        context={"active_test": False},
        help="Each of these limits that was missed is a finding.",
    )
    limits_concern = fields.Selection(
        [
            (PERSON, "Whoever answers for the limit"),
            (CONCERNED, "Whom a complaint about the order would concern"),
            (OF_DEPARTMENT, "Everybody in the role of the department that answers"),
            (HEAD, "The head of the department that answers"),
        ],
        string="A Missed Limit Concerns",
        required=True,
        default=PERSON,
        help="Those in the role whom it counts against. A limit belongs to one person "
        "or department; P27 names the post that answers for a step.",
    )

    _points_positive = models.Constraint(
        "CHECK(max_points > 0 AND per_finding >= 0)",
        "A standard is worth something, and a finding takes points off.",
    )
