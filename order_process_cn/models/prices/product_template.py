from odoo import fields, models

from .res_users import PRICE_GROUP


class ProductTemplate(models.Model):
    _inherit = "product.template"

    list_price = fields.Float(groups=PRICE_GROUP)
    # the price with its taxes, in words
    tax_string = fields.Char(groups=PRICE_GROUP)
