from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...models.shipping.order_goods import look_at_shipping
from .shipping_common import ShippingCommon

SAID = "requests a shipping release"


@tagged("post_install", "-at_install")
class TestShippingGate(ShippingCommon):
    """[SHP-1] nothing of a guarded order leaves unreleased, on no road."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.env["product.product"].create(
            {"name": "Another", "is_storable": True}
        )
        cls._bring_in(50, cls.other)

    def _make_scene(self):
        self.order = self._shipping_order()
        self.picking = self.order.picking_ids
        self.move = self.picking.move_ids

    # -- the straight road -------------------------------------------------------------

    def test_what_was_released_leaves_and_no_more(self):
        """[SHP-1] two of five: two leave, the third stays."""
        self.assertStays(lambda: self._ship(self.order), SAID, self.order.name)
        self._let_go(self.order, 2)
        self.assertStays(lambda: self._ship(self.order, 3), SAID, "2 Units may")
        done = self._ship(self.order, 2)
        self.assertEqual(done.state, "done")
        self.assertEqual(self.order.order_line.qty_delivered, 2)
        self.assertStays(lambda: self._ship(self.order, 1), SAID)
        self._let_go(self.order)
        self._ship(self.order)
        self.assertEqual(self.order.order_line.qty_delivered, 5)

    def test_words_come_before_the_question_about_backorders(self):
        """[SHP-1] nobody answers core's question in vain."""
        self.picking.move_ids.write({"quantity": 2, "picked": True})
        picking = self.picking.with_user(self.stocker)
        self.assertStays(lambda: picking.button_validate(), SAID)

    def test_orders_of_other_types_ship_as_before(self):
        order = self._order(quantity=3)
        order.action_confirm()
        order.picking_ids.action_assign()
        self.assertFalse(order.sudo().ships_on_release)
        self._ship(order.sudo())
        self.assertEqual(order.sudo().order_line.qty_delivered, 3)

    def test_orders_from_before_ship_as_before(self):
        """[SHP-1] what took effect before it was switched on is left alone, and what
        was asked for is given up when it is switched off."""
        self.order_type.asks_shipping_release = False
        before = self._shipping_order()
        self.order_type.asks_shipping_release = True
        after = self._shipping_order()
        self._ship(before)
        # switched off once: those of the time before are free for good
        self._ship(self.order)
        self.assertStays(lambda: self._ship(after), SAID)

    def test_releases_are_shown_when_switched_off(self):
        """[SHP-1] what let the goods leave is seen on the order, in its form and by
        whoever asks, also when the type asks for no release any more."""
        self._let_go(self.order)
        self.order_type.asks_shipping_release = False
        self.assertFalse(self.order.sudo().ships_on_release)
        self.env.invalidate_all()
        order = self.order.with_user(self.salesman)
        [form] = order.web_read({"review_panel": {}, "shipping_release_count": {}})
        self.env.invalidate_all()
        self.assertEqual(order.shipping_release_count, 1)
        self.assertEqual(form["shipping_release_count"], 1)

    def test_the_mark_of_an_order_is_the_engine_s(self):
        with self.assertRaises(AccessError):
            self._rpc(self.salesman, self.order, "write", {"ships_on_release": False})

    def test_what_the_gate_costs(self):
        """[SHP-1] one query for a delivery that is guarded: it takes turns, counts,
        reads what decides and has the worker look; none for one that is not."""
        self._let_go(self.order)
        warm, guarded = self._shipping_order(), self._shipping_order()
        self._let_go(warm)
        self._let_go(guarded)
        self.order_type.asks_shipping_release = False
        plain = self._shipping_order()
        self.order_type.asks_shipping_release = True
        (self.order + warm + guarded).sudo().ships_on_release = True
        counts = []
        for order in (self.order, warm, plain, guarded):
            self.env.flush_all()
            self.env.invalidate_all()
            picking = order.picking_ids.with_user(self.stocker)
            kept = self.env.cr.sql_log_count
            picking.button_validate()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - kept)
            self.assertEqual(picking.state, "done")
        self.assertLessEqual(counts[3] - counts[2], 1)
        self._run_worker()
        self.assertEqual(guarded.sudo().shipping_release_ids.state, "shipped")

    # -- the other roads, as the least-privileged user ---------------------------------

    def test_states_written_by_hand(self):
        """[SHP-1] [SEC-1] a client writes states: of the move, of the transfer."""
        self.assertStays(
            lambda: self._rpc(self.stocker, self.move, "write", {"state": "done"}), SAID
        )
        self.assertStays(
            lambda: self._rpc(self.stocker, self.picking, "write", {"state": "done"}),
            "not done",
        )

    def test_a_hostile_context(self):
        context = {"skip_sanity_check": True, "skip_backorder": True, "active_test": 0}
        picking = self.picking.with_user(self.stocker).with_context(**context)
        self.assertStays(lambda: picking.button_validate(), SAID)
        self.picking.move_ids.picked = True
        self.assertStays(lambda: picking._action_done(), SAID)

    def test_more_on_what_has_left(self):
        """[SHP-1] quantities of a done delivery are raised, lines added; taken back
        they may be."""
        self._let_go(self.order, 3)
        self._ship(self.order, 3)
        move = self.move.filtered(lambda m: m.state == "done")
        line = move.move_line_ids

        def write(records, **values):
            return lambda: self._rpc(self.stocker, records, "write", values)

        self.picking.is_locked = False
        self.assertStays(write(line, quantity=4), SAID)
        self.assertStays(write(move, quantity=4), SAID)
        values = self._line_values(self.picking, self.product)
        self.assertStays(
            lambda: self._rpc(
                self.stocker, self.env["stock.move.line"], "create", [values]
            ),
            SAID,
        )
        other = self._line_values(self.picking, self.other)
        self.assertStays(
            lambda: self._rpc(
                self.stocker, self.env["stock.move.line"], "create", [other]
            )
        )
        write(line, quantity=2)()
        self.assertEqual(self.order.order_line.qty_delivered, 2)
        write(line, quantity=3)()

    def _line_values(self, picking, product):
        return {
            "picking_id": picking.id,
            "product_id": product.id,
            "quantity": 1,
            "picked": True,
            "location_id": self.stock.id,
            "location_dest_id": self.customers.id,
        }

    def test_what_has_left_stays_with_its_order(self):
        self._let_go(self.order)
        self._ship(self.order)
        other = self._shipping_order()
        for line in (False, other.order_line.id):
            self.assertStays(
                lambda line=line: self._rpc(
                    self.stocker, self.move, "write", {"sale_line_id": line}
                ),
                "stays with it",
            )

    def test_a_move_that_is_born_done(self):
        """[SHP-1] without a transfer: for the order, and for none."""
        values = {
            "product_id": self.product.id,
            "product_uom_qty": 1,
            "product_uom": self.product.uom_id.id,
            "location_id": self.stock.id,
            "location_dest_id": self.customers.id,
            "move_line_ids": [
                Command.create(
                    {
                        "product_id": self.product.id,
                        "quantity": 1,
                        "picked": True,
                        "location_id": self.stock.id,
                        "location_dest_id": self.customers.id,
                    }
                )
            ],
            "state": "done",
            "picked": True,
        }

        def create(**more):
            return lambda: self._rpc(
                self.stocker, self.env["stock.move"], "create", [{**values, **more}]
            )

        self.assertStays(create(sale_line_id=self.order.order_line.id), SAID)
        create()()
        self.company.order_ships_on_orders_only = True
        self.assertStays(create(), "without a sales order")

    def test_an_internal_transfer_whose_line_goes_to_the_customer(self):
        """[SHP-1] the move stays inside: only the line says where the goods go."""
        self.company.order_ships_on_orders_only = True
        picking = self.env["stock.picking"].create(
            {
                "picking_type_id": self.warehouse.int_type_id.id,
                "location_id": self.stock.id,
                "location_dest_id": self.stock.id,
                "move_ids": [
                    Command.create(
                        {
                            "product_id": self.product.id,
                            "product_uom_qty": 1,
                            "product_uom": self.product.uom_id.id,
                            "location_id": self.stock.id,
                            "location_dest_id": self.stock.id,
                        }
                    )
                ],
            }
        )
        picking.action_confirm()
        picking.action_assign()
        picking.move_line_ids.location_dest_id = self.customers
        picking.move_ids.picked = True
        validate = picking.with_user(self.stocker).button_validate
        self.assertStays(validate, "without a sales order")
        self.company.order_ships_on_orders_only = False
        validate()

    def test_a_delivery_that_ends_inside(self):
        """[SHP-1] redirected into the stock: nothing leaves in the books."""
        shelf = self.env["stock.location"].create(
            {"name": "Shelf", "location_id": self.stock.id}
        )
        for records in (self.move, self.picking.move_line_ids):
            with self.env.cr.savepoint() as savepoint:
                records.write({"location_dest_id": shelf.id})
                self.assertStays(
                    lambda: self._ship(self.order), "end where the customer"
                )
                savepoint.close(rollback=True)
            self.env.invalidate_all()

    def test_scrapped_at_the_customer(self):
        self.company.order_ships_on_orders_only = True
        scrap = self.env["stock.scrap"].create(
            {
                "product_id": self.product.id,
                "scrap_qty": 1,
                "location_id": self.stock.id,
                "scrap_location_id": self.customers.id,
            }
        )
        self.assertStays(
            lambda: self._rpc(self.stocker, scrap, "action_validate"),
            "without a sales order",
        )

    def test_a_split_transfer(self):
        """[SHP-1] the second half has another transfer and the same order."""
        self._let_go(self.order, 3)
        self.picking.move_ids.quantity = 3
        self.picking.action_split_transfer()
        halves = self.order.picking_ids
        self.assertEqual(len(halves), 2)
        self._ship(self.order)
        self.assertStays(lambda: self._ship(self.order, 2), SAID)

    def test_many_transfers_at_once(self):
        """[SHP-1] one that may not leave keeps the batch here, in words."""
        free = self._shipping_order()
        self._let_go(free)
        both = (free | self.order).picking_ids.with_user(self.stocker)
        self.assertStays(both.button_validate, SAID, self.order.name)

    def test_an_order_is_marked_once(self):
        """[SHP-1] however many kinds of goods leave, the worker looks once."""
        order = self._order(quantity=2).sudo()
        goods = {"product_id": self.other.id, "product_uom_qty": 2}
        order.order_line = [Command.create(goods)]
        order.order_type_id = self.order_type
        order.action_confirm()
        order.picking_ids.action_assign()
        self._let_go(order)
        self._run_worker()
        self._ship(order)
        marks = self.env["order.recheck"].search(
            [("res_model", "=", "sale.order"), ("res_id", "=", order.id)]
        )
        topics = marks.mapped("topic")
        self.assertEqual(topics.count("shipping"), 1, topics)

    def test_what_comes_back_may_leave_again(self):
        """[SHP-1] net: a replacement leaves when the goods are back, not before."""
        self._let_go(self.order)
        done = self._ship(self.order)
        action = (
            self.env["stock.return.picking"]
            .with_context(active_id=done.id, active_model="stock.picking")
            .create({"picking_id": done.id})
        )
        action.product_return_moves.quantity = 2
        back = self.env["stock.picking"].browse(
            action.action_create_returns()["res_id"]
        )
        again = done.copy({"return_id": False})
        again.move_ids.write(
            {"product_uom_qty": 2, "sale_line_id": self.order.order_line.id}
        )
        again.action_confirm()
        again.action_assign()
        again.move_ids.picked = True
        self.assertStays(again.with_user(self.stocker).button_validate, SAID)
        back.move_ids.picked = True
        back.button_validate()
        again.with_user(self.stocker).button_validate()
        self.assertEqual(again.state, "done")

    def test_straight_from_the_supplier(self):
        """[SHP-1] dropship: the goods never were in the warehouse."""
        suppliers = self.env.ref("stock.stock_location_suppliers")
        self.picking.do_unreserve()
        self.move.location_id = suppliers
        self.move.write({"quantity": 5, "picked": True})
        self.assertEqual(self.picking.move_line_ids.location_id, suppliers)
        self.assertStays(lambda: self._ship(self.order), SAID)

    def test_parts_of_a_kit(self):
        """[SHP-1] what leaves of a kit are its parts."""
        kit = self._kit(Bolt=4, Nut=2)
        order = self._order(
            order_line=[Command.create({"product_id": kit.id, "product_uom_qty": 2})]
        )
        order.sudo().order_type_id = self.order_type
        order.action_confirm()
        order = order.sudo()
        order.picking_ids.action_assign()
        self.assertStays(lambda: self._ship(order), "Bolt", "Nut")
        release = self._let_go(order)
        parts = {line.product_id.name: line.quantity for line in release.line_ids}
        self.assertEqual(parts, {"Bolt": 8, "Nut": 4})
        self._ship(order)
        self.assertEqual(order.order_line.qty_delivered, 2)

    def test_a_type_tolerates_a_little_more(self):
        """[SHP-7] [SHP-8] over-delivery is a number of the type."""
        self.order_type.shipping_over_percent = 20
        self._let_go(self.order)
        self.assertStays(lambda: self._ship(self.order, 7), SAID)
        self._ship(self.order, 6)
        self.assertEqual(self.order.order_line.qty_delivered, 6)
        with self.assertRaises(UserError):
            self.order_type.shipping_over_percent = 101

    # -- what is asked again when goods leave ------------------------------------------

    def test_money_is_read_again(self):
        """[SHP-8] [DEP-5] paid when it was released, taken back before it left."""
        self.order.payment_term_id = self.customer_terms
        self.assertEqual(self.order.goods_leave, "paid")
        release = self._request(self.order)
        with self._refused("Balance paid"):
            release.with_user(self.finance).action_release()
        payment = self._advance(self.order, self.order.amount_total)
        release.with_user(self.finance).action_release()
        payment.action_draft()
        self.assertStays(lambda: self._ship(self.order), SAID, "Balance paid")
        payment.action_post()
        self._ship(self.order)

    def test_money_for_what_leaves(self):
        """[DEP-5] [SHP-8] the balance of what leaves, and of no more."""
        self.order_type.shipping_balance = "leaving"
        self.order.payment_term_id = self.customer_terms
        self._advance(self.order, self.order.amount_total * 2 / 5)
        with self._refused("Balance paid"):
            self._let_go(self.order, 3)
        self._let_go(self.order, 2)
        self._ship(self.order, 2)
        with self._refused("Balance paid"):
            self._let_go(self.order)

    def test_no_balance_where_the_type_asks_for_none(self):
        self.order_type.shipping_balance = "none"
        self.order.payment_term_id = self.customer_terms
        self._let_go(self.order)
        self._ship(self.order)

    def test_a_release_holds_until_its_day(self):
        """[SHP-8] what has left on it before may still be corrected."""
        release = self._let_go(self.order)
        self._ship(self.order, 2)
        look_at_shipping(release.order_id)
        self.assertEqual(release.line_ids.shipped_qty, 2)
        release.valid_until = "2020-01-01"
        self.assertStays(lambda: self._ship(self.order), SAID, "Valid until")
        self.picking.is_locked = False
        line = self.picking.move_line_ids.filtered(lambda line: line.state == "done")
        self._rpc(self.stocker, line, "write", {"quantity": 1})

    # -- what it costs -----------------------------------------------------------------

    def _count_validation(self, order):
        picking = order.picking_ids.with_user(self.stocker)
        picking.move_ids.picked = True
        self._begin()
        before = self.env.cr.sql_log_count
        picking.button_validate()
        self.env.flush_all()
        self.assertEqual(picking.state, "done")
        return self.env.cr.sql_log_count - before

    def test_queries(self):
        """[SHP-1] nothing where nothing is guarded, one query where it is."""
        self._bring_in(100)
        self.order_type.shipping_balance = "none"
        orders = [self._shipping_order(lines=5) for _number in range(3)]
        self._let_go(orders[2])
        self._count_validation(orders[2])  # whatever is asked for the first time
        guarded = self._shipping_order(lines=5)
        self._let_go(guarded)
        guarded_count = self._count_validation(guarded)
        self.order_type.asks_shipping_release = False
        plain = self._count_validation(orders[0])
        self.assertLessEqual(guarded_count - plain, 1)
