from odoo import fields, models


class MrpWorkorder(models.Model):
    """The conductor of the work order: see sale_order.py."""

    _inherit = "mrp.workorder"

    is_urgent = fields.Boolean(
        related="production_id.is_urgent", string="Urgent", groups="base.group_user"
    )
