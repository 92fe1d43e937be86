from odoo import api, models

from ..progress.steps import confirm_receipt


class OrderDeliveryReceipt(models.Model):
    """What follows from a receipt: the delivery has arrived, the order is received when
    nothing is missing, and sales looks after a difference. [SHP-4]"""

    _inherit = "order.delivery.receipt"

    def _follow(self):
        """Carry on after this new receipt."""
        self.ensure_one()
        delivery = self.picking_id
        if not delivery.arrived_on:
            delivery.arrived_on = self.received_on
        if self.is_different and not self._is_said_before():
            self._tell_of_difference()
        order = self.order_id
        if not order.picking_ids._filtered_without_receipt():
            order._emit("receipt_returned")
        self._confirm_orders(order)

    def _is_said_before(self):
        """Whether another receipt of the delivery counts the same: who accepts goods
        says again how much he has received."""
        others = self.picking_id.receipt_ids - self
        counts = self.line_ids._read_counts()
        return any(other.line_ids._read_counts() == counts for other in others)

    def _tell_of_difference(self):
        """Leave sales a to-do. What has left is never edited by it."""
        order = self.order_id
        order._leave_todo(
            f"delivery.receipt.{self.id}",
            self.env._("%s was not received as it was sent", self.picking_id.name),
            "\n".join(
                [
                    self.env._("Received by %s", self.received_by),
                    *(li._spell() for li in self.line_ids if li._is_different()),
                    *filter(None, [self.note]),
                ]
            ),
            user=order.user_id,
        )

    @api.model
    def _confirm_orders(self, orders):
        """Note that those orders are received of which everything has left and every
        delivery has its receipt. Called by the worker as well: what is missing may be
        given up after the last receipt."""
        waiting = orders.filtered(lambda o: o.progress and not o.receipt_confirmed_on)
        # whoever delivers need not read orders
        said = self.sudo().search([("order_id", "in", waiting.ids)])
        for order, receipts in said.grouped("order_id").items():
            if (
                order._is_delivered()
                and not order.picking_ids._filtered_without_receipt()
            ):
                last = receipts.sorted("id")[-1]
                confirm_receipt(order, last.received_by, last.address or "")
