from odoo import fields, models


class ResPartner(models.Model):
    """Who follows the orders of a customer (P25)."""

    _inherit = "res.partner"

    order_tracker_id = fields.Many2one(
        "res.users",
        index="btree_not_null",
        domain=[("share", "=", False)],
        groups="base.group_user",
        help="Follows the new orders of this customer, unless an order names another.",
    )
