from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...models.effect.take_back import (
    get_all_productions,
    get_all_purchases,
    take_back_effect,
)
from ..common import OrderCommon
from ..set_up_once import set_up_once


class EffectCommon(OrderCommon):
    """An order type that asks for technical and material confirmation: its orders are
    held. The products are delivered from stock, made to order or bought."""

    @classmethod
    @set_up_once
    def setUpClass(cls):
        super().setUpClass()
        cls.route.active = False
        cls.warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.company.id)], limit=1
        )
        cls.order_type.requires_technical = True
        # without a review the type has to be chosen by hand in these tests
        cls.pump = cls.env["product.product"].create(
            {
                "name": "Pump",
                "is_storable": True,
                "specification": "DN50",
                "list_price": 100,
            }
        )
        cls.env["stock.quant"]._update_available_quantity(
            cls.pump, cls.warehouse.lot_stock_id, 10
        )
        cls.desk = cls._user("desk", "order_process_cn.order_group_release")

    @classmethod
    def _typed(cls, **values):
        values.setdefault(
            "order_line",
            [Command.create({"product_id": cls.pump.id, "product_uom_qty": 4})],
        )
        order = cls._order(**values)
        order.sudo().order_type_id = cls.order_type
        return order

    def _state(self, order, *kinds):
        """Have engineering and purchasing confirm in writing."""
        people = {"technical": "engineering", "material": "purchase"}
        for kind in kinds or people:
            self._rpc(
                self.signers[people[kind]],
                order,
                "action_state_in_writing",
                kind,
                "Feasible",
            )

    def _held(self, **values):
        order = self._typed(**values)
        order.action_confirm()
        self.assertEqual((order.state, order.effect_state), ("sale", "held"))
        return order

    def _assert_nothing_launched(self, order):
        order = order.sudo()
        self.assertFalse(order.picking_ids)
        self.assertFalse(order.order_line.move_ids)
        self.assertFalse(order.stock_reference_ids.production_ids)
        self.assertFalse(get_all_purchases(order))


