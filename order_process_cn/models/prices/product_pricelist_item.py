from odoo import fields, models

from .res_users import PRICE_GROUP


class ProductPricelistItem(models.Model):
    _inherit = "product.pricelist.item"

    fixed_price = fields.Float(groups=PRICE_GROUP)
    price = fields.Char(groups=PRICE_GROUP)
    percent_price = fields.Float(groups=PRICE_GROUP)
    price_discount = fields.Float(groups=PRICE_GROUP)
    price_markup = fields.Float(groups=PRICE_GROUP)
    price_round = fields.Float(groups=PRICE_GROUP)
    price_surcharge = fields.Float(groups=PRICE_GROUP)
    price_min_margin = fields.Float(groups=PRICE_GROUP)
    price_max_margin = fields.Float(groups=PRICE_GROUP)
    # all of these in words
    rule_tip = fields.Char(groups=PRICE_GROUP)
