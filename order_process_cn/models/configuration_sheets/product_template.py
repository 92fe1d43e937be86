from odoo import fields, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    brand_name = fields.Char(
        string="Brand",
        help="As printed on the order sheet of an after-sales order.",
        groups="base.group_user",
    )
