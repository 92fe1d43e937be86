from odoo import api, fields, models

from ..pickup.sale_order_balance import LEAVE_FIELDS
from .order_payment_step_mixin import SHIP


@api.depends(*LEAVE_FIELDS, "payment_step_ids.opens")
def compute_goods_leave(orders):
    """Compute when goods leave: as the steps say, where they say anything of it."""
    orders._compute_goods_leave()
    for order in orders.filtered("payment_plan_id"):
        opens = order.payment_step_ids.mapped("opens")
        # whoever pays in steps owes no retention before the goods leave
        if SHIP in opens or order.goods_leave == "paid":
            order.goods_leave = "plan"


class SaleOrder(models.Model):
    """In which steps an order is paid (DEP-8)."""

    _inherit = "sale.order"

    payment_plan_id = fields.Many2one(
        "order.payment.plan",
        copy=False,
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="Determined when the order is submitted, sent or confirmed.",
        groups="base.group_user",
    )
    payment_step_ids = fields.One2many(
        "order.payment.step",
        "order_id",
        string="Payment Steps",
        copy=False,
        readonly=True,
        groups="base.group_user",
    )
    goods_leave = fields.Selection(
        selection_add=[("plan", "As the payment plan says")],
        compute=compute_goods_leave,
    )
