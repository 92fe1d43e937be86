from odoo import fields, models

from ..mechanism.counts import count_documents


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
        compute=lambda self: count_documents(
            self, "service_case_count", "order.service.case"
        ),
        compute_sudo=True,
        groups="base.group_user",
    )
