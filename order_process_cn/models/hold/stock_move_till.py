from odoo import fields, models


class StockMove(models.Model):
    """What is handed out at a till for a sales order (point of sale): core moves it
    without saying for which."""

    _inherit = "stock.move"

    # copied: what is split off, and the parts of a kit, are for the same order
    till_order_id = fields.Many2one(
        "sale.order",
        string="Settled at the Till",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        groups="base.group_user",
        help="The sales order that a receipt of the till settles with these goods.",
    )
