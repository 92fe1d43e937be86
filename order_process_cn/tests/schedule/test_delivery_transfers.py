from datetime import date

from odoo import Command
from odoo.tests import tagged

from .schedule_common import FIRST, SECOND, THIRD, ScheduleCommon


@tagged("post_install", "-at_install")
class TestDeliveryTransfers(ScheduleCommon):
    """[INT-9] transfers follow the schedule."""

    def setUp(self):
        super().setUp()
        self._plain()

    def _get_transfers(self, order):
        """Return ``{day: quantity}`` of the open transfers of an order."""
        found = []
        for picking in order.sudo().picking_ids:
            if picking.state not in {"done", "cancel"}:
                days = {
                    self.company._calendar_day(move.date_deadline)
                    for move in picking.move_ids
                }
                found.append(
                    (sorted(days), sum(picking.move_ids.mapped("product_uom_qty")))
                )
        return sorted(found)

    def test_moves_have_the_days_of_the_parts(self):
        order = self._scheduled()
        order.action_confirm()
        self.assertEqual(self._get_moves(order), [(3, FIRST), (7, SECOND)])
        self.assertEqual(len(order.sudo().picking_ids), 1)
        days = {
            self.company._calendar_day(move.date)
            for move in order.sudo().picking_ids.move_ids
        }
        self.assertEqual(days, {FIRST, SECOND})

    def test_one_transfer_per_date(self):
        self.order_type.has_transfer_per_date = True
        order = self._scheduled(lines=2)
        order.sudo().order_type_id = self.order_type
        self._parts(order.order_line[1], (4, SECOND), (6, THIRD))
        order.action_confirm()
        self.assertEqual(
            self._get_transfers(order),
            [([FIRST], 3), ([SECOND], 11), ([THIRD], 6)],
        )

    def test_a_promise_that_moves_takes_its_goods_along(self):
        self.order_type.has_transfer_per_date = True
        order = self._scheduled(lines=2)
        order.sudo().order_type_id = self.order_type
        self._parts(order.order_line[1], (10, FIRST))
        order.action_confirm()
        self.assertEqual(self._get_transfers(order), [([FIRST], 13), ([SECOND], 7)])
        part = order.order_line[1].delivery_part_ids.with_user(self.salesman)
        part.promised_date = SECOND
        self.assertEqual(self._get_transfers(order), [([FIRST], 3), ([SECOND], 17)])
        part.promised_date = THIRD
        self.assertEqual(
            self._get_transfers(order),
            [([FIRST], 3), ([SECOND], 7), ([THIRD], 10)],
        )
        self.assertEqual(
            sum(order.sudo().order_line.move_ids.mapped("product_uom_qty")), 20
        )

    def test_the_date_of_the_order_moves_no_part(self):
        order = self._scheduled()
        order.action_confirm()
        order.with_user(self.salesman).commitment_date = "2031-01-31 08:00:00"
        self.assertEqual(self._get_moves(order), [(3, FIRST), (7, SECOND)])

    def test_more_and_less(self):
        order = self._scheduled()
        order.action_confirm()
        order.order_line.product_uom_qty = 12
        # no part speaks of them: the date of the order
        self.assertEqual(self._get_moves(order), [(2, FIRST), (3, FIRST), (7, SECOND)])
        order.order_line.product_uom_qty = 8
        self.assertEqual(sum(n for n, _day in self._get_moves(order)), 8)
        order = self._scheduled()
        order.action_confirm()
        order.order_line.product_uom_qty = 6
        self.assertEqual(self._get_moves(order), [(3, FIRST), (3, SECOND)])

    def test_more_by_parts(self):
        order = self._scheduled()
        order.action_confirm()
        parts = order.order_line.delivery_part_ids.with_user(self.salesman)
        parts[1].quantity = 9
        order.order_line.with_user(self.salesman).product_uom_qty = 12
        self.assertEqual(self._get_moves(order), [(3, FIRST), (9, SECOND)])

    def test_shipped_in_turn(self):
        order = self._scheduled()
        order.action_confirm()
        self._ship(order, 3)
        parts = order.order_line.delivery_part_ids
        self.assertEqual(parts.mapped("shipped_qty"), [3, 0])
        self.assertEqual(self._get_moves(order), [(7, SECOND)])

    def test_in_dozens(self):
        """The unit of the line is not that of the product."""
        dozen = self.env.ref("uom.product_uom_dozen")
        order = self._order(quantity=2)
        order.order_line.product_uom_id = dozen
        self._parts(order.order_line, (0.5, FIRST), (1.5, SECOND))
        order.action_confirm()
        pieces = sorted(
            (move.product_qty, self.company._calendar_day(move.date_deadline))
            for move in order.sudo().order_line.move_ids
        )
        self.assertEqual(pieces, [(6, FIRST), (18, SECOND)])

    def test_without_a_schedule_as_ever(self):
        self.order_type.has_transfer_per_date = True
        order = self._order(quantity=10, commitment_date="2030-06-01 08:00:00")
        order.sudo().order_type_id = self.order_type
        order.action_confirm()
        self.assertEqual(self._get_moves(order), [(10, date(2030, 6, 1))])
        self.assertFalse(order.sudo().order_line.move_ids.delivery_part_id)

    def test_launched_before_there_was_a_schedule(self):
        order = self._order(quantity=10)
        order.action_confirm()
        self._parts(order.order_line, (3, FIRST), (9, SECOND))
        order.order_line.with_user(self.salesman).product_uom_qty = 12
        self.assertEqual(self._get_moves(order), [(3, FIRST), (9, SECOND)])

    def test_shares_that_change(self):
        """Other quantities of the same line: the same goods for other days."""
        self.order_type.has_transfer_per_date = True
        order = self._scheduled(lines=2)
        order.sudo().order_type_id = self.order_type
        self._parts(order.order_line[1], (10, FIRST))
        order.action_confirm()
        line = order.order_line[0].with_user(self.salesman)
        parts = line.delivery_part_ids
        line.write(
            {
                "delivery_part_ids": [
                    Command.update(parts[0].id, {"quantity": 5}),
                    Command.update(parts[1].id, {"quantity": 5}),
                ]
            }
        )
        self.assertEqual(self._get_transfers(order), [([FIRST], 15), ([SECOND], 5)])
        parts[1].unlink()
        parts[0].quantity = 10
        self.assertEqual(self._get_transfers(order), [([FIRST], 5), ([FIRST], 15)])
        parts[0].quantity = 6
        self._parts(line, (4, THIRD))
        found = self._get_transfers(order)
        self.assertEqual(sum(n for days, n in found if days == [THIRD]), 4)
        self.assertEqual(sum(n for days, n in found if days == [FIRST]), 16)

    def test_what_is_shipped_stays(self):
        order = self._scheduled()
        order.action_confirm()
        self._ship(order, 3)
        line = order.order_line.with_user(self.salesman)
        line.write(
            {
                "delivery_part_ids": [
                    Command.update(line.delivery_part_ids[1].id, {"quantity": 5}),
                    Command.create({"quantity": 2, "promised_date": THIRD}),
                ]
            }
        )
        self.assertEqual(self._get_moves(order), [(5, SECOND), (2, THIRD)])
        self.assertEqual(line.qty_delivered, 3)

    def test_in_two_steps(self):
        """Picked and shipped: each step has a transfer for each day."""
        self.warehouse.delivery_steps = "pick_ship"
        self.order_type.has_transfer_per_date = True
        order = self._scheduled()
        order.sudo().order_type_id = self.order_type
        order.action_confirm()
        self.assertEqual(self._get_transfers(order), [([FIRST], 3), ([SECOND], 7)])
        for picking in order.sudo().picking_ids:
            picking.action_assign()
            picking.move_ids.picked = True
            picking.button_validate()
        self.assertEqual(self._get_transfers(order), [([FIRST], 3), ([SECOND], 7)])
        last = order.sudo().picking_ids.filtered(lambda p: p.state != "done")
        self.assertEqual(last.move_ids.location_dest_id.usage, "customer")

    def test_entered_with_the_order(self):
        """As an import does it."""
        line = {
            "product_id": self.product.id,
            "product_uom_qty": 10,
            "delivery_part_ids": [
                Command.create({"quantity": n, "promised_date": day})
                for n, day in ((3, FIRST), (7, SECOND))
            ],
        }
        order = self._order(order_line=[Command.create(line)])
        self.assertEqual(self.company._calendar_day(order.commitment_date), FIRST)
        order.action_confirm()
        self.assertEqual(self._get_moves(order), [(3, FIRST), (7, SECOND)])
