from odoo import models


class SaleOrderLine(models.Model):
    """How much of a kit was launched, whatever production it was launched with."""

    _inherit = "sale.order.line"

    def _get_kit_filters(self, filters):
        """Return core's ``filters`` of the moves of a kit without those of production,
        which core takes for the ones that all began with."""
        moves = self.move_ids.filtered(lambda move: not move.production_id)
        rules = [
            rule
            for own in moves.grouped("bom_line_id").values()
            for rule in own._get_first_rules()
        ]
        return {
            **filters,
            "incoming_moves": lambda move: (
                move.state != "cancel"
                and move.location_dest_usage != "inventory"
                and not move.production_id
                and move._is_launched_out(rules)
            ),
        }
