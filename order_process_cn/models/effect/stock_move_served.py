from odoo import api, models


class StockMove(models.Model):
    """[CFM-3] goods go out for orders that may be served only, by whatever link."""

    _inherit = "stock.move"

    @api.constrains(
        "sale_line_id",
        "reference_ids",
        "state",
        "location_dest_id",
        "location_final_id",
    )
    def _check_order_is_served(self):
        leaving = self.filtered(
            lambda move: (
                move.state != "cancel"
                and (move.sale_line_id or move.reference_ids)
                and (move.location_final_id or move.location_dest_id)._is_outgoing()
            )
        )
        linked = leaving.filtered("sale_line_id")
        orders = linked.sale_line_id.order_id
        orders |= (leaving - linked).reference_ids.sale_ids
        orders._refuse_serving()
