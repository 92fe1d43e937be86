from odoo import api, models
from odoo.exceptions import UserError

from .order_type import BUY
from .stage import filtered_stopped, find_orders_of_moves


class PurchaseOrderLine(models.Model):
    """[DEP-9] what is bought for an order before its deposit: nothing, or what takes
    long to come, on every road."""

    _inherit = "purchase.order.line"

    def write(self, vals):
        growing = self.browse()
        if "product_qty" in vals or "product_uom_id" in vals:
            if self.env["order.type"]._is_any_staged():
                # what was ordered while the deposit was there may always shrink
                growing = self.filtered(lambda line: line.state == "purchase")
        before = {line: line.product_uom_qty for line in growing}
        result = super().write(vals)
        growing.filtered(
            lambda line: line.product_uom_qty > before[line]
        )._check_deposit_received()
        return result

    @api.constrains("product_id", "order_id", "sale_line_id", "order_request_line_id")
    def _check_deposit(self):
        self._check_deposit_received()

    def _check_deposit_received(self):
        """Refuse what is ordered for orders whose deposit is missing.

        :raise UserError: all of it at once, and what can be done
        """
        if not self.env["order.type"]._is_any_staged():
            return
        ordered = self.filtered(lambda line: line.state == "purchase")
        if problems := ordered._find_deposit_problems():
            raise UserError(
                "\n".join(
                    [
                        self.env._(
                            "This is bought for orders whose deposit is not received. "
                            "It is ordered when finance has received it; until then "
                            "take it out of the purchase:"
                        ),
                        *problems,
                    ]
                )
            )

    def _find_deposit_problems(self):
        """Return in words what of these lines may not be ordered yet."""
        # whoever buys need not see orders and money: a gate asks the same of everybody
        lines = self.sudo().filtered(lambda line: not line.display_type)
        served = {line: line._find_served_orders() for line in lines}
        # as above
        stopped = filtered_stopped(
            self.env["sale.order"].sudo().union(*served.values())
        )
        return [
            self.env._(
                "- %(purchase)s, %(product)s: for %(orders)s",
                purchase=line.order_id.name,
                product=line.product_id.display_name,
                orders=", ".join(orders.mapped("name")),
            )
            for line, own in served.items()
            if (orders := (own & stopped).filtered(line._is_stopped_by))
            and line._is_more_than_others_need(stopped)
        ]

    def _find_served_orders(self):
        """Return the sales orders that one line is bought for."""
        orders = self.sale_line_id.order_id | find_orders_of_moves(self.move_dest_ids)
        for production in self.order_request_line_id.request_id.production_ids:
            orders |= production._get_served_lines().order_id
        # what names nothing itself is bought for what the purchase names
        return orders or self.order_id.reference_ids.sale_ids

    def _is_stopped_by(self, order):
        """Whether one line may not be ordered before the deposit of ``order``."""
        if order.before_deposit != BUY or self._is_made_by_vendor():
            return True
        return self.selected_seller_id.delay < order.order_type_id.long_lead_days

    def _is_made_by_vendor(self):
        """Whether ordering one line starts production elsewhere."""
        return bool(
            self.env["mrp.bom"]._bom_subcontract_find(
                self.product_id,
                company_id=self.company_id.id,
                bom_type="subcontract",
                subcontractor=self.order_id.partner_id,
            )
        )

    def _is_more_than_others_need(self, stopped):
        """Whether one line brings more than those of its moves need that serve nobody
        who has to wait: core buys for several orders at once."""
        needed = sum(
            move.product_uom._compute_quantity(
                move.product_uom_qty, self.product_id.uom_id
            )
            for move in self.move_dest_ids
            if not find_orders_of_moves(move) & stopped
        )
        return self.product_id.uom_id.compare(self.product_uom_qty, needed) > 0
