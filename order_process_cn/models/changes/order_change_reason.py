from odoo import fields, models


class OrderChangeReason(models.Model):
    """Why orders are changed after they were agreed (CHG-1): the words that a company
    chooses from and counts by."""

    _name = "order.change.reason"
    _inherit = ["order.config.mixin"]
    _description = "Reason of Changes"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _name_uniq = models.UniqueIndex("(name)", "This reason exists already.")
