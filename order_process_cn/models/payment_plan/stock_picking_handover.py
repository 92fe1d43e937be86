from odoo import api, fields, models

from .handover import get_collectable


class StockPicking(models.Model):
    """What whoever delivers has to collect. [SHP-6]"""

    _inherit = "stock.picking"

    collect_currency_id = fields.Many2one(
        "res.currency",
        compute="_compute_collect_amount",
        compute_sudo=True,
        groups="base.group_user",
    )
    # the one figure of the order that the deliverer has to know
    collect_amount = fields.Monetary(
        string="To Collect",
        compute="_compute_collect_amount",
        compute_sudo=True,
        currency_field="collect_currency_id",
        groups="base.group_user",
        help="What the customer pays when the goods are handed over.",
    )

    @api.depends("sale_id.balance_due", "sale_id.goods_leave", "state")
    def _compute_collect_amount(self):
        self.update({"collect_amount": 0.0, "collect_currency_id": False})
        for picking in self:
            order = picking.sale_id
            # an order outside of every procedure is not asked
            if not order.progress and not order.ships_on_release:
                continue
            if picking.state != "cancel" and picking._is_delivery():
                picking.collect_currency_id = order.currency_id
                picking.collect_amount = get_collectable(order)
