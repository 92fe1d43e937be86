from odoo import fields, models


class OrderSamplingRow(models.Model):
    """How many are looked at of lots from a size on, and how many may be faulty."""

    _name = "order.sampling.row"
    _inherit = ["order.config.mixin"]
    _description = "Sample of a Lot Size"
    _order = "plan_id, lot_from, id"

    plan_id = fields.Many2one(
        "order.sampling.plan", required=True, index=True, ondelete="cascade"
    )
    lot_from = fields.Float(
        string="Lot from", digits="Product Unit", required=True, default=1.0
    )
    sample_size = fields.Float(
        string="Sample", digits="Product Unit", required=True, default=1.0
    )
    accept = fields.Integer(
        string="Faulty Allowed",
        help="The lot may pass with so many faulty pieces in the sample.",
    )

    _lot_uniq = models.UniqueIndex(
        "(plan_id, lot_from)", "This lot size stands in the sampling plan already."
    )
    _check_numbers = models.Constraint(
        "CHECK(lot_from >= 0 AND sample_size > 0 AND accept >= 0)",
        "A sample has at least one piece, and numbers of pieces are not negative.",
    )
