from odoo import models
from odoo.exceptions import UserError


class SaleOrder(models.Model):
    """Which orders nothing may be delivered, made or bought for (CFM-3)."""

    _inherit = "sale.order"

    def _filtered_not_served(self):
        """Return the orders of self that a procedure keeps from being served: held,
        not confirmed yet, or cancelled. Plain orders are as in plain Odoo."""
        held = self.filtered(lambda order: order.state == "sale" and order._is_held())
        cancelled = self.filtered(
            lambda order: (
                order.state == "cancel" and (order.review_id or order.order_type_id)
            )
        )
        quotations = self.filtered(lambda order: order.state in {"draft", "sent"})
        reviewed = quotations.filtered("needs_review")
        return held | cancelled | reviewed | (quotations - reviewed)._may_be_held()

    def _refuse_serving(self):
        """Raise if something is to serve orders of self that may not be served."""
        closed = self._filtered_not_served()
        if closed:
            raise UserError(
                self.env._(
                    "Nothing may serve %(orders)s now: the order is held, not "
                    "confirmed or cancelled. What it needs is made by itself when the "
                    "order takes effect; ask %(owners)s, or remove the link to the "
                    "order.",
                    orders=", ".join(closed.mapped("name")),
                    owners=", ".join(closed.user_id.mapped("name"))
                    or self.env._("its salesperson"),
                )
            )
