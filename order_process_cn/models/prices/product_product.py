from odoo import fields, models

from .res_users import PRICE_GROUP


class ProductProduct(models.Model):
    _inherit = "product.product"

    lst_price = fields.Float(groups=PRICE_GROUP)
    price_extra = fields.Float(groups=PRICE_GROUP)
    tax_string = fields.Char(groups=PRICE_GROUP)

    def _add_missing_default_values(self, values):
        # core hands the template's default down as if it had been entered: whoever
        # may not enter prices enters products; the template has its default itself
        completed = super()._add_missing_default_values(values)
        if "list_price" not in values and not self.env.user.has_group(PRICE_GROUP):
            completed.pop("list_price", None)
        return completed
