from odoo.exceptions import UserError
from odoo.tests import tagged

from ...models.effect.take_back import get_all_productions
from ..effect.test_launch import LaunchCommon
from .hold_common import HoldMixin

SAID = "suspended"


@tagged("post_install", "-at_install")
class TestSuspendedWork(HoldMixin, LaunchCommon):
    """[CFM-8] nothing new is launched and nothing begun of what is suspended; it is all
    picked up by itself afterwards."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sales_manager = cls._user("sales_manager", "sales_team.group_sale_manager")
        cls.product.is_storable = True
        cls.producer = cls._user("producer", "mrp.group_mrp_user")
        cls.env["stock.quant"]._update_available_quantity(
            cls.product, cls.warehouse.lot_stock_id, 100
        )

    def _refuses(self, call):
        with self.assertRaises(UserError) as caught, self.env.cr.savepoint():
            call()
            self.env.flush_all()
        self.env.invalidate_all()
        self.assertIn(SAID, str(caught.exception))

    # -- launching ---------------------------------------------------------------------

    def test_a_held_order_stays_held(self):
        """[CFM-8] what it waited for comes: it takes effect when it is resumed."""
        self.order_type.requires_technical = True
        order = self._approve(order_line=[self._line(self.pump, 4)]).sudo()
        order.action_confirm()
        self.assertEqual(order.effect_state, "held")
        self._suspend(order)
        self._state(order)
        self._run_worker()
        self.assertEqual((order.effect_state, self._launched(order)), ("held", (0, 0)))
        self.assertIn("suspension", order.effect_waiting)
        self._refuses(lambda: order.write({"effect_state": "effective"}))
        self._resume(order)
        self._run_worker()
        self.assertEqual(
            (order.effect_state, self._launched(order)), ("effective", (4, 0))
        )
        events = self.env["order.event"].search(
            [("res_model", "=", "sale.order"), ("res_id", "=", order.id)]
        )
        self.assertLessEqual({"suspended", "resumed"}, set(events.mapped("code")))

    def test_held_with_a_suspended_line(self):
        """[CFM-8] the order takes effect without it, the line follows."""
        self.order_type.requires_technical = True
        lines = [self._line(self.pump, 4), self._line(self.made, 3)]
        order = self._approve(order_line=lines).sudo()
        order.action_confirm()
        self._suspend(order, order.order_line[1])
        self._state(order)
        self._run_worker()
        self.assertEqual(
            (order.effect_state, self._launched(order)), ("effective", (4, 0))
        )
        self._resume(order)
        self._run_worker()
        self.assertEqual(self._launched(order), (7, 3))
        self.assertEqual(order.order_line.mapped("held_quantity"), [0, 0])

    def test_more_waits(self):
        """[CFM-8] plain, reviewed, by lines and as a whole: an increase and a new line
        wait, a decrease follows."""
        for conditions in (True, False):
            with self.subTest(conditions=conditions):
                order = self._reviewed(conditions=conditions)
                self._suspend(order)
                order.order_line.product_uom_qty = 10
                self._sign_again(order)
                self.assertEqual(self._moving(order), 4)
                self._resume(order)
                self._run_worker()
                self.assertEqual(self._moving(order), 10)
                self._suspend(order)
                order.order_line.product_uom_qty = 6
                self.assertEqual(self._moving(order), 6)

    def test_more_of_a_plain_order_waits(self):
        self.route.active = False
        order = self._order(order_line=[self._line(self.pump, 4)]).sudo()
        other = self.env["order.type"].create({"name": "Plain"})
        order.order_type_id = other
        order.action_confirm()
        self.assertEqual((order.effect_state, self._moving(order)), (False, 4))
        self._suspend(order, order.order_line)
        order.order_line.product_uom_qty = 9
        self._run_worker()
        self.assertEqual(self._moving(order), 4)
        self._resume(order)
        self._run_worker()
        self.assertEqual(self._moving(order), 9)
        self._suspend(order)
        order.write({"order_line": [self._line(self.made, 2)]})
        self.assertTrue(order.order_line[1].is_suspended)
        self.assertEqual(self._launched(order), (9, 0))
        self._resume(order)
        self._run_worker()
        self.assertEqual(self._launched(order), (11, 2))

    def test_by_hand(self):
        """[CFM-3] [CFM-8] made and bought for it by whoever may make and buy."""
        order = self._reviewed()
        self._suspend(order)
        vendor = self.env["res.partner"].create({"name": "Vendor"})
        purchase = self.env["purchase.order"].create({"partner_id": vendor.id})
        for values in (
            {"sale_line_id": order.order_line.id},
            {"reference_ids": order.stock_reference_ids.ids},
        ):
            self._refuses(
                lambda values=values: self.env["mrp.production"].create(
                    {"product_id": self.made.id, "product_qty": 1, **values}
                )
            )
        self._refuses(
            lambda: purchase.write({"reference_ids": order.stock_reference_ids.ids})
        )
        self._refuses(
            lambda: purchase.order_line.create(
                {
                    "order_id": purchase.id,
                    "product_id": self.pump.id,
                    "sale_line_id": order.order_line.id,
                }
            )
        )

    # -- starting ----------------------------------------------------------------------

    def _made_order(self):
        order = self._reviewed(self.made)
        production = get_all_productions(order)
        self.assertEqual((len(production), production.state), (1, "confirmed"))
        return order, production

    def _begin_production(self, production, quantity=1):
        production.with_user(self.producer).write({"qty_producing": quantity})

    def _finish(self, production):
        self._begin_production(production, production.product_qty)
        production = production.with_user(self.producer)
        production.move_raw_ids.picked = True
        production.with_context(skip_consumption=True).button_mark_done()
        self.assertEqual(production.state, "done")

    def test_production_does_not_begin(self):
        order, production = self._made_order()
        self._suspend(order)
        own = production.with_user(self.producer)
        self.assertIn(SAID, own.suspension_note)
        for call in (
            lambda: self._begin_production(production),
            lambda: self._rpc(self.producer, own, "action_start"),
            lambda: self._rpc(self.producer, own, "button_mark_done"),
            lambda: self._rpc(self.producer, own, "write", {"state": "progress"}),
            lambda: (
                own.move_raw_ids.write({"quantity": 1, "picked": True})
                and own.button_mark_done()
            ),
        ):
            self._refuses(call)
        self._resume(order)
        self._finish(production)

    def test_what_is_split_off_does_not_begin(self):
        order, production = self._made_order()
        self._suspend(order)
        parts = production._split_productions({production: [1, 3]})
        self.assertEqual(len(parts), 2)
        for part in parts:
            self._refuses(lambda part=part: self._begin_production(part))

    def test_what_has_begun_ends(self):
        """[CFM-8] nothing new is begun; work under way is finished, its rest too."""
        order, production = self._made_order()
        self._begin_production(production)
        self.assertEqual(production.state, "progress")
        self._suspend(order)
        self.assertFalse(production.suspension_note)
        parts = production._split_productions({production: [1, 3]})
        for part in parts:
            self._finish(part)

    def test_under_the_gate_of_confirmation(self):
        self.company.order_production_gate = "confirm"
        order, production = self._made_order()
        self._suspend(order)
        self._refuses(lambda: self._begin_production(production))

    def test_what_serves_others_goes_on(self):
        order, production = self._made_order()
        other = self._reviewed(self.made)
        production.sale_line_id = False
        production.reference_ids += other.stock_reference_ids
        self._suspend(order)
        self._begin_production(production)

    def test_components_are_given_back(self):
        order, production = self._made_order()
        production.action_assign()
        raw = production.move_raw_ids
        self.assertEqual(raw.state, "assigned")
        self._suspend(order, reservations="give")
        self.assertEqual((raw.state, raw.quantity), ("confirmed", 0))
        production.action_assign()
        self.assertEqual(raw.quantity, 0)
        self._resume(order)
        self.assertEqual(raw.state, "assigned")

    def test_cancelled_production_is_free(self):
        """[CFM-8] the order is cancelled: its production is its own again."""
        order, production = self._made_order()
        self._suspend(order)
        order.write({"state": "cancel"})
        self.assertFalse(production.suspension_note)
        production.action_cancel()
        self.assertEqual(production.state, "cancel")
