from odoo import fields, models

from .order_type import STAGES


class SaleOrder(models.Model):
    """What an order causes before its deposit is received (DEP-9); decided in
    ``stage.py``."""

    _inherit = "sale.order"

    before_deposit = fields.Selection(
        STAGES,
        string="Begins before the Deposit",
        copy=False,
        readonly=True,
        help="As the order type said when the order was confirmed.",
        groups="base.group_user",
    )
