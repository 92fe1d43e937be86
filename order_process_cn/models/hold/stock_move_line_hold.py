from odoo import models


class StockMoveLine(models.Model):
    """[CFM-8] nothing that is suspended leaves, on whichever road and of any type."""

    _inherit = "stock.move.line"

    def _check_not_suspended(self, is_gone=True):
        """Raise if goods of these lines are suspended and leave, or seem to stay.

        :param is_gone: whether they have left in the books; else they are about to
        """
        # whoever moves goods need not see orders
        lines = self.sudo().filtered(
            lambda line: (
                line.state == "done"
                if is_gone
                else line.state != "done" and line.picked
            )
        )
        goods = self.env["sale.order.line"].sudo()  # as above
        for line in lines:
            # what is asked first stands on rows that are read anyway
            if (own := line._get_suspended()) and line._is_delivered():
                goods |= own
        goods._refuse_suspended()

    def _is_delivered(self):
        """Whether one line takes goods to the customer, or away in his name."""
        if self.location_dest_id._is_outgoing():
            return True
        if self.location_id._is_outgoing():
            return False  # it comes back
        picking = self.move_id.picking_id or self.picking_id
        return picking.picking_type_code == "outgoing"

    def _get_suspended(self):
        """Return the suspended order lines that one line is about. What belongs to no
        line of an order waits with any of it."""
        if line := self.move_id.sale_line_id:
            return line.filtered("is_suspended")
        picking = self.move_id.picking_id or self.picking_id
        order = self.move_id.till_order_id or picking.sale_id
        if not order.suspension_state:
            return self.env["sale.order.line"]
        return order.order_line.filtered("is_suspended")
