from odoo import models
from odoo.exceptions import UserError

from .order_goods import is_any_shipping_guarded

# the orders that the gate has marked already, for what leaves just now: forgotten with
# each part of a transaction that is taken back
MARKED = "order_shipping_marked"


class StockMove(models.Model):
    """What moves mean for the releases of the orders that they belong to."""

    _inherit = "stock.move"

    def _watch_shipping(self, may_be_merged=False):
        """Have the worker look at the releases of orders whose goods came in or
        left. Costs nothing where no type asks for them.

        :param may_be_merged: whether core may have put some of these moves together
        """
        if not self.env["order.type"]._ids_releasing():
            return
        # whoever moves goods need not read orders; only marks are made
        moves = self.sudo().exists() if may_be_merged else self.sudo()
        orders = moves.sale_line_id.order_id
        marked = self.env.cr.precommit.data.get(MARKED, set())
        concerned = orders.filtered("ships_on_release")
        concerned.filtered(lambda o: o.id not in marked)._mark_for_recheck("shipping")
        marked.difference_update(concerned.ids)  # what leaves next is another matter

    def _check_stays_with_order(self, vals):
        """Refuse that goods which have left are counted for another order."""
        if "sale_line_id" not in vals or not self.env["order.type"]._ids_releasing():
            return
        line = self.env["sale.order.line"].browse(vals["sale_line_id"] or [])
        for move in self.sudo():  # as above
            before = move.sale_line_id.order_id
            if move.state == "done" and before != line.sudo().order_id:
                if is_any_shipping_guarded(before):
                    raise UserError(
                        self.env._(
                            "%(product)s has left for %(order)s: it stays with it.",
                            product=move.product_id.display_name,
                            order=before.name,
                        )
                    )
