from odoo import fields, models

from .order_suspension import PART, WHOLE


class SaleOrder(models.Model):
    """What of an order is suspended (CFM-8); all of it is decided by
    ``order.suspension``."""

    _inherit = "sale.order"
    _suspension_fields = ("suspension_state",)
    _suspension_path = "order_line"

    suspension_state = fields.Selection(
        [(PART, "Partly Suspended"), (WHOLE, "Suspended")],
        string="Suspension",
        copy=False,
        readonly=True,
        index="btree_not_null",
        help="Nothing of what is suspended is launched, started or shipped.",
        groups="base.group_user",
    )
    suspension_ids = fields.One2many(
        "order.suspension",
        "order_id",
        string="Suspensions",
        copy=False,
        readonly=True,
        groups="base.group_user",
    )
