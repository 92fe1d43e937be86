from odoo import api, fields, models


@api.depends("partner_id")
def compute_tracker(orders):
    """Fill in who follows each order up to its end: whoever does so for the customer,
    as long as nobody else is named. No method of orders: nobody extends it."""
    for order in orders:
        customer = order.partner_id
        order.tracker_id = (
            order.tracker_id
            or customer.order_tracker_id
            or customer.commercial_partner_id.order_tracker_id
        )


class SaleOrder(models.Model):
    """跟单员: who follows an order from its entry until its receipt is back, hands out
    its papers and sees that they arrive (P25, CFM-7)."""

    _inherit = "sale.order"

    tracker_id = fields.Many2one(
        "res.users",
        string="Order Tracker",
        compute=compute_tracker,
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
        index="btree_not_null",
        ondelete="restrict",
        domain=[("share", "=", False)],
        groups="base.group_user",
        help="Follows the order to its end: its papers, its delivery, its receipt. "
        "Where nobody is named the salesperson does.",
    )
