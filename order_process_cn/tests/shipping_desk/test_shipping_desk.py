from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from ..shipping.shipping_common import ShippingCommon


@tagged("post_install", "-at_install")
class TestShippingDesk(ShippingCommon):
    """[SHP-1] the desk: each release in its group, and many shipped at once."""

    def _group(self, release):
        self._run_worker()
        self.env.invalidate_all()
        return release.desk_group

    def _check(self, picking):
        action = picking.with_user(self.stocker).action_check_packing()
        wizard = self.env["order.packing.wizard"].with_user(self.stocker)
        wizard = wizard.with_context(action["context"]).create(
            {"is_receiver_right": True}
        )
        for line in wizard.line_ids:
            line.packed_qty = line.expected_qty
        wizard.action_confirm()

    # -- groups ------------------------------------------------------------------------

    def test_from_request_to_shipped(self):
        """[SHP-1] a group for each step, stored."""
        self.order_type.asks_packing_check = True
        order = self._shipping_order()
        self._run_worker()
        release = order.shipping_release_ids
        self.assertEqual(release.desk_group, "to_request")
        release.with_user(self.salesman).action_request()
        self.assertEqual(release.desk_group, "finance")
        release.with_user(self.finance).action_release()
        self.assertEqual(release.desk_group, "to_pack")
        self._check(order.picking_ids)
        self.assertEqual(self._group(release), "ready")
        self._ship(order)
        self.assertEqual(self._group(release), "shipped")

    def test_refused_and_cancelled(self):
        release = self._request(self._shipping_order())
        release.with_user(self.finance).action_refuse()
        self.assertEqual(release.desk_group, "to_request")
        release.with_user(self.salesman).action_cancel()
        self.assertFalse(release.desk_group)

    def test_waiting_for_money(self):
        """[SHP-1] [DEP-5] let go, and the money is lost again before they leave."""
        order = self._shipping_order()
        order.payment_term_id = self.customer_terms
        payment = self._advance(order, order.amount_total)
        release = self._let_go(order)
        self.assertEqual(self._group(release), "ready")
        payment.action_cancel()
        self.assertEqual(self._group(release), "money")

    def test_nothing_is_ready(self):
        order = self._shipping_order()
        release = self._let_go(order)
        order.picking_ids.do_unreserve()
        order._mark_for_recheck("shipping")
        self.assertEqual(self._group(release), "goods")
        order.picking_ids.action_assign()
        self.assertEqual(self._group(release), "ready")

    def test_expired_by_itself(self):
        """[SHP-8] the day after its last day it is stopped, whoever looks."""
        with freeze_time("2026-05-18 08:00"):
            order = self._shipping_order()
            action = order.with_user(self.salesman).action_request_shipping()
            release = self.env["order.shipping.release"].browse(action["res_id"])
            release.with_user(self.salesman).valid_until = date(2026, 5, 19)
            release.with_user(self.salesman).action_request()
            release.with_user(self.finance).action_release()
            self.assertEqual(self._group(release), "ready")
        with freeze_time("2026-05-20 08:00"):
            self.assertEqual(self._group(release), "stopped")

    def test_the_desk_shows_every_column(self):
        self._let_go(self._shipping_order())
        desk = self.env["order.shipping.release"].with_context(read_group_expand=True)
        found = desk.web_read_group(
            [("order_id.company_id", "=", self.company.id)], ["desk_group"]
        )
        groups = [group["desk_group"] for group in found["groups"]]
        self.assertEqual(
            [group for group in groups if group],
            ["to_request", "finance", "money", "stopped", "goods", "to_pack", "ready"],
        )
        # on a phone one column fills the screen: My Day asks for what is released
        found = desk.web_read_group(
            [("order_id.company_id", "=", self.company.id), ("state", "=", "released")],
            ["desk_group"],
            ["__count"],
        )
        self.assertTrue(found["groups"])
        self.assertTrue(all(group["__count"] for group in found["groups"]))

    def test_lists_ask_no_condition(self):
        """[PRF-1] a list costs the same, however many wait for whatever."""

        def count(releases):
            self.env.invalidate_all()
            own = releases.with_user(self.stocker)
            before = self.env.cr.sql_log_count
            own.web_read({"display_name": {}, "desk_group": {}, "state": {}})
            return self.env.cr.sql_log_count - before

        releases = self.env["order.shipping.release"].concat(
            *(self._let_go(self._shipping_order(1)) for _number in range(6))
        )
        count(releases)
        self.assertEqual(count(releases[:1]), count(releases))

    def test_whose_group_it_is(self):
        """[SEC-1] the engine's: nobody enters it."""
        release = self._let_go(self._shipping_order())
        for user in (self.salesman, self.finance, self.stocker):
            with self.assertRaises(AccessError):
                self._rpc(user, release, "write", {"desk_group": "shipped"})

    # -- many at once ------------------------------------------------------------------

    def _ship_all(self, user=None):
        desk = self.env["order.shipping.release"].with_user(user or self.stocker)
        action = desk.action_ship_all_ready()
        self._run_worker()
        self.env.invalidate_all()
        return self.env["order.shipping.batch"].browse(action["res_id"])

    def test_all_that_is_ready(self):
        """[SHP-1] one that fails never stops the others; the list says why."""
        good = [self._shipping_order(2) for _number in range(2)]
        bad = self._shipping_order(3)
        releases = [self._let_go(order) for order in (*good, bad)]
        self._run_worker()
        # more is taken than was let go
        bad.picking_ids.move_ids.quantity = 4
        batch = self._ship_all()
        self.assertEqual(batch.state, "done")
        self.assertEqual((batch.count_done, batch.count_failed), (2, 1))
        self.assertEqual([order.order_line.qty_delivered for order in good], [2, 2])
        self.assertEqual(bad.order_line.qty_delivered, 0)
        failed = batch.line_ids.filtered(lambda line: line.state == "failed")
        self.assertEqual(failed.release_id, releases[2])
        self.assertIn("4 Units would have left, 3 Units may", failed.message)
        shipped = batch.line_ids - failed
        self.assertEqual(shipped.picking_ids, good[0].picking_ids + good[1].picking_ids)
        self.assertEqual(
            shipped.picking_ids.move_ids.move_line_ids.mapped("write_uid"), self.stocker
        )
        self.assertEqual([r.desk_group for r in releases[:2]], ["shipped", "shipped"])

    def test_short_within_the_tolerance(self):
        """[SHP-8] the question about a backorder is answered as it is proposed."""
        self.order_type.shipping_short_percent = 10
        near, far = self._shipping_order(100), self._shipping_order(100)
        self.env["stock.quant"]._update_available_quantity(
            self.product, self.stock, 500
        )
        for order, quantity in ((near, 95), (far, 50)):
            self._let_go(order)
            order.picking_ids.move_ids.quantity = quantity
        self._run_worker()
        batch = self._ship_all()
        self.assertEqual(batch.line_ids.mapped("message"), [False, False])
        self.assertEqual(batch.count_done, 2)
        self.assertEqual((len(near.picking_ids), len(far.picking_ids)), (1, 2))

    def test_what_somebody_ships_already(self):
        self._let_go(self._shipping_order())
        self._run_worker()
        ship = self.env["order.shipping.release"].with_user(self.stocker)
        ship.action_ship_all_ready()
        with self._refused("being shipped"):
            ship.action_ship_all_ready()

    def test_who_may(self):
        """[SEC-1] the warehouse, of its company, and no list of another."""
        release = self._let_go(self._shipping_order())
        self._run_worker()
        for user in (self.salesman, self.finance):
            with self.assertRaises(AccessError):
                self._rpc(user, release, "action_ship")
        other = self.env["res.company"].create({"name": "Elsewhere"})
        foreign = self._user("foreign", "stock.group_stock_user")
        foreign.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        with self.assertRaises(AccessError):
            release.with_user(foreign).with_context(
                allowed_company_ids=other.ids
            ).action_ship()
        batch = self._ship_all()
        seen = batch.with_user(foreign).with_context(allowed_company_ids=other.ids)
        self.assertFalse(seen.search([]))
        lines = seen.env["order.shipping.batch.line"]
        self.assertFalse(lines.search([]))

    def test_whoever_lost_the_right_meanwhile(self):
        """[SEC-1] the worker ships in the name of whoever pressed the button."""
        order = self._shipping_order()
        release = self._let_go(order)
        release.with_user(self.stocker).action_ship()
        self.stocker.group_ids -= self.env.ref("stock.group_stock_user")
        self._run_worker()
        batch = self.env["order.shipping.batch"].search([], limit=1)
        self.assertEqual(batch.count_failed, 1)
        self.assertEqual(order.order_line.qty_delivered, 0)
