from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .test_launch import LaunchCommon


@tagged("post_install", "-at_install")
class TestRoadsOut(LaunchCommon):
    """[REV-5] K1: an order that is left takes its transfers with it."""

    def test_cancelled_by_any_road(self):
        for conditions in (True, False):
            order = self._reviewed(conditions=conditions)
            order.write({"state": "cancel"})
            self.assertEqual(order.picking_ids.mapped("state"), ["cancel"])
            self.assertFalse(order.effect_state)

    def test_cancelled_by_rpc(self):
        """A salesperson has no right on transfers; what follows is the engine's."""
        order = self._reviewed()
        self._rpc(self.salesman, order, "write", {"state": "cancel"})
        self.assertEqual(order.sudo().picking_ids.mapped("state"), ["cancel"])

    def test_what_was_shipped_stays(self):
        order = self._reviewed()
        picking = self._ship(order, 4)
        order.write({"state": "cancel"})
        self.assertEqual(picking.state, "done")

    def test_no_road_back_without_cancelling(self):
        order = self._reviewed()
        for state in ("draft", "sent"):
            with self.assertRaisesRegex(UserError, "Cancel"):
                self._rpc(self.salesman, order, "write", {"state": state})
        order.write({"state": "cancel"})
        self._rpc(self.salesman, order, "action_draft")
        self.assertEqual(order.state, "draft")

    def test_cancelling_forgets_what_was_held_back(self):
        order = self._reviewed()
        order.order_line.product_uom_qty = 9
        order.write({"state": "cancel"})
        self.assertFalse(order.order_line.held_quantity)


@tagged("post_install", "-at_install")
class TestServedByHand(LaunchCommon):
    """[CFM-3] K12: nothing made by hand serves an order that may not be served."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.worker = cls._user(
            "worker",
            "stock.group_stock_user,mrp.group_mrp_user,purchase.group_purchase_user",
        )

    def _closed_orders(self):
        """Yield orders that nothing may serve."""
        line = [self._line(self.pump, 4)]
        unsubmitted = self._order(order_line=line)
        running = self._submit(order_line=line)
        declined = self._submit(order_line=line)
        self._sign(declined, "sales", decision="decline", opinion="No")
        held = self._approve(order_line=line)
        held.action_confirm()
        cancelled = self._reviewed()
        cancelled.write({"state": "cancel"})
        orders = {
            "unsubmitted": unsubmitted,
            "running": running,
            "declined": declined,
            "held": held,
            "cancelled": cancelled,
        }
        self.assertEqual(held.effect_state, "held")
        for name, order in orders.items():
            with self.subTest(order=name):
                yield order.sudo()

    def _move(self, **values):
        return {
            "product_id": self.pump.id,
            "product_uom_qty": 4,
            "location_id": self.warehouse.lot_stock_id.id,
            "location_dest_id": self.env.ref("stock.stock_location_customers").id,
            **values,
        }

    def _production(self, **values):
        return {"product_id": self.made.id, "product_qty": 4, **values}

    def _refused(self, model, values):
        with self.assertRaisesRegex(UserError, "serve"):
            self._rpc(self.worker, self.env[model], "create", [values])

    def test_transfer(self):
        for order in self._closed_orders():
            line = {"sale_line_id": order.order_line[0].id}
            self._refused("stock.move", self._move(**line))
            reference = self.env["stock.reference"].create(
                {"name": order.name, "sale_ids": [Command.link(order.id)]}
            )
            linked = {"reference_ids": [Command.link(reference.id)]}
            self._refused("stock.move", self._move(**linked))
            move = self.env["stock.move"].create(self._move())
            with self.assertRaisesRegex(UserError, "serve"):
                self._rpc(self.worker, move, "write", line)

    def test_revived_transfer(self):
        order = self._reviewed()
        moves = order.order_line.move_ids
        order.write({"state": "cancel"})
        with self.assertRaisesRegex(UserError, "serve"):
            self._rpc(self.worker, moves, "write", {"state": "assigned"})

    def test_production(self):
        for order in self._closed_orders():
            self._refused(
                "mrp.production",
                self._production(sale_line_id=order.order_line[0].id),
            )
            reference = self.env["stock.reference"].create(
                {"name": order.name, "sale_ids": [Command.link(order.id)]}
            )
            self._refused(
                "mrp.production",
                self._production(reference_ids=[Command.link(reference.id)]),
            )

    def test_purchase(self):
        vendor = self.env["res.partner"].create({"name": "Vendor"})
        for order in self._closed_orders():
            line = {
                "product_id": self.pump.id,
                "product_qty": 4,
                "sale_line_id": order.order_line[0].id,
            }
            self._refused(
                "purchase.order",
                {"partner_id": vendor.id, "order_line": [Command.create(line)]},
            )

    def test_returns_pass(self):
        """Goods come back from an order that was cancelled after its delivery."""
        order = self._reviewed()
        self._ship(order, 4)
        order.write({"state": "cancel"})
        move = self._move(sale_line_id=order.order_line[0].id)
        move["location_id"], move["location_dest_id"] = (
            move["location_dest_id"],
            move["location_id"],
        )
        self.assertTrue(
            self._rpc(self.worker, self.env["stock.move"], "create", [move])
        )

    def test_served_orders_pass(self):
        order = self._reviewed()
        line = {"sale_line_id": order.order_line[0].id}
        self._rpc(self.worker, self.env["stock.move"], "create", [self._move(**line)])
        self._rpc(
            self.worker,
            self.env["mrp.production"],
            "create",
            [self._production(**line)],
        )

    def test_plain_orders_are_plain(self):
        """A quotation that no procedure concerns is as in plain Odoo."""
        self.route.active = False
        self.order_type.requires_technical = False
        order = self._order(order_line=[self._line(self.pump, 4)])
        line = {"sale_line_id": order.order_line[0].id}
        self._rpc(self.worker, self.env["stock.move"], "create", [self._move(**line)])


@tagged("post_install", "-at_install")
class TestTypeInForce(LaunchCommon):
    """[CLS-3] K2: the type of a confirmed order stays; its review can be renewed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.chief = cls._user(
            "chief",
            "sales_team.group_sale_manager,order_process_cn.order_group_type_override",
        )
        cls.other_type = cls.env["order.type"].create({"name": "Other"})

    def test_type_is_frozen(self):
        for conditions in (True, False):
            order = self._reviewed(conditions=conditions)
            with self.assertRaisesRegex(UserError, "Cancel"):
                self._rpc(
                    self.chief,
                    order,
                    "write",
                    {
                        "order_type_id": self.other_type.id,
                        "order_type_reason": "Better",
                    },
                )

    def test_outdated_review_is_submitted_again(self):
        """Another route applies to the order as it is now."""
        self.route.domain = "[('amount_untaxed', '<', 1000)]"
        self._make_route([self._stage("Check", "sales")], name="Big", sequence=99)
        for conditions in (True, False):
            order = self._reviewed(conditions=conditions)
            order.order_line.product_uom_qty = 200
            self._end_of_transaction()
            self.assertEqual(order.review_state, "outdated")
            self.assertEqual(self._moving(order), 4)
            self.assertTrue(order.with_user(self.salesman).review_can_submit)
            self._submit(order)
            self._sign(order, "sales")
            self.assertEqual(order.review_state, "approved")
            if conditions:
                self._state(order)
            self._run_worker()
            self.assertEqual(self._moving(order), 200)


