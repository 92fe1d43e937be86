from odoo import models


class StockPicking(models.Model):
    """The conductor of the transfer: see sale_order.py."""

    _name = "stock.picking"
    _inherit = ["stock.picking", "order.urgency.mixin"]

    # the transfer's own references are not stored
    _urgency_path = "move_ids.reference_ids.sale_ids"

    def _action_done(self):
        result = super()._action_done()
        # where the order stands follows from its deliveries
        orders = self.sudo().sale_id.filtered("progress")
        orders._mark_for_recheck("goods")
        self.sudo()._emit_shipped()  # as above
        return result
