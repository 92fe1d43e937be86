from odoo import models
from odoo.fields import Command

# what no vendor was told yet, or could not take for an order
OPEN = {"draft", "sent", "to approve"}


class PurchaseOrderLine(models.Model):
    """What is bought to order, as a supply that can be reduced: see ``pool.py``."""

    _inherit = "purchase.order.line"

    def _count_coming(self):
        """Return how much of one line is to come, in the unit of the product."""
        self.ensure_one()
        left = max(self.product_qty - self.qty_received, 0.0)
        return self.product_uom_id._compute_quantity(left, self.product_id.uom_id)

    def _is_supply_begun(self):
        """Whether only a person may reduce one line: a vendor knows of it, or a part
        of it is for the stock."""
        self.ensure_one()
        return self.order_id.state not in OPEN or bool(self.orderpoint_id)

    def _get_supply_document(self):
        return self.order_id

    def _get_supply_key(self):
        return f"reach.{self.id}"

    def _get_supply_owner(self, order):
        """Return whose work it is to reduce one line."""
        buyer = self.order_id.user_id or self.partner_id.buyer_id
        return buyer, "order_process_cn.order_department_purchase"

    def _count_supply(self):
        return self.product_qty, self.product_uom_id

    def _get_supply_moves(self):
        return self.move_ids.filtered(lambda m: m.state not in {"done", "cancel"})

    def _serve_supply(self, needs):
        """Have ``needs`` wait for what one line brings."""
        if moves := self._get_supply_moves():
            moves[:1].move_dest_ids = [Command.link(move.id) for move in needs]
        else:
            self.move_dest_ids = [Command.link(move.id) for move in needs]

    def _reduce_supply(self, left):
        """Buy ``left`` on this line, in its unit; the request goes with its last."""
        if left:
            self.product_qty = left
            return
        request = self.order_id
        # what still waits is served by something else: it stays
        self.move_dest_ids = [Command.clear()]
        self.unlink()
        if not request.order_line:
            request.button_cancel()
