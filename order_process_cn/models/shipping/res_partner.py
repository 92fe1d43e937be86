from odoo import models


class ResPartner(models.Model):
    """What a customer accepts, as agreed with him (SHP-8)."""

    _name = "res.partner"
    _inherit = ["res.partner", "order.shipping.tolerance.own.mixin"]

    def _commercial_fields(self):
        return [
            *super()._commercial_fields(),
            "has_shipping_tolerance",
            "shipping_over_percent",
            "shipping_short_percent",
        ]
