from odoo import api, models
from odoo.exceptions import UserError

from ..hold.order_suspension import WHOLE


class SaleOrder(models.Model):
    """Which orders nothing may be delivered, made or bought for (CFM-3)."""

    _inherit = "sale.order"

    def _filtered_not_served(self, is_new=True):
        """Return the orders of self that a procedure keeps from being served: held,
        not confirmed yet, or cancelled. Plain orders are as in plain Odoo.

        :param is_new: whether something is begun now: then not for suspended orders
        """
        suspended = self.filtered(
            lambda order: is_new and order.suspension_state == WHOLE
        )
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
        reviewed |= (open_ones - reviewed)._may_be_held()
        return held | cancelled | reviewed | suspended

    @api.constrains("stock_reference_ids")
    def _check_references_are_served(self):
        """The same link, made from the order."""
        self.stock_reference_ids._check_order_is_served()

    def _refuse_serving(self, is_new=True):
        """Raise if something is to serve orders of self that may not be served.

        :param is_new: see :meth:`_filtered_not_served`
        """
        closed = self._filtered_not_served(is_new)
        if suspended := closed.filtered("suspension_state"):
            suspended.order_line._refuse_suspended()
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
