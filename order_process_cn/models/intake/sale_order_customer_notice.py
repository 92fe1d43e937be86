from odoo import fields, models


class SaleOrder(models.Model):
    """What the customer hears of us while his order is entered and reviewed."""

    _inherit = "sale.order"

    acknowledged_on = fields.Datetime(
        copy=False,
        readonly=True,
        help="When the customer was told the order number.",
        groups="base.group_user",
    )
