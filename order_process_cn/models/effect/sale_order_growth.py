from contextlib import contextmanager

from odoo import api, models
from odoo.fields import Domain

from .held import EFFECTIVE, HELD, is_held


class SaleOrder(models.Model):
    """What an order in force may launch beyond what was launched: nothing, while what
    it relied on does not stand for the order as it is now."""

    _inherit = "sale.order"

    def _filtered_growth_guarded(self):
        """Return the orders in force that somebody has signed for, released or
        suspended. The others are as in plain Odoo."""
        orders = self.sudo()  # whether, not what
        return orders.filtered(
            lambda order: (
                order.state == "sale"
                and (
                    order.effect_state == EFFECTIVE
                    or order.review_id
                    or order.suspension_state
                )
            )
        ).with_env(self.env)

    def _filtered_growth_closed(self):
        """Return the orders in force that may launch nothing more now."""
        guarded = self._filtered_growth_guarded()
        return guarded - guarded._filtered_ready("effect_growth")

    def _filter_launchable(self, lines, previous):
        """Return the lines that may be launched now; the others are held back.

        What a line says of its state proves nothing: it is asked of the order. A held
        order launches nothing, one in force nothing more than before while its growth
        is closed or the line suspended. Less than was launched always follows core.
        """
        lines = lines.filtered(
            lambda line: line.order_id.state == "sale" and not is_held(line.order_id)
        )
        closed = lines.order_id._filtered_growth_closed()
        return lines.filtered(
            lambda line: (
                not (line.order_id in closed or line.sudo().is_suspended)
                or (previous and line._is_below_launched())
            )
        )

    @api.model
    def _mark_waiting_in_force(self):
        """Have the worker look at the confirmed orders that are held, or wait with a
        part of what was ordered."""
        waiting = Domain("effect_state", "=", HELD) | Domain(
            "order_line.held_quantity", "!=", 0
        )
        self.search(Domain("state", "=", "sale") & waiting)._mark_for_recheck("effect")

    def _launch_growth(self):
        """Launch what was held back of these orders, as far as it is free now. Called
        by the worker."""
        waiting = self.filtered(lambda order: order.state == "sale")
        lines = waiting.order_line.filtered(
            lambda line: line.held_quantity and not line.is_suspended
        )
        orders = lines.order_id.filtered(lambda order: not is_held(order))
        free = orders - orders._filtered_growth_closed()
        with free._unlocked():
            lines.filtered(lambda line: line.order_id in free)._launch_held_back()

    @contextmanager
    def _unlocked(self):
        """Core skips locked orders without a word: unlock them for a moment."""
        locked = self.filtered("locked")
        locked.locked = False
        yield
        locked.locked = True
