from collections import defaultdict
from typing import NamedTuple

from odoo import models

from ..shipping.order_goods import is_any_shipping_guarded
from ..shipping.release_states import LETS_LEAVE


class Goods(NamedTuple):
    """What one delivery takes to the customer of one product of an order line; of a
    kit its components, for they are what the receiver counts. In ``unit``."""

    line: models.Model
    product: models.Model
    unit: models.Model
    ordered: float
    sent: float
    owed: float


class StockPicking(models.Model):
    """What a delivery takes to the customer, and what of the order is still owed to
    him. [SHP-3]"""

    _inherit = "stock.picking"

    def _is_delivery(self):
        """Whether one transfer takes goods of an order to its customer."""
        self.ensure_one()
        return bool(self.sale_id) and self.picking_type_code in {
            "outgoing",
            "dropship",
        }

    def _get_sent(self):
        """Return ``{(line, product): quantity}`` of what one delivery takes along, in
        the units of the products; before anything is reserved what is asked of it."""
        moves = self.move_ids.filtered(
            lambda move: move.state != "cancel" and move.location_dest_id._is_outgoing()
        )
        real = self.state == "done" or any(moves.mapped("quantity"))
        sent = defaultdict(float)
        for move in moves:
            quantity = move.quantity if real else move.product_uom_qty
            sent[move.sale_line_id, move.product_id] += (
                move.product_uom._compute_quantity(quantity, move.product_id.uom_id)
            )
        return {
            key: quantity
            for key, quantity in sent.items()
            if key[1].uom_id.compare(quantity, 0) > 0
        }

    def _count_gone_before(self):
        """Return ``{(line, product): quantity}`` of what the customer has of its order
        without one delivery: what came back taken off, and, of a delivery that has
        left, as it was then."""
        gone = defaultdict(float)
        for move in self.sale_id.order_line.move_ids:
            if move.state != "done" or move.picking_id == self:
                continue
            if self.state == "done" and move.date > self.date_done:
                continue
            away = move.location_dest_id._is_outgoing()
            if away == move.location_id._is_outgoing():
                continue
            gone[move.sale_line_id, move.product_id] += (1 if away else -1) * (
                move.product_uom._compute_quantity(
                    move.quantity, move.product_id.uom_id
                )
            )
        return gone

    def _list_goods(self):
        """Return the :class:`Goods` of one delivery, in the order of the order."""
        self.ensure_one()
        sent, before = self._get_sent(), self._count_gone_before()
        ordered = self.sale_id.order_line._get_shippable()
        goods = []
        for (line, product), quantity in sent.items():
            total = ordered.get((line, product), 0.0)
            owed = max(total - before[line, product] - quantity, 0.0)
            own = line and product == line.product_id
            unit = line.product_uom_id if own else product.uom_id
            counts = [
                product.uom_id._compute_quantity(count, unit)
                for count in (total, quantity, owed)
            ]
            goods.append(Goods(line, product, unit, *counts))
        return sorted(
            goods, key=lambda g: (not g.line, g.line.sequence, g.line.id, g.product.id)
        )

    def _is_let_go(self):
        """Whether what one delivery takes along has left, or may leave as far as it was
        released. Only for paper: what keeps goods here is asked of their lines."""
        order = self.sale_id
        if self.state == "done" or not is_any_shipping_guarded(order):
            return True
        let_go, gone = defaultdict(float), defaultdict(float)
        for release in order.shipping_release_ids:
            if release.state in LETS_LEAVE and not release._is_expired():
                for part in release.line_ids:
                    let_go[part.product_id] += part.product_qty
        for counted in (self._count_gone_before(), self._get_sent()):
            for (_line, product), quantity in counted.items():
                gone[product] += quantity
        return not any(
            product._is_too_much(order, gone[product], let_go[product])
            for _line, product in self._get_sent()
        )
