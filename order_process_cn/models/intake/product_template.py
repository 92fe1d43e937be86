from odoo import fields, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    specification = fields.Char(
        help="Model and specification as printed on orders, instructions and delivery "
        "notes.",
    )
    is_discontinued = fields.Boolean(
        string="Discontinued",
        help="No longer in the range. Orders for it are classified as non-standard.",
        groups="base.group_user",
    )
