from collections import defaultdict
from typing import NamedTuple

from odoo import models

from .guard import filtered_on_case


class Returnable(NamedTuple):
    """What of one product of an order line has left and come back, ever, in the unit
    of the product."""

    delivered: float = 0.0
    returned: float = 0.0


class SaleOrderLine(models.Model):
    """What of an order line may come back, and what is sent in place of it (AFS-1)."""

    _inherit = "sale.order.line"

    def _get_returnable(self):
        """Return ``{(line, product): Returnable}``, of kits their components."""
        counts = defaultdict(lambda: [0.0, 0.0])
        for move in self.move_ids.filtered(lambda move: move.state == "done"):
            away = move.location_dest_id._is_outgoing()
            if away == move.location_id._is_outgoing():
                continue
            quantity = move.product_uom._compute_quantity(
                move.quantity, move.product_id.uom_id, rounding_method="HALF-UP"
            )
            counts[move.sale_line_id, move.product_id][0 if away else 1] += quantity
        found = {key: Returnable(*count) for key, count in counts.items()}
        return defaultdict(Returnable, found)

    def _get_came_on_case(self):
        """Return ``{(line, product): quantity}`` of what came back on cases."""
        came = defaultdict(float)
        for move in self.move_ids.filtered("service_case_line_id"):
            if move.state == "done":
                came[move.sale_line_id, move.product_id] += (
                    move.product_uom._compute_quantity(
                        move.quantity, move.product_id.uom_id, rounding_method="HALF-UP"
                    )
                )
        return came

    def _get_taken_for_shipping(self, **options):
        """What came back on a case may be asked for once more: what is sent in its
        place has a release of its own. See ``stock.move.line._count_shipped``."""
        taken = super()._get_taken_for_shipping(**options)
        nobody = self.env["order.shipping.release"]
        lines = self.filtered(lambda li: li.order_id in filtered_on_case(self.order_id))
        for key, quantity in lines._get_came_on_case().items():
            taken[key][nobody] = -quantity
        return taken
