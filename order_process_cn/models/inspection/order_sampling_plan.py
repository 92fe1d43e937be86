from odoo import fields, models


class OrderSamplingPlan(models.Model):
    """How many pieces of a lot are looked at, and how many of them may be faulty: a
    table that the administrator fills in (MFG-7)."""

    _name = "order.sampling.plan"
    _inherit = ["order.config.mixin"]
    _description = "Sampling Plan"
    _order = "name, id"

    name = fields.Char(required=True, translate=True)
    row_ids = fields.One2many(
        "order.sampling.row", "plan_id", string="Lot Sizes", copy=True
    )

    def _find_row(self, quantity):
        """Return the row of one plan, if any, for a lot of ``quantity``; what is larger
        than the last row is sampled like it."""
        rows = self.row_ids.sorted("lot_from")
        fitting = rows.filtered(lambda row: row.lot_from <= quantity)
        return (fitting or rows[:1])[-1:]
