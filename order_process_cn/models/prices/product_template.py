from odoo import fields, models

from .res_users import PRICE_GROUP


class ProductTemplate(models.Model):
    _inherit = "product.template"

    list_price = fields.Float(groups=PRICE_GROUP)
    # the price with its taxes, in words
    tax_string = fields.Char(groups=PRICE_GROUP)

    def copy(self, default=None):
        if self.env.user.has_group(PRICE_GROUP):
            return super().copy(default)
        self.check_access("read")
        self.browse().check_access("create")
        for name in default or {}:
            self._check_field_access(self._fields[name], "write")
        # a copy costs what the product costs, also where its price is closed to whoever
        # makes it; what he may do was checked above
        return super(ProductTemplate, self.sudo()).copy(default).sudo(self.env.su)
