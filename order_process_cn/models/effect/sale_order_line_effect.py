from odoo import models
from odoo.tools import float_compare


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _is_less(self, previous):
        """Whether the quantity of this line was just reduced."""
        self.ensure_one()
        before = (previous or {}).get(self.id)
        if before is None:
            return False
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        return float_compare(self.product_uom_qty, before, precision_digits=digits) < 0

    def _get_effective_quantities(self):
        """Return ``{line id: quantity}`` of the lines whose order has taken effect."""
        return {
            line.id: line.product_uom_qty
            for line in self
            if line.order_id.effect_state == "effective"
        }

    def _has_left(self):
        """Whether anything of this line has ever left for the customer."""
        self.ensure_one()
        return self.qty_delivered > 0 or any(
            move.state == "done" and move.location_dest_id.usage == "customer"
            for move in self.move_ids
        )

    def _is_sent(self):
        """Whether nothing of this line is to leave any more."""
        self.ensure_one()
        if self.qty_delivered >= self.product_uom_qty:
            return True
        leaving = self.move_ids.filtered(
            lambda move: move.location_id.usage != "customer"
        )
        if not leaving or any(m.state not in {"done", "cancel"} for m in leaving):
            return False
        own = leaving.filtered(
            lambda move: (
                move.product_id == self.product_id
                and move.location_dest_id.usage == "customer"
            )
        )
        # what was added later was never launched: it has still to be sent
        launched = sum(
            move.product_uom._compute_quantity(
                move.product_uom_qty, self.product_uom_id
            )
            for move in own
        )
        return not own or launched >= self.product_uom_qty
