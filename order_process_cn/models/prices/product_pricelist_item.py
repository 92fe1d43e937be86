from odoo import fields, models

from .res_users import PRICE_GROUP


class ProductPricelistItem(models.Model):
    _inherit = "product.pricelist.item"

    fixed_price = fields.Float(groups=PRICE_GROUP)
    price = fields.Char(groups=PRICE_GROUP)
