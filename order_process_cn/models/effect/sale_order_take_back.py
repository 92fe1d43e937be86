from odoo import fields, models


class SaleOrder(models.Model):
    """What becomes of an order that loses the money it took effect by. [DEP-2]

    A payment that is corrected is missing for a moment: the owner is told, and only
    what is still missing after the company's grace undoes something.
    """

    _inherit = "sale.order"

    effect_lost_on = fields.Datetime(
        string="Money Missing since",
        copy=False,
        readonly=True,
        groups="base.group_user",
        help="Since when the deposit of an order in production is missing. After the "
        "grace that the company gives, the order is held again.",
    )
