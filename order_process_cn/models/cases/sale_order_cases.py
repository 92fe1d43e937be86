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
    """Fill in how many cases these orders had; also where goods come back as in plain
    Odoo since: the cases are there. A form knows it already."""
    orders.service_case_count = 0
    saved = orders.filtered("id")
    counts = orders.env["order.service.case"]._read_group(
        [("order_id", "in", saved.ids), ("state", "!=", CANCELLED)],
        ["order_id"],
        ["__count"],
    )
    for order, count in counts:
        order.service_case_count = count
