from odoo import models

from .case_states import EXCHANGE, RETURN
from .guard import filtered_on_case


class StockReturnPicking(models.TransientModel):
    """The question of Odoo what comes back: of orders whose goods come back on a case
    it opens one (AFS-1)."""

    _inherit = "stock.return.picking"

    def action_create_returns(self):
        return self._lead_to_case(RETURN) or super().action_create_returns()

    def action_create_exchanges(self):
        # core would send the other goods before anything is back
        return self._lead_to_case(EXCHANGE) or super().action_create_exchanges()

    def _lead_to_case(self, kind):
        """Open a case of what was entered here; ``False``: core goes on."""
        self.ensure_one()
        picking = self.picking_id.sudo()  # whoever moves goods need not see orders
        if not filtered_on_case(picking.sale_id) or not picking._is_delivery():
            return False
        picking.sudo(False).check_access("write")
        quantities = {}
        for line in self.product_return_moves.filtered("move_id"):
            move = line.move_id.sudo()  # of the transfer that was checked
            if move.picking_id != picking:
                continue
            key = (move.sale_line_id, move.product_id)
            quantities[key] = quantities.get(key, 0.0) + (
                line.uom_id._compute_quantity(line.quantity, move.product_id.uom_id)
            )
        cases = self.env["order.service.case"].sudo()  # opened for whoever sells
        case = cases._open_for(picking.sale_id, kind, quantities)
        case._tell_of_new()
        return case._open()

    def _prepare_picking_default_values_based_on(self, picking):
        values = super()._prepare_picking_default_values_based_on(picking)
        # whoever moves goods need not see orders, nor set up places
        transfer = picking.sudo()
        if self._comes_back(transfer):
            place = transfer.company_id._get_return_location()
            values["location_dest_id"] = place.id
        return values

    def _comes_back(self, picking):
        """Whether what is returned of one transfer comes from the customer, on a
        case."""
        # what the engine returns belongs to a case, of whatever order
        own = bool(self.env.su and self.product_return_moves.service_case_line_id)
        guarded = own or bool(filtered_on_case(picking.sale_id))
        return guarded and picking._is_delivery()
