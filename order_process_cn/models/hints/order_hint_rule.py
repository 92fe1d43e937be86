from odoo import fields, models

KINDS = [
    ("slow_seat", "Slowest Seat"),
    ("return_reason", "Most Frequent Reason of Returns"),
    ("idle_limit", "Time Limit That Never Ran"),
    ("idle_ledger", "Fine or Reward That Was Never Proposed"),
    ("idle_seat", "Seat That Was Never Asked"),
    ("unkept_limit", "Time Limit That Nobody Keeps"),
    ("overloaded", "Overloaded Person or Department"),
]


class OrderHintRule(models.Model):
    """From when on something is said of the process: the thresholds are settings.
    [ANA-3]"""

    _name = "order.hint.rule"
    _inherit = ["order.typed.mixin"]
    _description = "Threshold of Hints"
    _order = "sequence, id"

    name = fields.Char(string="What Is Looked at", required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    kind = fields.Selection(KINDS, string="Kind of Hint", required=True, readonly=True)
    days = fields.Integer(
        string="Days Looked Back",
        required=True,
        default=90,
        help="What happened before is not counted.",
    )
    least = fields.Integer(
        string="At Least So Many Cases",
        default=5,
        help="Fewer say nothing.",
    )
    threshold = fields.Float(
        string="From",
        help="Hours until a seat is signed; share of all returns, or of all runs of a "
        "limit, from 0 to 1; seats that wait at once.",
    )
    proposal = fields.Text(
        string="What Could Be Done", translate=True, help="Said beside the figures."
    )

    _kind_uniq = models.Constraint(
        "UNIQUE(kind)", "For each kind of hint there is one threshold."
    )
    _positive = models.Constraint(
        "CHECK(days > 0 AND least >= 0 AND threshold >= 0)",
        "Days, cases and thresholds are positive numbers.",
    )
