from odoo import fields, models

from .res_users import PRICE_GROUP


class ProductTemplate(models.Model):
    _inherit = "product.template"

    list_price = fields.Float(groups=PRICE_GROUP)
