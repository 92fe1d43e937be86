from odoo import fields, models


class OrderType(models.Model):
    """Whether customers are told by itself of dates that move. [ANA-4]"""

    _inherit = "order.type"

    tells_moved_dates = fields.Boolean(
        string="Tell the Customer When the Promised Date Moves",
        help="By mail, as soon as what a confirmed order promises is another day.",
    )
