from odoo import models
from odoo.exceptions import UserError

from .till import find_till_gap


class StockMoveLine(models.Model):
    """[SHP-1] [REV-6] a till hands out nothing of an order that is not in effect."""

    _inherit = "stock.move.line"

    def _check_handed_out(self):
        """Raise if goods of these lines were handed out for an order that waits.

        :raise UserError: which, and for what
        """
        if "pos_order_id" not in self.env["stock.picking"]._fields:
            return  # no till
        # whoever sells at a till need not see orders
        gone = self.sudo().filtered(lambda line: line.state == "done")
        orders = gone._filtered_leaving().move_id.till_order_id
        problems = [
            self.env._("- %(order)s: %(gap)s", order=order.name, gap=gap)
            for order in orders
            if (gap := find_till_gap(order))
        ]
        if problems:
            raise UserError(
                self.env._("Goods have to stay here:\n%s", "\n".join(problems))
            )
