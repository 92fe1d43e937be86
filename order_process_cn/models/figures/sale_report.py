from odoo import fields, models

from ..progress.sale_order_progress import STEPS


class SaleReport(models.Model):
    """Core's analysis of sales by what orders are to us (ANA-1)."""

    _inherit = "sale.report"

    order_type_id = fields.Many2one("order.type", readonly=True)
    order_channel_id = fields.Many2one("order.channel", readonly=True)
    order_class_id = fields.Many2one(
        "order.customer.class", string="Customer Class", readonly=True
    )
    progress = fields.Selection(
        STEPS,
        readonly=True,
    )
    is_urgent = fields.Boolean(readonly=True)

    def _select_additional_fields(self):
        return {
            **super()._select_additional_fields(),
            "order_type_id": "s.order_type_id",
            "order_channel_id": "s.order_channel_id",
            "order_class_id": "partner.order_class_id",
            "progress": "s.progress",
            "is_urgent": "s.is_urgent",
        }

    def _group_by_sale(self):
        return f"""{super()._group_by_sale()},
            s.order_type_id,
            s.order_channel_id,
            partner.order_class_id,
            s.progress,
            s.is_urgent"""
