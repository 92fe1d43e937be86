from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .reallocation_common import ReallocationCommon


@tagged("post_install", "-at_install")
class TestReallocationGoods(ReallocationCommon):
    """[ALC-3] lots, packages, units, shelves."""

    def _lots(self, product, *names):
        return self.env["stock.lot"].create(
            [{"name": name, "product_id": product.id} for name in names]
        )

    def test_lots_and_packages(self):
        """What was reserved last is given first; its lot and package go along."""
        valve = self._product("Valve", tracking="lot")
        old, new = self._lots(valve, "OLD", "NEW")
        package = self.env["stock.package"].create({"name": "PALLET"})
        self._receive(valve, 4, lot_id=old)
        self._receive(valve, 4, lot_id=new, package_id=package)
        victim = self._sell(8, product=valve)
        lines = victim.picking_ids.move_line_ids
        self.assertEqual((lines.lot_id, lines.package_id), (old | new, package))
        last = lines.sorted("id")[-1]
        taker = self._sell_urgently(3, product=valve)
        document = self._take(taker, **{victim.name: 3})
        self.assertEqual(document.line_ids.lots, "OLD, NEW, PALLET")
        taken = taker.picking_ids.move_line_ids
        self.assertEqual(
            (taken.lot_id, taken.package_id, taken.quantity),
            (last.lot_id, last.package_id, 3),
        )
        self.assertEqual(self._held(victim), [5])
        self._assert_quants_right(valve)

    def test_serial_numbers(self):
        """Serial numbers are taken whole."""
        motor = self._product("Motor", tracking="serial")
        for lot in self._lots(motor, "S1", "S2", "S3"):
            self._receive(motor, 1, lot_id=lot)
        victim = self._sell(3, product=motor)
        taker = self._sell_urgently(2, product=motor)
        document = self._open(taker)
        self._choose(document, **{victim.name: 1.5})
        with self.assertRaisesRegex(UserError, "cannot be reserved"):
            self._rpc(self.leader, document, "action_review_submit")
        self._take(taker, **{victim.name: 2})
        self.assertEqual(len(taker.picking_ids.move_line_ids.lot_id), 2)
        self.assertEqual(len(victim.picking_ids.move_line_ids.lot_id), 1)
        self._assert_quants_right(motor)

    def test_shelves(self):
        """Stock on a shelf below the location of the taker counts; elsewhere not."""
        shelf, yard = self.env["stock.location"].create(
            [
                {"name": "Shelf", "location_id": self.stock.id},
                {"name": "Yard", "location_id": self.stock.location_id.id},
            ]
        )
        valve = self._product("Valve")
        self._receive(valve, 3, location=shelf)
        victim = self._sell(3, product=valve)
        self.assertEqual(victim.picking_ids.move_line_ids.location_id, shelf)
        self._receive(valve, 5, location=yard)
        transfer = self.env["stock.move"].create(
            {
                "product_id": valve.id,
                "product_uom_qty": 5,
                "location_id": yard.id,
                "location_dest_id": self.stock.id,
                "picking_type_id": self.warehouse.int_type_id.id,
            }
        )
        transfer._action_confirm()
        transfer._action_assign()
        self.assertEqual(transfer.state, "assigned")
        taker = self._sell_urgently(5, product=valve)
        document = self._take(taker, **{victim.name: 2})
        self.assertEqual(document.line_ids.order_id, victim)
        self.assertEqual(taker.picking_ids.move_line_ids.location_id, shelf)
        self.assertEqual(self._held(taker, victim), [2, 1])

    def test_units(self):
        """Quantities are in the unit of the product, exact also out of a dozen."""
        # transfers count as the order does
        self.env["ir.config_parameter"].set_param("stock.propagate_uom", "1")
        dozen = self.env.ref("uom.product_uom_dozen")
        bolt = self._product("Bolt")
        self._receive(bolt, 24)
        victim = self._sell(2, product=bolt, unit=dozen)
        self.assertEqual(victim.picking_ids.move_ids.product_uom, dozen)
        taker = self._sell_urgently(7, product=bolt)
        document = self._open(taker)
        self.assertEqual(document.line_ids.reserved_qty, 24)
        self.assertEqual(document.line_ids.quantity, 7)
        self._approve_taking(document)
        self._execute(document)
        self.assertEqual(self._held(taker, victim), [7, 17])
        self._assert_quants_right(bolt)
        # who counts in dozens gets what can be counted in dozens, or is refused
        other = self._sell_urgently(1, product=bolt, unit=dozen)
        document = self._open(other)
        self._choose(document, **{victim.name: 5})
        with self.assertRaisesRegex(UserError, "counts in Dozens"):
            self._rpc(self.leader, document, "action_review_submit")
        self._take(other, **{victim.name: 12})
        self.assertEqual(self._held(other, victim), [12, 5])
        self._assert_quants_right(bolt)

    def test_two_lines_of_one_product(self):
        """What is taken is spread over the lines of the order, the first due first."""
        taker = self._order(
            is_urgent=True,
            urgent_reason="x",
            order_line=[
                Command.create({"product_id": self.pump.id, "product_uom_qty": 2}),
                Command.create({"product_id": self.pump.id, "product_uom_qty": 3}),
            ],
        )
        taker.action_confirm()
        taker = taker.sudo()
        self._take(taker, **{self.first.name: 4})
        moves = taker.picking_ids.move_ids.sorted("id")
        self.assertEqual(sum(moves.mapped("quantity")), 4)
        self.assertEqual(
            sorted(moves.mapped("state")),
            ["assigned", "partially_available"]
            if len(moves) == 2
            else ["partially_available"],
        )

    def test_packed_is_never_taken(self):
        self.first.picking_ids.move_line_ids.result_package_id = self.env[
            "stock.package"
        ].create({"name": "READY"})
        document = self._open(self._sell_urgently(5))
        self.assertEqual(document.line_ids.order_id, self.second)

    def test_transfer_without_an_order(self):
        """A transfer that nobody ordered gives way too; its owner is told."""
        valve = self._product("Valve")
        self._receive(valve, 3)
        keeper = self._user("keeper", "stock.group_stock_manager")
        picking = self.env["stock.picking"].create(
            {
                "picking_type_id": self.warehouse.out_type_id.id,
                "location_id": self.stock.id,
                "location_dest_id": self.partner.property_stock_customer.id,
                "user_id": keeper.id,
                "move_ids": [
                    Command.create(
                        {
                            "product_id": valve.id,
                            "product_uom_qty": 3,
                            "location_id": self.stock.id,
                            "location_dest_id": self.partner.property_stock_customer.id,
                        }
                    )
                ],
            }
        )
        picking.action_confirm()
        picking.action_assign()
        taker = self._sell_urgently(2, product=valve)
        document = self._open(taker, user=keeper)
        line = document.line_ids
        self.assertEqual(
            (line.holder, line.user_id, line.quantity), (picking.name, keeper, 2)
        )
        self._approve_taking(document)
        self._execute(document)
        self.assertEqual(self._held(taker), [2])
        self.assertEqual(picking.activity_ids.user_id, keeper)
        self.assertIn("takes reserved stock", picking.message_ids[:1].body)

    def test_rest_of_the_victims(self):
        """The others get what else is there at once."""
        document = self._open(self._sell_urgently(5))
        self._choose(document, **{self.first.name: 3, self.second.name: 2})
        self._approve_taking(document)
        self._receive(self.pump, 4)
        self._execute(document)
        self.assertEqual(
            sum(self._held(document.order_id, self.first, self.second)), 14
        )
        self.assertEqual(self._held(document.order_id), [5])
