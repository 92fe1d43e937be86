from odoo import api, fields, models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    specification = fields.Char(
        compute="_compute_specification",
        store=True,
        readonly=False,
        precompute=True,
        help="Model and specification. Proposed from the product.",
    )

    @api.depends("product_id")
    def _compute_specification(self):
        for line in self:
            line.specification = line.product_id.specification
