from odoo import fields, models

from .retention import compute_retention


class SaleOrder(models.Model):
    """How long an order is kept, and what was filed of it (AFS-4)."""

    _inherit = "sale.order"

    contract_end = fields.Date(
        string="Contract Ends on",
        copy=False,
        groups="base.group_user",
        help="The order is kept for some years after this day, if it comes later than "
        "the day on which it was closed.",
    )
    retention_until = fields.Date(
        string="Kept Until",
        compute=compute_retention,
        compute_sudo=True,
        groups="base.group_user",
        help="Nothing of the order is deleted until then, by nobody.",
    )
    archive_entry_ids = fields.One2many(
        "order.archive.entry",
        "order_id",
        copy=False,
        readonly=True,
        groups="base.group_user",
    )
