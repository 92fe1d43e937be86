from odoo import fields, models

from .order_states import EFFECTIVE, HELD


class SaleOrder(models.Model):
    """What money and planning ask of an order, though others decide it."""

    _inherit = "sale.order"

    effect_state = fields.Selection(
        [(HELD, "Held"), (EFFECTIVE, "Effective")],
        string="Effect",
        copy=False,
        readonly=True,
        index="btree_not_null",
        help="Held: confirmed, but nothing is launched yet.",
        groups="base.group_user",
    )
    urgent_reason = fields.Char(
        string="Why Urgent",
        copy=False,
        tracking=True,
        help="Told to everybody.",
        groups="base.group_user",
    )
