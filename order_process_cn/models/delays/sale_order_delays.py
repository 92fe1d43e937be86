from odoo import fields, models


class SaleOrder(models.Model):
    """What of an order is late (MFG-9)."""

    _inherit = "sale.order"

    delay_report_ids = fields.One2many(
        "order.delay.report",
        "order_id",
        string="Delay Reports",
        copy=False,
        readonly=True,
        groups="base.group_user",
    )
    # stored, so that orders without any cost nothing
    delay_count = fields.Integer(
        string="Delays", copy=False, readonly=True, groups="base.group_user"
    )
