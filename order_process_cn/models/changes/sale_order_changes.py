from odoo import fields, models

from ..mechanism.counts import count_documents


class SaleOrder(models.Model):
    """The changes that were asked for of an order, and what it was before (CHG-1)."""

    _inherit = "sale.order"

    change_request_ids = fields.One2many(
        "order.change.request",
        "order_id",
        string="Change Requests",
        copy=False,
        groups="base.group_user",
    )
    version_ids = fields.One2many(
        "order.version",
        "order_id",
        string="Versions",
        copy=False,
        groups="base.group_user",
    )
    has_change_under_way = fields.Boolean(
        string="Goods Wait for a Change",
        copy=False,
        readonly=True,
        groups="base.group_user",
        help="A change that takes goods away, or sends them elsewhere, was asked for.",
    )
    change_count = fields.Integer(
        string="Number of Changes",
        compute=lambda self: count_documents(
            self, "change_count", "order.change.request"
        ),
        compute_sudo=True,
        groups="base.group_user",
    )
