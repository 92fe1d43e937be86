from odoo import Command
from odoo.tests import tagged

from ..set_up_once import set_up_once
from .shipping_common import ShippingCommon

SAID = "requests a shipping release"
STAYS = "stays with it"
FOLLOWS = "follow from"
SEEMS = "has to begin in our warehouse"
NO_ORDER = "without a sales order"


@tagged("post_install", "-at_install")
class TestShippingRoads(ShippingCommon):
    """[SHP-1] [SEC-1] roads round the count: what the gate asks of goods, orders and
    moves is written by the warehouse itself, by remote calls."""

    @classmethod
    @set_up_once
    def setUpClass(cls):
        super().setUpClass()
        place = cls.env["stock.location"]
        cls.loss = place.search(
            [("usage", "=", "inventory"), ("company_id", "=", cls.company.id)], limit=1
        )
        cls.shelf = place.create({"name": "Shelf", "location_id": cls.stock.id})

    def _make_scene(self):
        self.order = self._shipping_order()
        self.picking = self.order.picking_ids
        self.move = self.picking.move_ids

    def _write(self, records, **values):
        return self._rpc(self.stocker, records, "write", values)

    def _refuse(self, roads):
        """Try roads ``{name: (words, function)}``; each has to be refused."""
        for name, (words, road) in roads.items():
            with self.subTest(name):
                self.assertStays(road, words)

    def _free_order(self, quantity=5):
        """Return an order of a type whose goods leave as in plain Odoo."""
        order = self._order(quantity=quantity)
        order.action_confirm()
        order.picking_ids.action_assign()
        return order.sudo()

    def test_what_has_left_is_not_counted_otherwise(self):
        self._let_go(self.order)
        self._ship(self.order)
        free = self._free_order()
        self._ship(free)
        other, line = free.picking_ids, self.move.move_line_ids
        more = {
            "move_id": self.move.id,
            "picking_id": self.picking.id,
            "product_id": self.product.id,
            "quantity": 1,
            "state": "draft",
            "location_id": self.stock.id,
            "location_dest_id": self.customers.id,
        }
        loss = self.loss.id

        def write(records, **values):
            return lambda: self._write(records, **values)

        def write_both():
            self._write(self.move, location_dest_id=loss)
            self._write(line, location_dest_id=loss)

        self._refuse(
            {
                "state of the line": (FOLLOWS, write(line, state="draft")),
                "no more done": (STAYS, write(self.move, state="assigned")),
                "cancelled": (STAYS, write(self.move, state="cancel")),
                "quantity": (FOLLOWS, write(line, quantity_product_uom=0)),
                "transfer": (STAYS, write(self.move, picking_id=False, sale_line_id=0)),
                "order of the transfer": (STAYS, write(self.picking, sale_id=free.id)),
                "no order": (STAYS, write(self.picking, sale_id=False)),
                "another move": (STAYS, write(line, move_id=other.move_ids.id)),
                "from the customer": (
                    SEEMS,
                    write(line, location_id=self.customers.id),
                ),
                "lost": (SEEMS, write(line, location_dest_id=loss)),
                "both lost": (SEEMS, write_both),
                "one more that is no part": (
                    SAID,
                    lambda: self._rpc(
                        self.stocker, self.env["stock.move.line"], "create", [more]
                    ),
                ),
            }
        )

    def test_goods_that_only_seem_to_be_released(self):
        """The delivery of five, of which one was let go, or all."""
        line = self.picking.move_line_ids
        self._let_go(self.order, 1)

        def ship(records, **values):
            def road():
                self._write(records, **values)
                self._ship(self.order)

            return road

        free = self._free_order()
        dozen = self.env.ref("uom.product_uom_dozen").id
        inside = self.warehouse.int_type_id.id
        self._refuse(
            {
                "counts one": (FOLLOWS, ship(line, quantity_product_uom=1)),
                "a dozen": (SAID, ship(line, product_uom_id=dozen, quantity=1)),
                "type": (SEEMS, ship(self.picking, picking_type_id=inside)),
                "receiver": (SAID, ship(self.picking, partner_id=free.partner_id.id)),
                "packed": (SAID, lambda: self._pack_and_ship()),
                "line of another transfer": (
                    SAID,
                    ship(line, picking_id=free.picking_ids.id),
                ),
            }
        )
        self._let_go(self.order)

        self._refuse(
            {
                "from the customer": (SEEMS, ship(line, location_id=self.customers.id)),
                "lost": (SEEMS, ship(line, location_dest_id=self.loss.id)),
                "moved inside": (
                    SEEMS,
                    lambda: (
                        self._write(self.picking, picking_type_id=inside),
                        self._write(self.move, location_dest_id=self.customers.id),
                        ship(line, location_dest_id=self.shelf.id)(),
                    ),
                ),
            }
        )
        self._ship(self.order)
        self.assertEqual(self.order.order_line.qty_delivered, 5)

    def _pack_and_ship(self):
        self._rpc(self.stocker, self.picking, "action_put_in_pack")
        self._ship(self.order)

    def _transfer(self, **values):
        """Return a delivery of one piece that is for no order."""
        out = self.warehouse.out_type_id
        places = {
            "location_id": self.stock.id,
            "location_dest_id": self.customers.id,
        }
        move = {
            "product_id": self.product.id,
            "product_uom_qty": 1,
            "product_uom": self.product.uom_id.id,
            **places,
        }
        picking = self.env["stock.picking"].create(
            {
                "picking_type_id": out.id,
                "move_ids": [Command.create({**move, **values})],
                **places,
            }
        )
        picking.action_confirm()
        picking.action_assign()
        picking.move_ids.picked = True
        return picking

    def test_only_for_orders(self):
        """Where nothing leaves without an order: for one that is none yet, without a
        transfer, in the name of a release that is for others."""
        self.company.order_ships_on_orders_only = True
        self._let_go(self.order)
        draft = self._order(quantity=5).sudo()
        early = self._transfer(sale_line_id=draft.order_line.id)
        named = self._transfer()
        named.move_line_ids.picking_id = self.picking
        lot = self._lot()
        package = self.env["stock.package"].create({"name": "Pallet"})
        quant = self.env["stock.quant"]
        quant._update_available_quantity(
            self.product, self.stock, 3, package_id=package
        )
        counted = {
            "product_id": self.product.id,
            "location_id": self.customers.id,
            "inventory_quantity": 500,
        }

        def count():
            inventory = quant.with_user(self.stocker).with_context(inventory_mode=True)
            inventory.create(counted).action_apply_inventory()

        def validate(picking):
            return lambda: self._rpc(self.stocker, picking, "button_validate")

        away = {"location_id": self.customers.id}
        self._refuse(
            {
                "quotation": (NO_ORDER, validate(early)),
                "another's transfer": (NO_ORDER, validate(named)),
                "lot": (NO_ORDER, lambda: self._write(lot, **away)),
                "package": (NO_ORDER, lambda: self._write(package, **away)),
                "inventory": (NO_ORDER, count),
                "production": (NO_ORDER, self._produce_outside),
            }
        )
        self.company.order_ships_on_orders_only = False
        # what is of a type that asks for a release has none before it is in effect
        draft.order_type_id = self.order_type
        self.assertStays(validate(early), SAID)
        validate(named)()

    def _lot(self):
        """Return a lot of which two pieces are on stock."""
        tracked = self.env["product.product"].create(
            {"name": "Tracked", "is_storable": True, "tracking": "lot"}
        )
        lot = self.env["stock.lot"].create({"name": "L1", "product_id": tracked.id})
        self.env["stock.quant"]._update_available_quantity(
            tracked, self.stock, 2, lot_id=lot
        )
        return lot

    def _produce_outside(self):
        """Make a pump straight into the hands of the customer."""
        production = self.env["mrp.production"].create(
            {
                "product_id": self.product.id,
                "product_qty": 1,
                "bom_id": False,
                "location_dest_id": self.customers.id,
            }
        )
        production.action_confirm()
        production.qty_producing = 1
        production.button_mark_done()

    def test_a_return_that_is_returned(self):
        """What came back leaves again once, and no more than was let go."""
        self._let_go(self.order, 2)
        done = self._ship(self.order, 2)
        back = self._return(done)
        again = self._return(back)
        again.move_ids.write({"quantity": 3, "picked": True})
        validate = again.with_user(self.stocker).button_validate
        self.assertStays(validate, SAID)
        again.move_ids.quantity = 2
        validate()
        self.assertEqual(again.state, "done")
        self.assertStays(lambda: self._ship(self.order, 1), SAID)

    def _return(self, picking):
        """Return everything of a transfer; validated where it comes back."""
        wizard = self.env["stock.return.picking"].create({"picking_id": picking.id})
        for line in wizard.product_return_moves:
            line.quantity = line.move_id.quantity
        action = wizard.action_create_returns()
        back = self.env["stock.picking"].browse(action["res_id"])
        if back.location_dest_id != self.customers:
            back.move_ids.picked = True
            back.button_validate()
            self.assertEqual(back.state, "done")
        return back

    def test_an_order_line_that_goes_to_another_order(self):
        """What has left stays with its order, whoever enters orders."""
        self._let_go(self.order)
        self._ship(self.order)
        free = self._free_order()
        line = self.order.order_line
        seller = self.order.user_id or self.salesman
        self.assertStays(
            lambda: self._rpc(seller, line, "write", {"order_id": free.id}), STAYS
        )
