from odoo import models
from odoo.exceptions import UserError

from .stage import filtered_stopped


class StockMoveLine(models.Model):
    """[DEP-9] goods do not leave for an order that began before its deposit."""

    _inherit = "stock.move.line"

    def _check_deposit_before_leaving(self):
        """Raise if goods of these lines leave for an order without its deposit."""
        if not self.env["order.type"]._is_any_staged():
            return
        # whoever moves goods need not see orders and money
        gone = self.sudo().filtered(
            lambda line: line.state == "done" and line._is_delivered()
        )
        orders = gone.browse().move_id.sale_line_id.order_id
        for line in gone:
            orders |= line._get_shipping_order()
        if stopped := filtered_stopped(orders):
            raise UserError(
                self.env._(
                    "Goods leave when the deposit is received; ask finance: %s",
                    ", ".join(stopped.mapped("name")),
                )
            )
