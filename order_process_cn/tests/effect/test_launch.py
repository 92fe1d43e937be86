import random

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ...models.effect.take_back import get_all_productions
from ..common import DEPARTMENTS
from ..set_up_once import set_up_once
from .test_effect import EffectCommon


class LaunchCommon(EffectCommon):
    """Reviewed orders of goods from stock and of goods made to order."""

    @classmethod
    @set_up_once
    def setUpClass(cls):
        super().setUpClass()
        cls.route.active = True
        cls.env["stock.quant"]._update_available_quantity(
            cls.pump, cls.warehouse.lot_stock_id, 1000
        )
        cls.dozen = cls.env.ref("uom.product_uom_dozen")
        to_order = cls.env.ref("stock.route_warehouse0_mto")
        to_order.active = True
        cls.made = cls.env["product.product"].create(
            {
                "name": "Made Pump",
                "is_storable": True,
                "specification": "DN80",
                "route_ids": [
                    Command.link(to_order.id),
                    Command.link(cls.env.ref("mrp.route_warehouse0_manufacture").id),
                ],
            }
        )
        cls.env["mrp.bom"].create(
            {
                "product_tmpl_id": cls.made.product_tmpl_id.id,
                "bom_line_ids": [Command.create({"product_id": cls.product.id})],
            }
        )

    def _reviewed(self, product=None, quantity=4, conditions=True):
        """Return an order in production, with or without conditions for that."""
        self.order_type.requires_technical = conditions
        order = self._approve(
            order_line=[self._line(product or self.pump, quantity)]
        ).sudo()
        order.action_confirm()
        if conditions:
            self._state(order)
            self._run_worker()
        self.assertEqual(order.effect_state, conditions and "effective")
        return order

    def _line(self, product, quantity, price=9):
        return Command.create(
            {
                "product_id": product.id,
                "product_uom_qty": quantity,
                "price_unit": price,
            }
        )

    def _moving(self, order):
        """Return what goes out to the customer, in the unit of the product."""
        moves = order.sudo().order_line.move_ids.filtered(
            lambda m: m.state != "cancel" and m.location_dest_id.usage == "customer"
        )
        return sum(
            move.quantity if move.state == "done" else move.product_qty
            for move in moves
        )

    def _making(self, order):
        productions = get_all_productions(order.sudo())
        return sum(productions.mapped("product_qty"))

    def _launched(self, order):
        return self._moving(order), self._making(order)

    def _sign_again(self, order):
        self._end_of_transaction()
        for _stage in range(3):
            for user in [self.signers[name] for name in ("sales", *DEPARTMENTS)]:
                tasks = order.with_user(user)._my_open_tasks()
                if tasks:
                    tasks.action_sign("agree", self._digest(order))
        self.assertEqual(order.review_state, "approved")
        if order.effect_state:
            self._state(order)
        self._run_worker()

    def _ship(self, order, quantity):
        picking = order.picking_ids.filtered(lambda p: p.state != "cancel")
        picking.move_ids.write({"quantity": quantity, "picked": True})
        result = picking.button_validate()
        if result is not True:
            self.env["stock.backorder.confirmation"].with_context(
                **result["context"]
            ).create(
                {"pick_ids": [Command.set(picking.ids)]}
            ).process_cancel_backorder()
        self.assertEqual(picking.state, "done")
        self.env.flush_all()
        return picking


@tagged("post_install", "-at_install")
class TestWarehouseDecides(LaunchCommon):
    """[REV-5] K1: what the warehouse closed stays closed, whatever the worker does."""

    def _look_again(self, order):
        order._mark_for_recheck()
        self._run_worker()

    def test_short_shipment_stays_short(self):
        order = self._reviewed(quantity=10)
        self._ship(order, 6)
        self._look_again(order)
        self.assertEqual(self._moving(order), 6)

    def test_cancelled_transfer_stays_cancelled(self):
        order = self._reviewed()
        order.picking_ids.action_cancel()
        self._look_again(order)
        self.assertEqual(self._moving(order), 0)
        self.assertEqual(order.picking_ids.mapped("state"), ["cancel"])

    def test_surplus_makes_no_receipt(self):
        order = self._reviewed(quantity=10)
        picking = self._ship(order, 12)
        self._look_again(order)
        self.assertEqual(order.picking_ids, picking)

    def test_only_what_was_held_back_follows(self):
        """Six of ten were shipped and the rest was given up; two more are signed."""
        order = self._reviewed(quantity=10)
        self._ship(order, 6)
        order.order_line.product_uom_qty = 12
        self.assertEqual(self._moving(order), 6)
        self._sign_again(order)
        self.assertEqual(self._moving(order), 8)
        self._look_again(order)
        self.assertEqual(self._moving(order), 8)
        self.assertFalse(order.order_line.held_quantity)

    def test_surplus_is_not_shipped_twice(self):
        """What was held back has gone with the first transfer already."""
        order = self._reviewed()
        order.order_line.product_uom_qty = 7
        self._ship(order, 7)
        self._sign_again(order)
        self.assertEqual(self._moving(order), 7)

    def test_cancelled_made_to_order_stays_cancelled(self):
        order = self._reviewed(self.made)
        order.picking_ids.action_cancel()
        making = self._making(order)
        self._look_again(order)
        self.assertEqual(self._launched(order), (0, making))