@tagged("post_install", "-at_install")
class TestEffect(EffectCommon):
    """A confirmed order moves nothing until it has taken effect."""

    def test_held_at_confirmation(self):
        """[CFM-3] nothing is launched; the list says what is missing and whose move."""
        order = self._held()
        self._assert_nothing_launched(order)
        self.assertEqual(order.effect_waiting, ["technical", "material"])
        self.assertIn("technical confirmation", order.effect_waiting_text)
        checklist = order.order_checklist
        self.assertEqual(checklist["step"], "Take effect")
        self.assertEqual(
            {c["owner"] for c in checklist["conditions"] if not c["met"]},
            {"Engineering", "Purchasing"},
        )

    def test_every_confirming_road_holds(self):
        """Write, create and server-side confirmation hold like the button."""
        written = self._typed()
        self._rpc(self.salesman, written, "write", {"state": "sale"})
        created = self.env["sale.order"].create(
            {
                "partner_id": self.partner.id,
                "state": "sale",
                "order_type_id": self.order_type.id,
                "order_line": [Command.create({"product_id": self.pump.id})],
            }
        )
        validated = self._typed()
        validated.sudo()._validate_order()
        for order in (written, created, validated):
            self.assertEqual(order.effect_state, "held")
            self._assert_nothing_launched(order)

    def test_every_later_road_holds(self):
        """Quantity, new lines and client keys launch nothing on a held order."""
        order = self._held()
        line = order.order_line
        self._rpc(self.salesman, line, "write", {"product_uom_qty": 6})
        self._rpc(
            self.salesman,
            self.env["sale.order.line"],
            "create",
            [{"order_id": order.id, "product_id": self.pump.id, "product_uom_qty": 2}],
            context={"skip_procurement": False},
        )
        order.action_lock()
        order.action_unlock()
        self._assert_nothing_launched(order)

    def test_effect_cannot_be_written(self):
        order = self._held()
        for values in ({"effect_state": "effective"}, {"effect_state": False}):
            with self.assertRaises(AccessError):
                self._rpc(self.salesman, order, "write", values)
        with self.assertRaisesRegex(UserError, "Technical confirmation"):
            order.sudo().effect_state = "effective"

    def test_takes_effect_by_itself(self):
        """Without an issue window the worker releases what is ready."""
        order = self._held()
        self._state(order, "technical")
        self._run_worker()
        self.assertEqual(order.effect_waiting, ["material"])
        self._state(order, "material")
        self._run_worker()
        self.assertEqual(order.effect_state, "effective")
        moves = order.sudo().order_line.move_ids
        self.assertEqual(sum(moves.mapped("product_uom_qty")), 4)

    def test_nothing_to_wait_for_is_plain(self):
        """[CLS-4] an order whose type asks for nothing is as in plain Odoo."""
        self.order_type.requires_technical = False
        order = self._typed()
        order.action_confirm()
        self.assertFalse(order.effect_state)
        self.assertTrue(order.sudo().picking_ids)

    def test_older_orders_are_untouched(self):
        """Confirmed before the type began to ask: they stay plain."""
        self.order_type.requires_technical = False
        order = self._typed()
        order.action_confirm()
        self.order_type.requires_technical = True
        order.order_line.product_uom_qty = 6
        self.assertFalse(order.effect_state)
        self.assertEqual(
            sum(order.sudo().order_line.move_ids.mapped("product_uom_qty")), 6
        )

    def test_lead_times_run_from_the_effect(self):
        """Lines without a promised date are dated from the effect, not the past."""
        self.pump.sale_delay = 10
        order = self._held()
        order.sudo().date_order = "2020-01-01 00:00:00"
        self._state(order)
        self._run_worker()
        move = order.sudo().order_line.move_ids
        self.assertGreater(move.date_deadline, order.effective_on)

    def test_locked_orders_are_released(self):
        """Core skips locked orders without a word; a release does not."""
        order = self._held()
        order.sudo().action_lock()
        self._state(order)
        self._run_worker()
        self.assertTrue(order.sudo().picking_ids)
        self.assertTrue(order.locked)

    def test_release_checks_that_something_was_launched(self):
        """A product that no rule serves is an error, and the order stays held."""
        order = self._held()
        self.warehouse.delivery_route_id.rule_ids.active = False
        self._state(order)
        self._run_worker()
        self.assertEqual(order.effect_state, "held")
        todo = order.sudo().activity_ids
        self.assertEqual(todo.user_id, self.salesman)

    def test_missing_rules_are_found_at_submission(self):
        self.route.active = True
        order = self._order(
            order_line=[Command.create({"product_id": self.pump.id, "price_unit": 5})]
        )
        self.warehouse.delivery_route_id.rule_ids.active = False
        with self.assertRaisesRegex(UserError, "where Pump comes from"):
            order.action_review_submit()

    def test_service_purchases_wait(self):
        vendor = self.env["res.partner"].create({"name": "Vendor"})
        service = self.env["product.product"].create(
            {
                "name": "Painting",
                "type": "service",
                "service_to_purchase": True,
                "seller_ids": [Command.create({"partner_id": vendor.id})],
            }
        )
        order = self._held(order_line=[Command.create({"product_id": service.id})])
        self.assertFalse(order.sudo().order_line.purchase_line_ids)
        self._state(order)
        self._run_worker()
        self.assertTrue(order.sudo().order_line.purchase_line_ids)

    def test_made_to_order_waits(self):
        self.env.ref("stock.route_warehouse0_mto").active = True
        self.pump.route_ids = [
            Command.link(self.env.ref("stock.route_warehouse0_mto").id),
            Command.link(self.env.ref("mrp.route_warehouse0_manufacture").id),
        ]
        self.env["mrp.bom"].create(
            {
                "product_tmpl_id": self.pump.product_tmpl_id.id,
                "bom_line_ids": [Command.create({"product_id": self.product.id})],
            }
        )
        order = self._held()
        self._assert_nothing_launched(order)
        self._state(order)
        self._run_worker()
        production = get_all_productions(order.sudo())
        self.assertEqual(production.product_qty, 4)
        self._rpc(self.salesman, order.order_line, "write", {"product_uom_qty": 1})
        self.assertEqual(production.product_qty, 1)

    # -- growing --------------------------------------------------------------------

    def test_more_waits_for_the_signatures(self):
        """[REV-5] an increase is held until the void seats have signed again; a
        decrease follows core."""
        self.route.active = True
        order = self._approve(
            order_line=[
                Command.create(
                    {"product_id": self.pump.id, "product_uom_qty": 4, "price_unit": 9}
                )
            ]
        )
        order.action_confirm()
        self._state(order)
        self._run_worker()
        launched = order.sudo().order_line.move_ids

        def quantity():
            return sum(
                order.sudo()
                .order_line.move_ids.filtered(lambda m: m.state != "cancel")
                .mapped("product_uom_qty")
            )

        self.assertEqual(quantity(), 4)
        order.order_line.product_uom_qty = 7
        self._end_of_transaction()
        self.assertEqual(quantity(), 4)
        self.assertEqual(order.review_state, "running")
        self._sign(order, "sales", *self.signers.keys() - {"sales"})
        self._state(order)
        self._run_worker()
        self.assertEqual(quantity(), 7)
        self.assertTrue(launched.exists())
        order.order_line.product_uom_qty = 5
        self._end_of_transaction()
        self.assertEqual(quantity(), 5)

    # -- taking back ----------------------------------------------------------------

    def test_taken_back_while_nothing_was_done(self):
        """[DEP-2] transfers are cancelled and the order is held again; released once
        more, everything starts again."""
        order = self._held()
        self._state(order)
        self._run_worker()
        picking = order.sudo().picking_ids
        take_back_effect(order.sudo())
        self.assertEqual((order.effect_state, picking.state), ("held", "cancel"))
        order.sudo()._release()
        moves = order.sudo().order_line.move_ids.filtered(lambda m: m.state != "cancel")
        self.assertEqual(sum(moves.mapped("product_uom_qty")), 4)

    def test_alarm_when_work_has_begun(self):
        """[DEP-2] what was done cannot be undone: an alarm with an owner."""
        order = self._held()
        self._state(order)
        self._run_worker()
        picking = order.sudo().picking_ids
        picking.move_ids.write({"quantity": 4, "picked": True})
        picking.button_validate()
        take_back_effect(order.sudo())
        self.assertEqual(order.effect_state, "effective")
        self.assertIn(picking.name, order.sudo().activity_ids.note)

    def test_cancelled_order_is_not_held(self):
        order = self._held()
        order.action_cancel()
        self.assertFalse(order.effect_state or order.effect_is_ready)