@tagged("post_install", "-at_install")
class TestGrace(LaunchCommon):
    """[DEP-2] K9: money that is missing for a moment undoes nothing."""

    def _effective(self):
        order = self._reviewed()
        rule = self.env["order.deposit.rule"].create(
            {"name": "Deposit", "percent": 30, "company_id": self.company.id}
        )
        order.write({"deposit_rule_id": rule.id, "deposit_agreed": 10})
        self._look(order)
        return order

    def _look(self, order):
        order._mark_for_recheck()
        self._run_worker()

    def test_owner_is_told_first(self):
        order = self._effective()
        self.assertEqual(order.effect_state, "effective")
        self.assertTrue(order.effect_lost_on)
        self.assertEqual(self._moving(order), 4)
        notes = " ".join(note for note in order.activity_ids.mapped("note") if note)
        self.assertIn("deposit", notes)

    def test_taken_back_after_the_grace(self):
        order = self._effective()
        hours = self.company.order_effect_grace_hours
        order.effect_lost_on = fields.Datetime.now() - timedelta(hours=hours, minutes=1)
        self._look(order)
        self.assertEqual(order.effect_state, "held")
        self.assertEqual(self._moving(order), 0)
        self.assertFalse(order.effect_lost_on)

    def test_money_that_is_back_ends_it(self):
        order = self._effective()
        order.deposit_agreed = 0
        order.deposit_rule_id = False
        self._look(order)
        self.assertEqual(order.effect_state, "effective")
        self.assertFalse(order.effect_lost_on)

    def test_without_a_grace(self):
        self.company.order_effect_grace_hours = 0
        order = self._effective()
        self.assertEqual(order.effect_state, "held")
