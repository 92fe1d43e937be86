from odoo import fields, models


class MrpProduction(models.Model):
    """On which production plans it stands (MFG-4)."""

    _inherit = "mrp.production"

    order_plan_line_ids = fields.One2many(
        "order.production.plan.line",
        "production_id",
        string="Production Plans",
        copy=False,
        groups="mrp.group_mrp_user",
    )
