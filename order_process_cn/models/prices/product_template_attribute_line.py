from odoo import models

from .res_users import PRICE_GROUP


class ProductTemplateAttributeLine(models.Model):
    _inherit = "product.template.attribute.line"

    def _update_product_template_attribute_values(self):
        lines = self
        if not self.env.user.has_group(PRICE_GROUP):
            # whoever keeps products gives them variants, at extra prices that he does
            # not see; that he may write the lines was checked when he did
            lines = self.sudo()
        return super(
            ProductTemplateAttributeLine, lines
        )._update_product_template_attribute_values()
