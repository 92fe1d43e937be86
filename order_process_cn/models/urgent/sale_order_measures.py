from odoo import api, fields, models


class SaleOrder(models.Model):
    """What production does for an urgent order (URG-4)."""

    _inherit = "sale.order"

    order_measure_ids = fields.One2many(
        "order.measure",
        string="Measures of Production",
        compute="_compute_order_measure_ids",
        # told to whoever may see the order, also without production rights
        compute_sudo=True,
        groups="base.group_user",
    )

    @api.depends("stock_reference_ids.production_ids.order_measure_ids")
    def _compute_order_measure_ids(self):
        for order in self:
            productions = order.stock_reference_ids.production_ids
            order.order_measure_ids = productions.order_measure_ids
