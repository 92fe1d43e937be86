import base64

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ..shipping.shipping_common import ShippingCommon

UNCHECKED = "not packed and checked yet"
CHANGED = "something is another"
PICTURE = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA"
    "AABJRU5ErkJggg=="
)


@tagged("post_install", "-at_install")
class TestPackingCheck(ShippingCommon):
    """[SHP-7] goods leave when somebody has compared what is packed with the order."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order_type.asks_packing_check = True
        cls.elsewhere = cls.env["res.partner"].create(
            {"name": "Site", "street": "9 Far Road", "phone": "010-999"}
        )

    def _make_scene(self):
        self.order = self._shipping_order()
        self.release = self._let_go(self.order)
        self.picking = self.order.picking_ids
        self.checks = self.env["order.packing.check"]

    def _question(self, picking=None, user=None):
        """Open the question as the button does."""
        picking = (picking or self.picking).with_user(user or self.stocker)
        action = picking.action_check_packing()
        return Form.from_action(self.env(user=user or self.stocker), action)

    def _count(self, form, *packed):
        for number, quantity in enumerate(packed):
            with form.line_ids.edit(number) as line:
                line.packed_qty = quantity
        form.is_receiver_right = True
        return form.save()

    def _pass(self, picking=None, quantity=5):
        self._count(self._question(picking), quantity).action_confirm()

    def _validating(self):
        return lambda: self._ship(self.order)

    # -- the straight road -------------------------------------------------------------

    def test_packed_then_shipped(self):
        """[SHP-7] unchecked it stays; checked it leaves; the check says who, when and
        what was counted."""
        self.assertEqual(self.picking.packing_state, "to_check")
        self.assertStays(self._validating(), UNCHECKED, self.picking.name)
        form = self._question()
        self.assertIn("1 Pump Road", form.order_receiver)
        self.assertIn("021-5555", form.order_receiver)
        self.assertEqual(form.order_receiver, form.transfer_receiver)
        form.packages = 3
        form.photo = PICTURE
        self._count(form, 5).action_confirm()
        check = self.picking.packing_check_ids
        self.assertEqual((check.user_id, check.result), (self.stocker, "ok"))
        self.assertEqual(check.packages, 3)
        self.assertEqual(check.line_ids.packed_qty, 5)
        self.assertEqual(check.evidence_ids.raw, base64.b64decode(PICTURE))
        self.assertEqual(self.picking.packing_state, "checked")
        self._ship(self.order)
        self.assertEqual(self.order.order_line.qty_delivered, 5)
        self.assertEqual(self.picking.packing_state, "checked")

    def test_without_a_release(self):
        """[SHP-7] P16: the type asks for the check, whether or not its goods leave on a
        release; goods of other types leave as they are."""
        self.order_type.asks_shipping_release = False
        plain = self._shipping_order()
        self.assertFalse(plain.ships_on_release)
        self.assertEqual(plain.picking_ids.packing_state, "to_check")
        self.assertStays(lambda: self._ship(plain), UNCHECKED, plain.picking_ids.name)
        self._pass(plain.picking_ids)
        self._ship(plain)
        self.assertEqual(plain.order_line.qty_delivered, 5)
        self.order_type.asks_packing_check = False
        other = self._shipping_order()
        self.assertFalse(other.picking_ids.packing_state)
        self._ship(other)

    def test_one_touch_for_all(self):
        form = self._question()
        with form.line_ids.edit(0) as line:
            line.is_all = True
            self.assertEqual(line.packed_qty, 5)
        form.is_receiver_right = True
        form.save().action_confirm()
        self.assertEqual(self.picking.packing_check_ids.result, "ok")

    def test_a_difference_stops(self):
        """[SHP-7] it is kept, and stops until it is checked again."""
        wizard = self._count(self._question(), 4)
        with self._refused("4 Units packed, 5 Units on the transfer"):
            wizard.action_confirm()
        wizard.action_stop()
        self.assertEqual(self.picking.packing_state, "difference")
        self.assertStays(self._validating(), "found a difference", "4 Units packed")
        self._pass()
        self._ship(self.order)
        self.assertEqual(self.order.order_line.qty_delivered, 5)
        self.assertEqual(
            self.picking.packing_check_ids.mapped("result"), ["ok", "difference"]
        )

    def test_a_difference_is_said(self):
        """[SHP-7] where the count is right somebody says what is wrong."""
        wizard = self._count(self._question(), 5)
        with self._refused("Say in the remark"):
            wizard.action_stop()
        wizard.remark = "Case is wet"
        wizard.action_stop()
        self.assertStays(self._validating(), "Case is wet")

    def test_nobody_compared_the_receiver(self):
        form = self._question()
        with form.line_ids.edit(0) as line:
            line.packed_qty = 5
        with self._refused("nobody has compared"):
            form.save().action_confirm()

    def test_another_receiver(self):
        """[SHP-7] the transfer goes elsewhere: it cannot be found right."""
        self.picking.partner_id = self.elsewhere
        form = self._question()
        self.assertIn("9 Far Road", form.transfer_receiver)
        with form.line_ids.edit(0) as line:
            line.packed_qty = 5
        wizard = form.save()
        wizard.is_receiver_right = True
        with self._refused("is not that of the order"):
            wizard.action_confirm()

    # -- what was checked is what leaves -----------------------------------------------

    def test_whatever_changes_is_checked_again(self):
        """[SHP-7] quantity, receiver of the transfer or of the order, address and phone
        behind them."""
        changes = {
            "less": lambda: self.picking.move_ids.write({"quantity": 3}),
            "receiver": lambda: self.picking.write({"partner_id": self.elsewhere.id}),
            "of the order": lambda: self.order.write(
                {"partner_shipping_id": self.elsewhere.id}
            ),
            "street": lambda: self.partner.write({"street": "2 Pump Road"}),
            "phone": lambda: self.partner.write({"phone": "021-6666"}),
        }
        for name, change in changes.items():
            with self.subTest(name), self.cr.savepoint() as savepoint:
                self._pass()
                change()
                self.env.flush_all()
                self.assertEqual(self.picking.packing_state, "changed")
                self.assertStays(self._validating(), CHANGED)
                savepoint.rollback()
                self.env.invalidate_all()

    def _line_values(self, product):
        return {
            "picking_id": self.picking.id,
            "product_id": product.id,
            "quantity": 1,
            "location_id": self.stock.id,
            "location_dest_id": self.customers.id,
        }

    def test_each_language_checks_the_same(self):
        """[SHP-7] what one checks in Chinese another ships in English."""
        self.partner.country_id = self.env.ref("base.cn")
        self.env["res.lang"]._activate_lang("zh_CN")
        self.stocker.lang = "zh_CN"
        self._pass()
        self.stocker.lang = "en_US"
        self._ship(self.order)
        self.assertEqual(self.order.order_line.qty_delivered, 5)

    def test_each_transfer_for_itself(self):
        """[SHP-7] a backorder is packed and checked anew."""
        self.picking.move_ids.write({"quantity": 2, "picked": True})
        self._pass(quantity=2)
        self._ship(self.order, 2)
        self.assertStays(self._validating(), UNCHECKED)
        rest = self.order.picking_ids - self.picking
        self._pass(rest, 3)
        self._ship(self.order)
        self.assertEqual(self.order.order_line.qty_delivered, 5)

    def test_split_after_the_check(self):
        """[SHP-7] nor does what was split off."""
        self._pass()
        self.picking.move_ids.write({"quantity": 2})
        self.picking.with_user(self.stocker).action_split_transfer()
        for picking in self.order.picking_ids:
            self.assertStays(
                picking.with_user(self.stocker).button_validate, picking.name
            )

    def test_correcting_what_has_left(self):
        """[SHP-7] a correction asks no check; what is added does."""
        self._pass()
        self._ship(self.order)
        self.picking.is_locked = False
        line = self.picking.move_line_ids
        self._rpc(self.stocker, line, "write", {"quantity": 3})
        self.assertEqual(self.order.order_line.qty_delivered, 3)
        values = {**self._line_values(self.product), "quantity": 1}
        self.assertStays(
            lambda: self._rpc(
                self.stocker, self.env["stock.move.line"], "create", [values]
            ),
            CHANGED,
        )

    # -- other roads, as the least-privileged user -------------------------------------

    def test_states_written_by_hand(self):
        """[SHP-7] [SEC-1] K2: the check is asked where goods leave in the books."""
        for records in (self.picking.move_ids, self.picking):
            self.assertStays(
                lambda records=records: self._rpc(
                    self.stocker, records, "write", {"state": "done"}
                )
            )
        picking = self.picking.with_user(self.stocker)
        hostile = picking.with_context(skip_sanity_check=True, skip_backorder=True)
        self.assertStays(hostile.button_validate, UNCHECKED)
        hostile.move_ids.picked = True
        self.assertStays(hostile._action_done, UNCHECKED)

    def test_without_a_transfer(self):
        """[SHP-7] a move for the order that stands on no transfer."""
        self.picking.action_cancel()
        move = self.env["stock.move"].create(
            {
                "product_id": self.product.id,
                "product_uom_qty": 5,
                "quantity": 5,
                "picked": True,
                "location_id": self.stock.id,
                "location_dest_id": self.customers.id,
                "sale_line_id": self.order.order_line.id,
            }
        )
        self.assertStays(move._action_done, "without a transfer")

    def test_checks_are_the_engine_s(self):
        """[SHP-7] [SEC-1] nobody makes, alters or deletes one."""
        self._pass()
        check = self.picking.packing_check_ids
        values = {
            "picking_id": self.picking.id,
            "order_id": self.order.id,
            "user_id": self.stocker.id,
            "result": "ok",
        }
        line = check.line_ids
        for call in (
            lambda: self._rpc(self.stocker, self.checks, "create", [values]),
            lambda: self._rpc(self.stocker, check, "write", {"result": "ok"}),
            lambda: self._rpc(self.stocker, check, "unlink"),
            lambda: self._rpc(self.stocker, line, "write", {"packed_qty": 1}),
            lambda: self._rpc(self.stocker, line, "unlink"),
            lambda: self._rpc(
                self.stocker,
                self.picking,
                "write",
                {"packing_check_ids": [Command.clear()]},
            ),
            lambda: check.sudo().write({"result": "difference"}),
            lambda: check.sudo().unlink(),
            lambda: line.sudo().write({"packed_qty": 1}),
        ):
            with self.assertRaises(UserError), self.cr.savepoint():
                call()
                self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(check.result, "ok")

    def test_what_a_client_says_is_expected_does_not_count(self):
        """[SHP-7] [SEC-1] the question is filled in by hand: the transfer says what is
        expected."""
        wizard = self.env["order.packing.wizard"].with_user(self.stocker)
        forged = wizard.create(
            {
                "picking_id": self.picking.id,
                "is_receiver_right": True,
                "line_ids": [
                    Command.create(
                        {
                            "product_id": self.product.id,
                            "expected_qty": 1,
                            "packed_qty": 1,
                        }
                    )
                ],
            }
        )
        with self._refused("1 Units packed, 5 Units on the transfer"):
            self._rpc(self.stocker, forged, "action_confirm")

    def test_who_may_check(self):
        """[SHP-7] the warehouse; sales writes transfers and checks nothing."""
        with self.assertRaises(AccessError):
            self._question(user=self.salesman)
        other = self.env["res.company"].create({"name": "Elsewhere"})
        foreign = self._user("foreign", "stock.group_stock_user")
        foreign.write({"company_ids": [Command.set(other.ids)], "company_id": other.id})
        with self.assertRaises(AccessError):
            self._question(user=foreign)
        with self.assertRaises(AccessError):
            self.env["order.packing.wizard"].with_user(foreign).create(
                {"picking_id": self.picking.id}
            ).action_stop()
        self._pass()
        checks = self.checks.with_user(foreign).with_context(allowed_company_ids=[])
        self.assertFalse(checks.search([]))
        self.assertTrue(self.checks.with_user(self.salesman).search([]))

    def test_the_photo_is_a_picture(self):
        form = self._question()
        form.photo = base64.b64encode(b"#!/bin/sh")
        with self._refused("no picture"):
            self._count(form, 5).action_confirm()

    # -- who is not asked --------------------------------------------------------------

    def test_types_that_do_not_ask(self):
        self.order_type.asks_packing_check = False
        self.assertFalse(self.picking.packing_state)
        with self._refused("Nothing has to be packed"):
            self._question()
        self._ship(self.order)
        self.assertEqual(self.order.order_line.qty_delivered, 5)

    def test_straight_from_the_supplier(self):
        """[SHP-7] what never was here is packed by the supplier."""
        line = self.picking.move_line_ids
        line.location_id = self.env.ref("stock.stock_location_suppliers")
        self.picking.move_ids.picked = True
        self._ship(self.order)
        self.assertEqual(self.order.order_line.qty_delivered, 5)

    # -- where it is shown -------------------------------------------------------------

    def test_the_checklist_of_the_release(self):
        """[SHP-7] packed stands among what the release waits for."""

        def met():
            self.env.invalidate_all()
            conditions = self.release.order_checklist["conditions"]
            return next(c["met"] for c in conditions if c["code"] == "packed")

        self.assertFalse(met())
        release = self.release.with_user(self.stocker)
        action = self._rpc(self.stocker, release, "action_check_packing")
        self.assertEqual(action["context"]["default_picking_id"], self.picking.id)
        self._pass()
        self.assertTrue(met())
