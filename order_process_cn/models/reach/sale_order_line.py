from odoo import models

from ..effect.growth import filtered_growth_guarded


class SaleOrderLine(models.Model):
    """How much was launched: of a kit whatever production it was launched with, and in
    another unit to the piece."""

    _inherit = "sale.order.line"

    def _count_launched(self, counted):
        """Return how much of one line was launched, in its unit.

        :param counted: the same as core counts it, which rounds what each move is of
            another unit: five pieces are 0.42 dozens, and of four dozens 47.96 pieces
            would be launched
        """
        unit = self.product_uom_id
        # an order outside every procedure is launched as core does it
        is_core_right = unit == self.product_id.uom_id or not self.move_ids
        if is_core_right or not filtered_growth_guarded(self.order_id):
            return counted
        if kit := self._find_launched_kit():
            count = self._count_kits(kit)
            return kit.product_uom_id._compute_quantity(count, unit, round=False)
        outgoing, incoming = self._get_outgoing_incoming_moves(strict=False)
        return sum(_count_exactly(move, unit) for move in outgoing) - sum(
            _count_exactly(move, unit) for move in incoming
        )

    def _find_launched_kit(self):
        """Return the bill of one line of a kit of which something was launched."""
        kits = self.env["mrp.bom"].sudo()  # whether it is one, not of what
        if not self.sudo().move_ids.bom_line_id:
            return kits
        product = self.product_id
        return kits._bom_find(
            product, bom_type="phantom", company_id=self.company_id.id
        )[product]

    def _count_kits(self, kit):
        """Return how many whole kits were launched, in the unit of its bill."""
        moves = self.move_ids.filtered(
            lambda move: (
                move.state != "cancel" and move.location_dest_usage != "inventory"
            )
        )
        # core counts by any quantity but none
        ordered = self.product_uom_id._compute_quantity(
            self.product_uom_qty or 1.0, kit.product_uom_id, round=False
        )
        return moves._compute_kit_quantities(
            self.product_id, ordered, kit, self._get_incoming_outgoing_moves_filter()
        )

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


def _count_exactly(move, unit):
    """Return what one move has moved or is to move, in ``unit`` and not rounded."""
    quantity = move.quantity if move.state == "done" else move.product_uom_qty
    return move.product_uom._compute_quantity(quantity, unit, round=False)
