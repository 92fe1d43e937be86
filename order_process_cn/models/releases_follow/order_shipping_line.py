from odoo import models

from ..shipping.release_states import LETS_LEAVE


class OrderShippingLine(models.Model):
    """How much less leaves on a line when its order says less (CHG-5)."""

    _inherit = "order.shipping.line"

    def _take_off(self, quantity):
        """Let only ``quantity`` leave on one line, in the unit of the product. What was
        signed stays what it was."""
        if self.release_id.state in LETS_LEAVE:
            self.cut_qty += self.product_qty - quantity
        else:
            self.quantity = self._to_own_unit(quantity)

    def _forget_cut(self):
        self.write({"quantity": self._to_own_unit(self.product_qty), "cut_qty": 0.0})

    def _to_own_unit(self, quantity):
        """Return ``quantity``, in the unit of the product, in that of one line: never
        more of it."""
        return self.product_id.uom_id._compute_quantity(
            quantity, self.product_uom_id, rounding_method="DOWN"
        )

    def _spell_may_leave(self):
        return self._spell_goods(self.may_leave_qty)
