from odoo import api, fields, models
from odoo.exceptions import AccessError

from .growth import filtered_growth_closed, filtered_growth_guarded

# what the quantity to launch follows from
LAUNCH_FIELDS = {"product_uom_qty", "product_uom_id", "product_id"}


class SaleOrderLine(models.Model):
    """What of a line was held back when it grew, so that nothing else is launched once
    the growth is free: what the warehouse closed, cancelled or shipped stays so."""

    _inherit = "sale.order.line"

    held_quantity = fields.Float(
        string="Held Back",
        digits="Product Unit",
        copy=False,
        readonly=True,
        groups="base.group_user",
        help="What was ordered more and is not launched yet, in the unit of the "
        "product: it follows as soon as the order is approved again.",
    )

    @api.model
    def _refuse_held_quantity(self, vals_list):
        if not self.env.su and any("held_quantity" in vals for vals in vals_list):
            raise AccessError(
                self.env._(
                    "What is held back follows from what was signed; it cannot be "
                    "entered."
                )
            )

    def _get_ordered_quantity(self):
        """Return the ordered quantity in the unit of the product."""
        self.ensure_one()
        return self.product_uom_id._compute_quantity(
            self.product_uom_qty, self.product_id.uom_id, rounding_method="HALF-UP"
        )

    def _get_held_in_own_unit(self):
        """Return what is held back in the unit of the line."""
        self.ensure_one()
        return self.product_id.uom_id._compute_quantity(
            self.held_quantity, self.product_uom_id, round=False
        )

    def _get_freed_quantities(self):
        """Return ``{line: (product, quantity)}`` of the lines whose growth can be held
        back: how much of it was free to be launched, in the unit of the product."""
        guarded = filtered_growth_guarded(self.order_id)
        return {
            line: (
                line.product_id,
                max(line._get_ordered_quantity() - line.held_quantity, 0.0),
            )
            for line in self
            if line.order_id in guarded and line.product_id
        }

    def _is_below_launched(self):
        """Whether less is ordered than was launched, and some of it is still open.

        What has left is no matter of launching: it comes back by a return.
        """
        self.ensure_one()
        is_open = any(move.state not in {"done", "cancel"} for move in self.move_ids)
        # core counts kits by any quantity but none
        some = {self.id: self.product_uom_qty or 1.0}
        launched = self._get_qty_procurement(some)
        return is_open and (
            self.product_uom_id.compare(launched, self.product_uom_qty) > 0
        )

    def _hold_back_growth(self, freed):
        """Note for the lines of ``freed`` what must wait, now that they were edited.

        :param dict freed: what :meth:`_get_freed_quantities` gave before
        :return: the lines that are ordered less than was free before
        """
        reduced = self.browse()
        closed = filtered_growth_closed(self.order_id)
        for line in self.filtered(lambda line: line in freed):
            product, before = freed[line]
            before = before if product == line.product_id else 0.0
            ordered = line._get_ordered_quantity()
            unit = line.product_id.uom_id
            if unit.compare(ordered, before) < 0:
                reduced += line
            # whether, not why
            waits = line.order_id in closed or line.sudo().is_suspended
            waits = waits or line.held_quantity
            held = max(ordered - before, 0.0) if waits else 0.0
            if unit.compare(held, line.held_quantity):
                line.sudo().held_quantity = held  # the engine's to write
        held_back = self.filtered("held_quantity").order_id - closed
        held_back.sudo()._mark_for_recheck(
            "growth"
        )  # free already: nobody signs any more
        return reduced

    def _launch_held_back(self):
        """Launch what was held back of these lines, not more: see
        ``_get_qty_procurement``."""
        self._action_launch_stock_rule()
        lines = self.sudo()  # as core does it: salespeople have no right on purchases
        bought = lines.filtered("purchase_line_ids")
        for line in bought.filtered("product_id.service_to_purchase"):
            before = line.product_uom_qty - line._get_held_in_own_unit()
            line._purchase_increase_ordered_qty(line.product_uom_qty, {line.id: before})
        (lines - bought)._purchase_service_generation()
        lines.held_quantity = 0.0

    def _has_left(self):
        """Whether anything of this line has ever left for the customer."""
        self.ensure_one()
        return self.qty_delivered > 0 or any(
            move.state == "done" and move.location_dest_id.usage == "customer"
            for move in self.move_ids
        )

    def _count_sent(self):
        """Return how much of this line has left, what came back included, and at most
        what is ordered."""
        gone = sum(
            move.product_uom._compute_quantity(move.quantity, self.product_uom_id)
            for move in self.move_ids
            if move.state == "done"
            and move.product_id == self.product_id
            and move.location_id.usage != "customer"
            and move.location_dest_id.usage == "customer"
        )
        return min(max(gone, self.qty_delivered), self.product_uom_qty)

    def _is_sent(self):
        """Whether nothing of this line is to leave any more."""
        self.ensure_one()
        if self.qty_delivered >= self.product_uom_qty:
            return True
        leaving = self.move_ids.filtered(
            lambda move: move.location_id.usage != "customer"
        )
        own = leaving.filtered(
            lambda move: (
                move.product_id == self.product_id
                and move.location_dest_id.usage == "customer"
            )
        )
        # what came back had left: what is sent in its place opens nothing again
        left = sum(
            move.product_uom._compute_quantity(move.quantity, self.product_uom_id)
            for move in own
            if move.state == "done"
        )
        if self.product_uom_id.compare(left, self.product_uom_qty) >= 0:
            return True
        if not leaving or any(m.state not in {"done", "cancel"} for m in leaving):
            return False
        # what was added later was never launched: it has still to be sent
        launched = sum(
            move.product_uom._compute_quantity(
                move.product_uom_qty, self.product_uom_id
            )
            for move in own
        )
        return not own or launched >= self.product_uom_qty