@tagged("post_install", "-at_install")
class TestUnsignedGrowth(LaunchCommon):
    """[REV-5] K1: what was launched never exceeds what was signed."""

    def _make_scene(self):
        self.cases = [
            (conditions, self._reviewed(product, conditions=conditions))
            for product in (self.pump, self.made)
            for conditions in (True, False)
        ]

    def _cases(self):
        for conditions, order in self.cases:
            product = order.order_line.product_id
            with self.subTest(product=product.name, conditions=conditions):
                self.order_type.requires_technical = conditions
                yield order

    def test_less_than_entered_is_not_less_than_launched(self):
        for order in self._cases():
            before = self._launched(order)
            for quantity in (101, 100, 99.5):
                self._rpc(
                    self.salesman,
                    order.order_line,
                    "write",
                    {"product_uom_qty": quantity},
                )
                self._end_of_transaction()
                self.assertEqual(self._launched(order), before)
            self._sign_again(order)
            self.assertEqual(self._moving(order), 99.5)

    def test_new_line_is_held(self):
        for order in self._cases():
            before = self._launched(order)
            self._rpc(
                self.salesman,
                order,
                "write",
                {"order_line": [self._line(order.order_line.product_id, 300, 0)]},
            )
            line = order.order_line[-1]
            line.with_user(self.salesman).product_uom_qty = 299
            self._end_of_transaction()
            self.assertEqual(self._launched(order), before)
            self._sign_again(order)
            self.assertEqual(self._moving(order), before[0] + 299)

    def test_other_unit_is_no_reduction(self):
        for order in self._cases():
            before = self._launched(order)
            self._rpc(
                self.salesman,
                order.order_line,
                "write",
                {"product_uom_id": self.dozen.id, "product_uom_qty": 3},
            )
            self._end_of_transaction()
            self.assertEqual(self._launched(order), before)
            self._sign_again(order)
            self.assertEqual(self._moving(order), 36)

    def test_reduction_below_what_was_launched_follows(self):
        for order in self._cases():
            order.order_line.product_uom_qty = 101
            order.order_line.product_uom_qty = 3
            self._end_of_transaction()
            self.assertEqual(self._moving(order), 3)

    def test_exchanged_product_is_held(self):
        order = self._reviewed()
        line = self.env["sale.order.line"].create(
            {"order_id": order.id, "product_id": self.made.id, "product_uom_qty": 5}
        )
        self._rpc(
            self.salesman, line, "write", {"product_id": self.pump.id, "name": "Pump"}
        )
        self._rpc(self.salesman, line, "write", {"product_uom_qty": 4})
        self.assertEqual(self._launched(order), (4, 0))
        self._sign_again(order)
        self.assertEqual(self._launched(order), (8, 0))

    def test_service_purchases_do_not_grow(self):
        vendor = self.env["res.partner"].create({"name": "Vendor"})
        service = self.env["product.product"].create(
            {
                "name": "Painting",
                "type": "service",
                "specification": "Blue",
                "service_to_purchase": True,
                "seller_ids": [Command.create({"partner_id": vendor.id})],
            }
        )
        order = self._reviewed(service)
        bought = order.order_line.purchase_line_ids
        self.assertEqual(bought.product_qty, 4)
        self._rpc(self.salesman, order.order_line, "write", {"product_uom_qty": 50})
        self.assertEqual(order.order_line.purchase_line_ids.product_qty, 4)
        self._sign_again(order)
        lines = order.order_line.purchase_line_ids
        self.assertEqual(sum(lines.mapped("product_qty")), 50)

    def test_random_walks(self):
        """Whatever is edited, in whichever order: launched <= max(signed, before)."""
        for seed in range(4):
            chance = random.Random(seed)
            product = (self.pump, self.made)[seed % 2]
            order = self._reviewed(product, conditions=seed < 2)
            for _step in range(12):
                before = self._launched(order)
                done = self._edit(order, chance)
                self._end_of_transaction()
                with self.subTest(seed=seed, done=done, before=before):
                    for now, was in zip(self._launched(order), before, strict=True):
                        self.assertLessEqual(now, max(was, self._signed(order)))
                if order.review_state == "running" and chance.random() < 0.2:
                    self._sign_again(order)
                    self.assertLessEqual(self._moving(order), self._ordered(order))

    def _edit(self, order, chance):
        line = chance.choice(order.order_line)
        kind = chance.choice(["quantity", "quantity", "unit", "line", "worker"])
        if kind == "quantity":
            values = {"product_uom_qty": chance.choice([1, 2, 3, 7, 40, 39, 100])}
            self._rpc(self.salesman, line, "write", values)
        elif kind == "unit":
            unit = chance.choice([self.dozen, line.product_id.uom_id])
            values = {
                "product_uom_id": unit.id,
                "product_uom_qty": chance.choice([2, 5]),
            }
            self._rpc(self.salesman, line, "write", values)
        elif kind == "line":
            command = self._line(line.product_id, chance.choice([1, 20]))
            self._rpc(self.salesman, order, "write", {"order_line": [command]})
        else:
            order._mark_for_recheck()
            self._run_worker()
        return kind

    def _ordered(self, order):
        return sum(
            line.product_uom_id._compute_quantity(
                line.product_uom_qty, line.product_id.uom_id
            )
            for line in order.order_line
        )

    def _signed(self, order):
        return self._ordered(order) if not order._find_review_gaps() else 0

    def test_held_quantity_is_the_engines(self):
        order = self._reviewed()
        with self.assertRaises(AccessError):
            self._rpc(self.salesman, order.order_line, "write", {"held_quantity": 5})
        line = self.env["sale.order.line"].with_user(self.salesman)
        with self.assertRaises(AccessError):
            line.create(
                {"order_id": order.id, "product_id": self.pump.id, "held_quantity": 5}
            )


