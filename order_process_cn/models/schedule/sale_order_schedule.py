from odoo import fields, models


class SaleOrder(models.Model):
    """Whether something of an order is delivered in parts (INT-9): orders of which
    nothing is are asked nothing more."""

    _inherit = "sale.order"

    has_delivery_schedule = fields.Boolean(
        string="Delivered in Parts",
        copy=False,
        readonly=True,
        groups="base.group_user",
    )
