from odoo import fields, models

from ..money.watched_money import is_money_watched, watch_money


class StockMove(models.Model):
    """Notices cheaply that goods of an order with a pick-up clock came in or left."""

    _inherit = "stock.move"

    order_ready_on = fields.Datetime(
        string="Wholly Reserved on",
        groups="base.group_user",
        copy=False,
        readonly=True,
        help="Kept for orders with a pick-up period, which begins on this day.",
    )

    def _action_assign(self, force_qty=False):
        result = super()._action_assign(force_qty=force_qty)
        self._watch_pickup()
        return result

    def _action_done(self, cancel_backorder=False):
        moves = super()._action_done(cancel_backorder=cancel_backorder)
        (self | moves)._watch_pickup()
        return moves

    def _do_unreserve(self):
        result = super()._do_unreserve()
        self._watch_pickup()
        return result

    def _watch_pickup(self):
        """[DEP-3] have the worker look at the pick-up clocks that may have changed.
        Costs nothing where no deposit is forfeited."""
        rules = self.env["order.deposit.rule"]._ids_with_tiers()
        if not rules:
            return
        # stock and workshop users need not read orders; only marks are made
        moves = self.sudo().exists()  # core puts moves together
        if not is_money_watched(self.env, moves.company_id):
            return
        found = moves.sale_line_id.order_id | moves.production_id.reference_ids.sale_ids
        clocked = found.filtered(lambda order: order.deposit_rule_id.id in rules)
        watch_money(self.env, clocked.company_id, orders=clocked.ids)
        own = moves.filtered(lambda move: move.sale_line_id.order_id in clocked)
        own._note_ready()

    def _note_ready(self):
        """Keep since when these moves have all they need: core does not."""
        ready = self.filtered(lambda move: move.state == "assigned")
        ready.filtered(lambda m: not m.order_ready_on).write(
            {"order_ready_on": fields.Datetime.now()}
        )
        lacking = self.filtered(lambda move: move.state not in {"assigned", "done"})
        lacking.filtered("order_ready_on").write({"order_ready_on": False})

    def _get_lacking_quantity(self):
        """Return what one move has not got, in the unit of the product."""
        self.ensure_one()
        return self.product_uom._compute_quantity(
            self.product_uom_qty - self.quantity,
            self.product_id.uom_id,
            rounding_method="HALF-UP",
        )
