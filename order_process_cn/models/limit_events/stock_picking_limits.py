from odoo import models


class StockPicking(models.Model):
    """What a transfer means for the time limits of its sales order (SLA-1)."""

    _inherit = "stock.picking"

    def _emit_shipped(self):
        """Goods have left for the customer with these transfers."""
        leaving = self.filtered(lambda p: p.picking_type_code == "outgoing")
        leaving.sale_id._emit("shipped")