@tagged("post_install", "-at_install")
class TestConfirmedByDefault(EffectCommon):
    """[CFM-3] K1: a state that comes by a default is held like any other."""

    def _assert_held(self, order):
        self.assertEqual((order.state, order.effect_state), ("sale", "held"))
        self._assert_nothing_launched(order)

    def _values(self):
        return {
            "partner_id": self.partner.id,
            "order_type_id": self.order_type.id,
            "order_line": [Command.create({"product_id": self.pump.id})],
        }

    def test_state_in_the_context(self):
        orders = self.env["sale.order"].with_context(default_state="sale")
        self._assert_held(orders.create(self._values()))

    def test_state_in_stored_defaults(self):
        self.env["ir.default"].set("sale.order", "state", "sale")
        self._assert_held(self.env["sale.order"].create(self._values()))

    def test_copied_as_confirmed(self):
        order = self._typed()
        copied = order.sudo().copy(
            {"state": "sale", "order_type_id": self.order_type.id}
        )
        self._assert_held(copied)

    def test_imported_as_confirmed(self):
        result = self.env["sale.order"].load(
            [
                "partner_id/.id",
                "order_type_id/.id",
                "state",
                "order_line/product_id/.id",
            ],
            [
                [
                    str(self.partner.id),
                    str(self.order_type.id),
                    "sale",
                    str(self.pump.id),
                ]
            ],
        )
        self.assertTrue(result["ids"], result["messages"])
        self._assert_held(self.env["sale.order"].browse(result["ids"]))

    def test_line_of_a_quotation_launches_nothing(self):
        """The state of a line is entered, that of its order is not."""
        order = self._typed()
        values = {"order_id": order.id, "product_id": self.pump.id}
        lines = self.env["sale.order.line"]
        self._rpc(self.salesman, lines, "create", [{**values, "state": "sale"}])
        self._rpc(
            self.salesman, lines, "create", [values], context={"default_state": "sale"}
        )
        self._rpc(self.salesman, order.order_line[:1], "write", {"state": "sale"})
        self._rpc(self.salesman, order.order_line[:1], "write", {"product_uom_qty": 9})
        self._assert_nothing_launched(order)
