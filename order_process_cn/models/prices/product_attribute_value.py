from odoo import fields, models

from .res_users import PRICE_GROUP


class ProductAttributeValue(models.Model):
    _inherit = "product.attribute.value"

    default_extra_price = fields.Float(groups=PRICE_GROUP)
    # says that prices differ, and of no price how high it is: forms ask for it
    default_extra_price_changed = fields.Boolean(compute_sudo=True)
