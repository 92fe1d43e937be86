from odoo import api, models


class StockMove(models.Model):
    """What an urgent order asks for comes first (URG-4)."""

    _inherit = "stock.move"

    @api.depends("reference_ids.sale_ids.is_urgent")
    def _compute_priority(self):
        super()._compute_priority()
        for move in self.filtered(lambda m: m.state not in {"done", "cancel"}):
            # superuser: stock users need not see the sales order
            if any(move.sudo().reference_ids.sale_ids.mapped("is_urgent")):
                move.priority = "1"

    def _get_new_picking_values(self):
        values = super()._get_new_picking_values()
        if "1" in self.mapped("priority"):
            values["priority"] = "1"
        return values
