from odoo import fields, models

from .res_users import PRICE_GROUP


class ProductCombo(models.Model):
    _inherit = "product.combo"

    base_price = fields.Float(groups=PRICE_GROUP)
