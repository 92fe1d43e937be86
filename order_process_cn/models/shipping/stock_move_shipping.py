from odoo import api, models
from odoo.exceptions import UserError

# the orders that the gate has marked already, for what leaves just now: forgotten with
# each part of a transaction that is taken back
MARKED = "order_shipping_marked"
# by what the gate knows that goods have left, and for which order
COUNTED = {"picking_id", "sale_line_id", "state", "till_order_id"}


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
        if waiting := concerned.filtered(lambda o: o.id not in marked):
            waiting._mark_for_recheck("shipping")
        marked.difference_update(concerned.ids)  # what leaves next is another matter

    def _get_shipping_order(self):
        """Return the order for which one move is counted at the gate."""
        own = self.sale_line_id.order_id or self.till_order_id
        return own or self.picking_id.sale_id

    def _find_counted(self, vals):
        """Return ``{move: order}`` of what of these moves has left for guarded orders,
        where writing ``vals`` may have it counted otherwise."""
        names = COUNTED & vals.keys()
        if vals.get("state") == "done":
            names -= {"state"}
        if not names or not self.env["order.type"]._ids_releasing():
            return {}
        # whoever moves goods need not read orders
        gone = self.sudo().filtered(lambda move: move.state == "done")
        orders = {move: move._get_shipping_order() for move in gone}
        return {m: order for m, order in orders.items() if order.ships_on_release}

    @api.model
    def _check_still_counted(self, counted):
        """Refuse that goods which have left are counted for another order, or not at
        all.

        :param counted: what :meth:`_find_counted` returned before
        """
        for move, order in counted.items():
            if move.state != "done" or move._get_shipping_order() != order:
                move._raise_stays(move.product_id, order)

    def _raise_stays(self, product, order):
        raise UserError(
            self.env._(
                "%(product)s has left for %(order)s: it stays with it.",
                product=product.display_name,
                order=order.name,
            )
        )
