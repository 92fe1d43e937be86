from odoo import models


class ProductTemplate(models.Model):
    """Goods that cannot be counted exactly have a tolerance of their own (SHP-8)."""

    _name = "product.template"
    _inherit = ["product.template", "order.shipping.tolerance.own.mixin"]
