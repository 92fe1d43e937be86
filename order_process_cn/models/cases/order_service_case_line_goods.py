from odoo import models

from ..inspection.order_inspection_point import RETURNED


class OrderServiceCaseLine(models.Model):
    """The goods of one line of a case: what may be collected, and what was found."""

    _inherit = "order.service.case.line"

    def _get_kept(self):
        """Return ``[(move, quantity)]``: what of the goods of one line the customer
        still has of each delivery, the first first, in the product's unit; less what is
        on its way back."""
        kept = []
        moves = self.order_line_id.move_ids.filtered(
            lambda m: (
                m.state == "done"
                and m.product_id == self.product_id
                and m.picking_id
                and m.location_dest_id._is_outgoing()
                and not m.location_id._is_outgoing()
            )
        )
        for move in moves.sorted(lambda m: (m.date, m.id)):
            back = sum(
                other.product_uom._compute_quantity(
                    other.quantity if other.state == "done" else other.product_uom_qty,
                    move.product_uom,
                )
                for other in move.returned_move_ids
                if other.state != "cancel"
            )
            quantity = move.product_uom._compute_quantity(
                move.quantity - back, self.product_uom_id, rounding_method="HALF-UP"
            )
            kept.append((move, quantity))
        return kept

    def _is_brought_back_by(self, move):
        """Whether ``move`` returns what was delivered for the order line of one."""
        origin = move.origin_returned_move_id
        return (
            origin.sale_line_id == self.order_line_id
            and origin.product_id == self.product_id
        )

    def _prepare_inspection(self, lot, quantity):
        """Return the values of the inspection of some goods of one line."""
        case, product = self.case_id, self.product_id
        points = self.env["order.inspection.point"]
        partner = case.partner_id.commercial_partner_id
        point = next(
            (
                point
                for point in points.browse()._get_points(RETURNED)
                if point.is_for(product, case.company_id.id, partner.id)
            ),
            None,
        )
        found = points.browse(point and point.id or ())
        return {
            "kind": RETURNED,
            "point_id": found.id,
            "company_id": case.company_id.id,
            "product_id": product.id,
            "picking_id": self.move_ids.picking_id.sorted("id")[-1:].id,
            "order_id": case.order_id.id,
            "case_line_id": self.id,
            "origin": case.display_name,
            "partner_name": partner.name,
            "user_id": found.user_id.id,
            "lot_name": lot,
            "quantity": quantity,
            "line_ids": found._prepare_lines(),
        }

    def _is_inspected(self):
        """Whether all that came back with one line was looked at, and concessions
        agreed to."""
        counting = self.inspection_ids.filtered(lambda i: i._counts())
        decided = counting.filtered(lambda i: i._is_decided())
        return counting == decided and (
            self.product_uom_id.compare(
                sum(decided.mapped("quantity")), self.received_qty
            )
            >= 0
        )
