from odoo import fields, models

from .res_users import PRICE_GROUP


class ProductProduct(models.Model):
    _inherit = "product.product"

    lst_price = fields.Float(groups=PRICE_GROUP)
    price_extra = fields.Float(groups=PRICE_GROUP)
