from odoo import models

from .families import get_stock_ids
from .order_inspection_point import FINAL, INCOMING


class StockMove(models.Model):
    """Goods that have arrived and are not in stock yet (MFG-7)."""

    _inherit = "stock.move"

    def _request_inspection_of_arrived(self):
        """Ask for the inspection of goods that came in and wait outside of stock: in
        the room of incoming goods, behind production. No point in force: no query."""
        if not self.env["order.inspection.point"]._get_guarding(INCOMING, FINAL):
            return
        # whoever moves goods need not see inspections
        lines = self.sudo().move_line_ids._filtered_inspected()
        lines = lines.filtered(lambda line: line.move_id._is_arrival())
        if lines:
            inside = set(get_stock_ids(lines.env))
            lines = lines.filtered(
                lambda line: (
                    line.location_dest_id.usage == "internal"
                    and line.location_dest_id.id not in inside
                )
            )
        quantities = {
            move: own._get_lots() for move, own in lines.grouped("move_id").items()
        }
        if quantities:
            # nobody may create one; what arrives asks for it
            self.env["order.inspection"].sudo()._request(quantities)

    def _is_arrival(self):
        """Whether the goods of one done move came from a vendor or production."""
        if self.state != "done":
            return False
        if self.production_id:
            return self.production_id.bom_id.type != "subcontract"
        return self.location_id.usage == "supplier" or self.is_subcontract

    def _is_taken_apart(self):
        """Whether one move brings back what goods were made of."""
        return bool(self.unbuild_id)
