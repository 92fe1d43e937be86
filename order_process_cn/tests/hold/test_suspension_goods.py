from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..shipping.shipping_common import ShippingCommon
from .hold_common import HoldMixin

SAID = "is suspended: The customer asked for it"


@tagged("post_install", "-at_install")
class TestSuspendedGoods(HoldMixin, ShippingCommon):
    """[CFM-8] nothing that is suspended leaves, on no road, whatever its type."""

    def _make_scene(self):
        self.order = self._plain_order()
        self.picking = self.order.picking_ids
        self.move = self.picking.move_ids

    def _plain_order(self, lines=1, quantity=5):
        """Return a confirmed order that needs no release; its delivery is reserved."""
        order = self._order(quantity=quantity, lines=lines)
        order.action_confirm()
        order = order.sudo()
        order.picking_ids.action_assign()
        self.assertFalse(order.ships_on_release)
        return order

    def _write(self, records, **values):
        return lambda: self._rpc(self.stocker, records, "write", values)

    def test_suspended_refused_resumed_shipped(self):
        """[CFM-8] of a plain type: no release is asked for, and nothing leaves."""
        record = self._suspend(self.order)
        self.assertEqual(self.order.suspension_state, "whole")
        self.assertTrue(record.is_whole)
        self.assertEqual(record.user_id, self.sales_manager)
        self.assertStays(lambda: self._ship(self.order), SAID, self.order.name)
        self.assertIn(SAID, self.picking.suspension_note)
        self._resume(self.order, reason="He has paid")
        self.assertEqual(record.state, "resumed")
        self.assertEqual(record.resume_reason, "He has paid")
        self.assertFalse(self.order.suspension_state)
        self.assertFalse(self.picking.suspension_note)
        self._ship(self.order)
        self.assertEqual(self.order.order_line.qty_delivered, 5)

    def test_guarded_goods(self):
        """[SHP-1] what was released stays as well; what is asked for waits and is let
        go by itself when the order is resumed."""
        order = self._shipping_order()
        release = self._let_go(order, 2)
        second = self._request(order, 1)
        self._suspend(order)
        self.assertStays(lambda: self._ship(order, 2), SAID)
        with self._refused("Not suspended"):
            second.with_user(self.finance).action_release()
        second._release_when_ready()
        with self._refused("nothing" if False else "are requested or released"):
            order.with_user(self.salesman).action_request_shipping()
        self._run_worker()
        self.assertEqual((release.state, second.state), ("released", "requested"))
        self.assertEqual(order.shipping_release_ids, release | second)
        self._resume(order)
        self._run_worker()
        self.assertEqual(second.state, "released")
        self.assertTrue(order.shipping_release_ids - release - second)
        self._ship(order, 3)

    # -- roads, as the least-privileged user -------------------------------------------

    def test_states_written_by_hand(self):
        self._suspend(self.order)
        self.assertStays(self._write(self.move, state="done"), SAID)
        self.assertStays(self._write(self.picking, state="done"), SAID)
        self.assertStays(self._write(self.picking.move_line_ids, state="done"), SAID)

    def test_a_hostile_context(self):
        self._suspend(self.order)
        self.move.picked = True
        context = {"skip_sanity_check": True, "skip_backorder": True, "active_test": 0}
        picking = self.picking.with_user(self.stocker).with_context(**context)
        self.assertStays(picking.button_validate, SAID)
        self.assertStays(picking._action_done, SAID)

    def test_moves_cannot_be_hung_elsewhere(self):
        """[CFM-8] on another order, on none, or with other goods."""
        self._suspend(self.order)
        other = self._plain_order()
        product = self.env["product.product"].create({"name": "Another"})
        for values in (
            {"sale_line_id": other.order_line.id},
            {"sale_line_id": False},
            {"product_id": product.id},
        ):
            self.assertStays(self._write(self.move, **values), SAID)

    def test_goods_without_a_line(self):
        """[CFM-8] what is put on its transfer without an order line waits with it."""
        self._suspend(self.order)
        values = {
            "picking_id": self.picking.id,
            "product_id": self.env["product.product"].create({"name": "Gift"}).id,
            "quantity": 1,
            "picked": True,
        }
        line = self.env["stock.move.line"]
        # core has an order line made for it by whoever may
        groups = "stock.group_stock_user,sales_team.group_sale_salesman_all_leads"
        user = self._user("sells_and_ships", groups)
        self._rpc(user, line, "create", [values])
        self.move.quantity = 0
        self.picking.move_ids.filtered(lambda move: move.quantity).picked = True
        self.assertStays(lambda: self._rpc(user, self.picking, "button_validate"), SAID)

    def test_a_delivery_that_ends_inside(self):
        self._suspend(self.order)
        shelf = self.env["stock.location"].create(
            {"name": "Shelf", "location_id": self.stock.id}
        )
        self.picking.move_line_ids.location_dest_id = shelf
        self.assertStays(lambda: self._ship(self.order), SAID)

    def test_a_split_transfer(self):
        self.move.quantity = 3
        self._suspend(self.order)
        self.picking.with_user(self.stocker).action_split_transfer()
        self.assertEqual(len(self.order.picking_ids), 2)
        for picking in self.order.picking_ids:
            picking.action_assign()
            picking.move_ids.picked = True
            self.assertStays(picking.with_user(self.stocker).button_validate, SAID)

    def test_more_of_what_has_left(self):
        self._ship(self.order, 3)
        self._suspend(self.order)
        done = self.order.picking_ids.filtered(lambda p: p.state == "done")
        done.is_locked = False
        self.assertStays(self._write(done.move_line_ids, quantity=4), SAID)

    def test_what_comes_back(self):
        """[CFM-8] a return is no shipment."""
        self._ship(self.order)
        self._suspend(self.order)
        done = self.order.picking_ids
        wizard = (
            self.env["stock.return.picking"]
            .with_context(active_id=done.id, active_model="stock.picking")
            .create({})
        )
        wizard.product_return_moves.quantity = 2
        back = self.env["stock.picking"].browse(
            wizard.action_create_returns()["res_id"]
        )
        back.action_assign()
        back.with_user(self.stocker).button_validate()
        self.assertEqual(self.order.order_line.qty_delivered, 3)

    # -- lines -------------------------------------------------------------------------

    def test_single_lines(self):
        """[CFM-8] one of two lines: the other leaves."""
        order = self._plain_order(lines=2)
        first, second = order.order_line
        self._suspend(order, first)
        self.assertEqual(order.suspension_state, "part")
        self.assertEqual(order.order_line.mapped("is_suspended"), [True, False])
        self.assertStays(lambda: self._ship(order), SAID)
        picking = order.picking_ids
        picking.move_ids.picked = False
        second.move_ids.picked = True
        first.move_ids.quantity = 0
        picking = picking.with_user(self.stocker)
        result = self._rpc(self.stocker, picking, "button_validate")
        self.env[result["res_model"]].with_user(self.stocker).with_context(
            **result["context"]
        ).create({"pick_ids": [Command.set(picking.ids)]}).process()
        self.assertEqual(order.order_line.mapped("qty_delivered"), [0, 5])
        self._resume(order)
        order.picking_ids.action_assign()
        self._ship(order)
        self.assertEqual(order.order_line.mapped("qty_delivered"), [5, 5])

    def test_some_lines_go_on(self):
        """[CFM-8] the rest stays suspended, for the same reason."""
        order = self._plain_order(lines=2)
        first, second = order.order_line
        record = self._suspend(order)
        self._resume(order, first)
        self.assertEqual(order.order_line.mapped("is_suspended"), [False, True])
        self.assertEqual(order.suspension_state, "part")
        rest = order.suspension_ids - record
        self.assertEqual((rest.line_ids, rest.reason), (second, record.reason))
        with self._refused("suspended already"):
            self._suspend(order, second)
        self._resume(order, second)
        self.assertFalse(order.suspension_state)

    def test_proposals_leave_suspended_lines_out(self):
        order = self._shipping_order(lines=2)
        first, second = order.order_line
        self._suspend(order, first)
        self._run_worker()
        release = order.shipping_release_ids
        self.assertEqual(release.line_ids.order_line_id, second)
        release.with_user(self.salesman).action_request()
        release.with_user(self.finance).action_release()
        picking = order.picking_ids
        first.move_ids.quantity = 0
        second.move_ids.picked = True
        picking.with_user(self.stocker).with_context(
            skip_backorder=True, picking_ids_not_to_backorder=[]
        ).button_validate()
        self.assertEqual(second.qty_delivered, 5)

    # -- reservations ------------------------------------------------------------------

    def test_reservations_are_kept(self):
        self._suspend(self.order)
        self.assertEqual(self.move.state, "assigned")

    def test_reservations_are_given_back(self):
        """[CFM-8] free for others, and not reserved again by scheduler or button."""
        self._suspend(self.order, reservations="give")
        self.assertEqual((self.move.state, self.move.quantity), ("confirmed", 0))
        self.env["stock.rule"].run_scheduler()
        self._rpc(self.stocker, self.picking, "action_assign")
        self.assertEqual((self.move.state, self.move.quantity), ("confirmed", 0))
        with self.assertRaises(AccessError):
            self._write(self.move, is_given_back=False)()
        other = self._plain_order()
        self.assertEqual(other.picking_ids.state, "assigned")
        self._resume(self.order)
        self.assertEqual((self.move.state, self.move.quantity), ("assigned", 5))
        self._ship(self.order)

    # -- cancelling --------------------------------------------------------------------

    def test_cancelled(self):
        """[CFM-8] an order may be cancelled meanwhile, and begins anew unsuspended."""
        record = self._suspend(self.order, reservations="give")
        self.order.with_user(self.salesman)._action_cancel()
        self.assertEqual((self.order.state, record.state), ("cancel", "cancelled"))
        self.assertFalse(self.order.suspension_state)
        self.assertFalse(self.order.order_line.is_suspended)
        self.order.action_draft()
        self.order.action_confirm()
        new = self.order.picking_ids.filtered(lambda p: p.state != "cancel")
        new.action_assign()
        self._ship(self.order)
        self.assertEqual(self.order.order_line.qty_delivered, 5)

    # -- what it costs -----------------------------------------------------------------

    def test_an_order_without_suspension_costs_nothing(self):
        """[CFM-8] the columns that the gates ask stand on rows that are read anyway."""
        orders = [self._plain_order(lines=5) for _number in range(2)]
        counts = []
        for order in orders:
            picking = order.picking_ids.with_user(self.stocker)
            picking.move_ids.picked = True
            self._begin()
            before = self.env.cr.sql_log_count
            picking.button_validate()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        lines = self.env.registry["stock.move.line"]
        check = lines._check_not_suspended
        self.addCleanup(setattr, lines, "_check_not_suspended", check)
        lines._check_not_suspended = lambda self, is_gone=True: None
        order = self._plain_order(lines=5)
        picking = order.picking_ids.with_user(self.stocker)
        picking.move_ids.picked = True
        self._begin()
        before = self.env.cr.sql_log_count
        picking.button_validate()
        self.env.flush_all()
        self.assertLessEqual(counts[1], self.env.cr.sql_log_count - before)


