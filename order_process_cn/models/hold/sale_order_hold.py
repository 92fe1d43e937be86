from odoo import api, fields, models

from .order_suspension import PART, WHOLE


@api.depends("suspension_state")
@api.depends_context("lang")
def spell_suspension(orders):
    """Compute what stands in red on a suspended order."""
    orders.suspension_note = False
    for order in orders.filtered("suspension_state"):
        order.suspension_note = order.order_line._spell_suspension()


class SaleOrder(models.Model):
    """What of an order is suspended (CFM-8); all of it is decided by
    ``order.suspension``."""

    _inherit = "sale.order"

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
    suspension_note = fields.Text(
        string="Suspended because",
        compute=spell_suspension,
        compute_sudo=True,
        groups="base.group_user",
    )
