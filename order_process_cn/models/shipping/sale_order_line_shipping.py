from collections import defaultdict

from odoo import models

from .release_states import TAKEN


class SaleOrderLine(models.Model):
    """What leaves for an order line, in the units of the products that leave."""

    _inherit = "sale.order.line"

    def _refuse_leaving_order(self, vals):
        """What has left stays with its order, and so do the lines by which it is
        counted."""
        super()._refuse_leaving_order(vals)
        if "order_id" in vals:
            leaving = self.filtered(lambda line: line.order_id.id != vals["order_id"])
            # whoever enters orders need not see transfers
            counted = leaving.sudo().move_ids._find_counted({"sale_line_id": False})
            for move, order in counted.items():
                move._raise_stays(move.product_id, order)

    def _get_shippable(self):
        """Return ``{(line, product): quantity}``: what was ordered, of kits their
        components."""
        goods = self.filtered(lambda line: line.product_id.type == "consu")
        shippable = {}
        for company, lines in goods.grouped("company_id").items():
            kits = self.env["mrp.bom"]._bom_find(
                lines.product_id, company_id=company.id, bom_type="phantom"
            )
            for line in lines:
                quantities = line._explode(kits[line.product_id])
                shippable |= {(line, p): qty for p, qty in quantities.items()}
        return shippable

    def _explode(self, kit):
        """Return ``{product: quantity}`` of one line, of the parts of ``kit``."""
        product = self.product_id
        if not kit:
            unit = self.product_uom_id
            return {
                product: unit._compute_quantity(self.product_uom_qty, product.uom_id)
            }
        count = self.product_uom_id._compute_quantity(
            self.product_uom_qty, kit.product_uom_id, round=False
        )
        parts = defaultdict(float)
        for part, values in kit.explode(product, count / kit.product_qty)[1]:
            if part.product_id.type == "consu":
                parts[part.product_id] += part.product_uom_id._compute_quantity(
                    values["qty"], part.product_id.uom_id
                )
        return parts

    def _get_taken_for_shipping(self, states=TAKEN):
        """Return ``{(line, product): {release: quantity}}``: what of these lines is on
        a request or release already."""
        taken = defaultdict(dict)
        groups = self.env["order.shipping.line"]._read_group(
            [
                ("order_line_id", "in", self.ids),
                ("release_id.state", "in", list(states)),
            ],
            ["order_line_id", "product_id", "release_id"],
            ["product_qty:sum"],
        )
        for line, product, release, quantity in groups:
            taken[line, product][release] = quantity
        return taken

    def _get_ready_to_ship(self):
        """Return ``{(line, product): quantity}``: what is reserved and leaves next."""
        ready = defaultdict(float)
        for move in self.move_ids:
            if (
                move.state in {"assigned", "partially_available"}
                and move.location_dest_id._is_outgoing()
            ):
                ready[move.sale_line_id, move.product_id] += (
                    move.product_uom._compute_quantity(
                        move.quantity, move.product_id.uom_id
                    )
                )
        return ready
