from odoo import fields, models

from .res_users import PRICE_GROUP


class ProductComboItem(models.Model):
    _inherit = "product.combo.item"

    extra_price = fields.Float(groups=PRICE_GROUP)
