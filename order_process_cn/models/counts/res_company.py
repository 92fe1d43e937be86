from odoo import fields, models


class ResCompany(models.Model):
    """Who counts inspected goods (MFG-7)."""

    _inherit = "res.company"

    order_count_by_manager = fields.Boolean(
        string="Counts of Inspected Goods by Inventory Managers",
        default=True,
        help="What is counted is not inspected. So that nobody counts in what has not "
        "passed, a count that adds inspected goods to stock needs an inventory "
        "manager.",
        groups="base.group_user",
    )