@tagged("post_install", "-at_install")
class TestSuspensionRights(HoldMixin, ShippingCommon):
    """[CFM-8] [SEC-1] by people of a group of its own, logged, for good."""

    def _make_scene(self):
        self.order = self._shipping_order()

    def test_only_the_group(self):
        wizard = {"order_id": self.order.id, "mode": "suspend", "reason": "No"}
        for user in (self.salesman, self.stocker, self.finance):
            with self.assertRaises(AccessError):
                self._rpc(user, self.env["order.suspension.wizard"], "create", [wizard])
            with self.assertRaises(AccessError):
                self.env["order.suspension"].with_user(user)._suspend(
                    self.order, self.order.order_line.browse(), "No"
                )

    def test_nobody_writes_what_is_suspended(self):
        record = self._suspend(self.order)
        line = self.order.order_line
        for user in (self.salesman, self.sales_manager):
            for records, values in (
                (self.order, {"suspension_state": False}),
                (line, {"is_suspended": False}),
                (record, {"state": "resumed"}),
                (record, {"reason": "Another"}),
            ):
                with self.assertRaises(AccessError):
                    self._rpc(user, records, "write", values)
            with self.assertRaises(AccessError):
                self._rpc(user, record, "unlink")
        with self.assertRaises(UserError):
            record.sudo().reason = "Another"
        with self.assertRaises(UserError):
            record.sudo().unlink()

    def test_a_reason_is_said(self):
        for reason in (False, "", "  "):
            with self._refused("Say why"):
                self._suspend(self.order, reason=reason)
        with self._refused("is not confirmed"):
            self._suspend(self._order())
        with self._refused("Choose lines of"):
            self._suspend(self.order, self._shipping_order().order_line)
        with self._refused("is not suspended"):
            self._resume(self.order)

    def test_another_company(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = self._user("stranger", "sales_team.group_sale_manager")
        stranger.write(
            {"company_ids": [Command.set(company.ids)], "company_id": company.id}
        )
        with self.assertRaises(AccessError):
            self._suspend(self.order, user=stranger)
        self.assertFalse(self.order.suspension_state)

    def test_a_copy_is_free(self):
        self._suspend(self.order)
        copy = self.order.copy()
        self.assertFalse(copy.suspension_state)
        self.assertFalse(copy.order_line.is_suspended)

    def test_logged_and_told_by_choice(self):
        """[CFM-8] on order and transfer; the customer only if somebody says so."""
        self._suspend(self.order)
        customer = self.order.partner_id
        log = self.order.message_ids[0]
        self.assertIn("The customer asked for it", log.body)
        self.assertEqual(log.author_id, self.sales_manager.partner_id)
        self.assertIn("asked for it", self.order.picking_ids.message_ids[0].body)
        told = self.order.message_ids.filtered(lambda m: customer in m.partner_ids)
        self.assertFalse(told)
        self._resume(self.order, tells_customer=True)
        told = self.order.message_ids.filtered(lambda m: customer in m.partner_ids)
        self.assertIn("goes on from today", told.body)
        self.assertEqual(told.subtype_id, self.env.ref("mail.mt_comment"))
