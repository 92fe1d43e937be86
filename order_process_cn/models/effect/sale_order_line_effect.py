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
