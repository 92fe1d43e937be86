from odoo import fields, models


class OrderForm(models.Model):
    _inherit = "order.form"

    reissue_group_ids = fields.Many2many(
        "order.fact.group",
        string="Issued Anew When a Change Touches",
        help="Copies that were given out are superseded, and the next revision has "
        "to be received again.",
    )
