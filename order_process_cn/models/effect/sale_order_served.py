from odoo import api, models
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
        # a type that is only proposed asks the same as one that was chosen
        open_ones = self - held - cancelled
        open_ones = open_ones.filtered(lambda order: order.state != "sale")
        reviewed = open_ones.filtered("needs_review")
        return held | cancelled | reviewed | (open_ones - reviewed)._may_be_held()

    @api.constrains("stock_reference_ids")
    def _check_references_are_served(self):
        """The same link, made from the order."""
        self.stock_reference_ids._check_order_is_served()

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
