from odoo import fields, models

from .case_states import CANCELLED


class SaleOrder(models.Model):
    """The cases that the customer of an order had with it (AFS-1, AFS-2)."""

    _inherit = "sale.order"

    returns_on_case = fields.Boolean(
        string="Comes Back on a Case Only",
        copy=False,
        readonly=True,
        help="The type of the order asked for service cases when it took effect.",
        groups="base.group_user",
    )
    service_case_ids = fields.One2many(
        "order.service.case",
        "order_id",
        string="Service Cases",
        copy=False,
        groups="base.group_user",
    )
    service_case_count = fields.Integer(
        string="Number of Cases",
        compute=lambda self: count_cases(self),
        compute_sudo=True,
        groups="base.group_user",
    )


def count_cases(orders):
    """Fill in how many cases these orders had: nothing is read for those that nobody
    follows."""
    orders.service_case_count = 0
    followed = orders.filtered(
        lambda order: order.returns_on_case or order.effect_state or order.review_id
    )
    if not followed:
        return
    counts = orders.env["order.service.case"]._read_group(
        [("order_id", "in", followed.ids), ("state", "!=", CANCELLED)],
        ["order_id"],
        ["__count"],
    )
    for order, count in counts:
        order.service_case_count = count
