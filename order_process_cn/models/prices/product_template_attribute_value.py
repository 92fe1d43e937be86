from odoo import fields, models

from .res_users import PRICE_GROUP


class ProductTemplateAttributeValue(models.Model):
    _inherit = "product.template.attribute.value"

    price_extra = fields.Float(groups=PRICE_GROUP)
