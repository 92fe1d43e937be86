from odoo import api, fields, models


@api.depends("order_type_id")
def compute_has_summary(orders):
    """Whether orders are talked over: asked of memory. No method of orders: nobody
    extends it."""
    asking = orders.env["order.type"]._ids_with_summary()
    for order in orders:
        order.has_summary_meeting = order.order_type_id.id in asking


class SaleOrder(models.Model):
    """Where the meetings about an order are shown."""

    _inherit = "sale.order"

    has_summary_meeting = fields.Boolean(
        compute=compute_has_summary, compute_sudo=True, groups="base.group_user"
    )
