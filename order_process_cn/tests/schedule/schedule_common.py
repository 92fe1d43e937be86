from datetime import date

from odoo import Command

from ..common import OrderCommon
from ..set_up_once import set_up_once

FIRST, SECOND, THIRD = date(2030, 12, 1), date(2030, 12, 15), date(2030, 12, 20)


class ScheduleCommon(OrderCommon):
    """Orders of ten pieces that are delivered in parts."""

    @classmethod
    @set_up_once
    def setUpClass(cls):
        super().setUpClass()
        cls.stocker = cls._user("stocker", "stock.group_stock_user")
        cls.warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.company.id)], limit=1
        )
        cls.product.is_storable = True
        cls.env["stock.quant"]._update_available_quantity(
            cls.product, cls.warehouse.lot_stock_id, 100
        )

    def _parts(self, line, *parts):
        """Enter parts ``(quantity, promised day)`` as the assistant does."""
        line.with_user(self.salesman).write(
            {
                "delivery_part_ids": [
                    Command.create(
                        {"quantity": quantity, "wanted_date": day, "promised_date": day}
                    )
                    for quantity, day in parts
                ]
            }
        )
        return line.sudo().delivery_part_ids

    def _scheduled(self, *parts, quantity=10, **values):
        """Return an order with a schedule: three and seven, unless told otherwise."""
        order = self._order(quantity=quantity, **values)
        self._parts(order.order_line[0], *(parts or ((3, FIRST), (7, SECOND))))
        return order

    def _plain(self):
        """Orders of the test type are not reviewed."""
        self.route.active = False

    def _get_moves(self, order):
        """Return ``[(quantity, day)]`` of what is on its way."""
        moves = order.sudo().order_line.move_ids.filtered(
            lambda move: move.state not in {"done", "cancel"}
        )
        found = [
            (move.product_uom_qty, self.company._calendar_day(move.date_deadline))
            for move in moves
        ]
        return sorted(found, key=lambda row: (row[1], row[0]))

    def _ship(self, order, quantity):
        """Have the warehouse ship ``quantity`` of the earliest open transfer."""
        pickings = order.sudo().picking_ids.filtered(
            lambda p: p.state not in {"done", "cancel"}
        )
        picking = pickings.sorted("date_deadline")[:1].with_user(self.stocker)
        left = quantity
        for move in picking.move_ids.sorted("date_deadline"):
            taken = min(left, move.product_uom_qty)
            left -= taken
            move.write({"quantity": taken, "picked": bool(taken)})
        picking.with_context(skip_backorder=True).button_validate()
        self.env.flush_all()
        return picking.sudo()
