from odoo import api, fields, models
from odoo.exceptions import ValidationError

GROUP = "base.group_user"


class OrderShippingToleranceMixin(models.AbstractModel):
    """How much more or less than agreed may leave (SHP-8), where it is said: on the
    product, on the customer, on the order type. The first of them that says anything
    counts, see ``product.product._get_shipping_tolerance``."""

    _name = "order.shipping.tolerance.mixin"
    _description = "Says a Delivery Tolerance"

    shipping_over_percent = fields.Float(
        string="Over-Delivery (%)",
        digits=(5, 2),
        help="How much more than released may leave of each product.",
        groups=GROUP,
    )
    shipping_short_percent = fields.Float(
        string="Short Delivery (%)",
        digits=(5, 2),
        help="What may be missing of each product for the delivery to count as "
        "complete: no backorder is proposed for it.",
        groups=GROUP,
    )

    @api.constrains("shipping_over_percent", "shipping_short_percent")
    def _check_shipping_tolerance(self):
        for record in self:
            percents = record.shipping_over_percent, record.shipping_short_percent
            if not all(0 <= percent <= 100 for percent in percents):
                raise ValidationError(
                    self.env._(
                        "“%s”: over- and short delivery are between 0 and 100 percent.",
                        record.display_name,
                    )
                )
