from odoo import fields, models

from .order_shipping_tolerance import GROUP


class OrderShippingToleranceOwnMixin(models.AbstractModel):
    """A tolerance that goes before that of the order type."""

    _name = "order.shipping.tolerance.own.mixin"
    _inherit = ["order.shipping.tolerance.mixin"]
    _description = "Says a Delivery Tolerance of its Own"

    has_shipping_tolerance = fields.Boolean(
        string="Own Delivery Tolerance",
        help="The tolerance of the product goes before that of the customer, and this "
        "before that of the order type. Zero percent is a tolerance, too: none.",
        groups=GROUP,
    )
