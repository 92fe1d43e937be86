from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .changes_common import ChangesCommon


@tagged("post_install", "-at_install")
class TestChangeRequest(ChangesCommon):
    """[CHG-1] [CHG-5] from the wish to its effect."""

    def test_signed_and_applied(self):
        """Quantity, price and date: those whom it touches sign; the order, its
        transfers and what was signed for it follow, nobody signs the order again."""
        order = self._signed(quantity=4)
        signed = order.review_id.task_ids.signature_id
        change = self._change(
            order,
            {"new_commitment_date": "2030-05-27 08:00:00", "reason": "Site is late"},
            line={"quantity": 6, "price_unit": 90},
        )
        before = order.amount_total
        self.assertEqual(
            change.sudo().amount_after, order.currency_id.round(before / 4 * 6 * 0.9)
        )
        self.assertEqual(change.days_later, 7)
        self.assertIn("4", change.differences)
        self.assertEqual(order.order_line.product_uom_qty, 4, "it is only asked for")
        self.assertEqual(
            {(e.res_model, e.act) for e in change.effect_ids},
            {("stock.picking", "raise"), ("stock.picking", "date")},
        )
        scheduled = order.picking_ids.scheduled_date
        self._agree(change, "planning", "production")
        self.assertEqual(change.state, "applied")
        self.assertEqual(order.order_line.product_uom_qty, 6)
        self.assertEqual(order.order_line.price_unit, 90)
        self.assertEqual(order.amount_total, change.sudo().amount_after)
        self.assertEqual(str(order.commitment_date), "2030-05-27 08:00:00")
        self.assertEqual((order.picking_ids[0].scheduled_date - scheduled).days, 7)
        self.assertEqual(self._open_demand(order), 6)
        self.assertFalse(order.order_line.held_quantity)
        # nobody signed again, and everything that was signed leads here
        self.assertEqual(order.review_state, "approved")
        self.assertEqual(order.review_id.task_ids.signature_id, signed)
        self.assertFalse(order._find_review_gaps())
        self.assertFalse((order.review_id + change.sudo().review_id)._find_tampering())
        self.assertEqual(set(change.effect_ids.mapped("result")), {"done"})
        # V0 and V1
        last, first = order.version_ids
        self.assertEqual((first.number, last.number), (0, 1))
        self.assertIn("4 → 6", last.with_user(self.salesman).differences)
        self.assertIn("Site is late", last.reason)
        self._check_comparison(order)
        # it counts as long as its own review stands
        change.sudo().review_id._end("terminated", "terminate", "Wrong")
        self.env.invalidate_all()
        self.assertTrue(order._find_review_gaps())

    def test_less_of_what_has_a_deposit(self):
        """[CHG-1, DEP-1] the deposit is a share of the total: it is less with it, and
        nobody signs the order again."""
        self.env["order.deposit.rule"].create(
            {
                "name": "A tenth",
                "percent": 10,
                "order_type_ids": [Command.set(self.order_type.ids)],
            }
        )
        order = self._signed(quantity=4)
        deposit = order.deposit_required
        self.assertTrue(deposit)
        change = self._change(order, line={"quantity": 2})
        self._agree(change, "planning")
        self.assertEqual(change.state, "applied")
        self.assertAlmostEqual(order.deposit_required, deposit / 2)
        self.assertFalse(order._find_review_gaps())

    def _check_comparison(self, order):
        """Any two versions; those of another order are not compared."""
        versions = order.version_ids.with_user(self.salesman)
        action = versions.action_compare()
        after = versions.browse(action["res_id"]).with_context(action["context"])
        self.assertEqual((after.number, "4 → 6" in after.differences), (1, True))
        with self.assertRaises(UserError):
            versions[0].action_compare()
        hostile = versions[0].with_context(order_version_before=2**31 - 1)
        self.assertFalse(hostile.differences)

    def test_only_those_touched_sign(self):
        change = self._change(self._signed(), line={"price_unit": 80})
        self._agree(change)
        self.assertEqual(change.state, "applied")

    def test_nobody_signs(self):
        """Without a route for changes it applies at once; who signed the order signs
        it again, and what grew waits for them."""
        self.change_route.active = False
        order = self._signed(quantity=4)
        change = self._change(order, line={"quantity": 6})
        change.action_request()
        self._end_of_transaction()
        self.assertEqual(change.state, "applied")
        self.assertEqual(order.order_line.product_uom_qty, 6)
        self.assertEqual(order.review_state, "running")
        self.assertEqual(self._open_demand(order), 4)
        self._sign_order(order)
        self._run_worker()
        self.assertEqual(self._open_demand(order), 6)

    def test_no_seat_applies(self):
        """A review that asks nobody of this change applies it at once."""
        self.change_route.stage_ids[0].domain = "[('touches_terms', '=', True)]"
        order = self._signed()
        change = self._change(order, line={"price_unit": 80})
        change.action_request()
        self._end_of_transaction()
        self.assertEqual(change.state, "applied")
        self.assertEqual(order.review_state, "approved")
        self.assertFalse(order._find_review_gaps())

    def test_order_without_review(self):
        """Nobody signed the order, and nobody has to sign the change."""
        self.route.active = self.change_route.active = False
        order = self._order(quantity=4)
        order.action_confirm()
        change = self._change(order, line={"quantity": 1, "price_unit": 90})
        change.action_request()
        self._end_of_transaction()
        self.assertEqual(change.state, "applied")
        self.assertEqual(self._open_demand(order), 1)
        self.assertEqual(order.version_ids.mapped("number"), [1, 0])

    def test_lines_come_and_go(self):
        """A line that is added, one whose product is exchanged, one that is closed."""
        values = {"name": "Other Pump", "is_storable": True, "taxes_id": False}
        other = self.env["product.product"].create(values)
        order = self._signed(quantity=4, lines=3)
        change = self._change(order)
        exchanged, closed, _kept = change.line_ids
        change.line_ids = [
            Command.update(exchanged.id, {"product_id": other.id, "price_unit": 70}),
            Command.update(closed.id, {"quantity": 0}),
            Command.create({"product_id": other.id, "quantity": 1, "price_unit": 50}),
        ]
        self._agree(change, "planning")
        self.assertEqual(change.state, "applied", change.obstacles)
        lines = order.order_line
        self.assertEqual(lines[:3].mapped("product_uom_qty"), [0, 0, 4])
        self.assertEqual(lines[3:].product_id, other)
        self.assertEqual(lines[3:].mapped("product_uom_qty"), [4, 1])
        self.assertEqual(lines[3:].mapped("price_unit"), [70, 50])
        self.assertEqual(order.amount_total, change.sudo().amount_after)
        self.assertEqual(self._open_demand(order), 9)
        self.assertFalse(order._find_review_gaps())

    def test_head(self):
        """Address and packing; a change of the address reaches the transfers."""
        order = self._signed()
        address = self.env["res.partner"].create(
            {
                "name": "Site",
                "parent_id": self.partner.id,
                "type": "delivery",
                "street": "2 Pump Road",
            }
        )
        change = self._change(
            order,
            {
                "new_partner_shipping_id": address.id,
                "new_packing_requirements": "Cartons",
            },
        )
        self._agree(change)
        self.assertEqual(change.state, "applied", change.obstacles)
        self.assertEqual(order.partner_shipping_id, address)
        self.assertEqual(order.packing_requirements, "Cartons")
        self.assertEqual(order.picking_ids.partner_id, address)
        self.assertFalse(order._find_review_gaps())

    # -- what keeps it -----------------------------------------------------------------

    def test_stale(self):
        """What somebody changed meanwhile is approved by no change."""
        order = self._signed()
        change = self._change(order, line={"quantity": 6})
        change.action_review_submit()
        self._sign(change, "sales")
        order.order_line.price_unit = 10
        self._end_of_transaction()
        self._sign_order(order)
        self._sign(change, "planning")
        self._run_worker()
        self.assertEqual(change.state, "agreed")
        self.assertEqual(order.order_line.product_uom_qty, 2)
        refused = self.assertRaisesRegex(UserError, "changed meanwhile")
        with refused, self.cr.savepoint():
            change.action_apply()
        # entered anew on the order as it is now
        change.sudo().review_id._end("terminated", "terminate", "Anew")
        self.assertEqual(change.state, "draft")
        change.action_correct()
        line = change.sudo().line_ids
        self.assertEqual((line.old_price_unit, line.price_unit), (10, 10))
        self.assertEqual(line.quantity, 6)
        self._agree(change, "planning")
        self.assertEqual(change.state, "applied", change.obstacles)
        self.assertEqual(order.order_line.product_uom_qty, 6)

    def test_obstacles(self):
        """All of them, before anybody signs."""
        order = self._signed(quantity=4)
        picking = order.picking_ids
        picking.move_ids.write({"quantity": 3, "picked": True})
        picking.with_context(skip_backorder=True)._action_done()
        change = self._change(order, {"reason_id": False}, line={"quantity": 2})
        self.assertIn("delivered", change.obstacles)
        with self.assertRaises(UserError) as caught:
            change.action_review_submit()
        for words in ("delivered", "reason"):
            self.assertIn(words, str(caught.exception))

    def test_walking_round(self):
        """The least-privileged salesperson by remote call, with a hostile context."""
        order = self._signed()
        change = self._change(order, line={"quantity": 6})
        context = {"default_state": "agreed", "tracking_disable": True}
        hostile = change.with_context(**context)
        for values in (
            {"state": "agreed"},
            {"amount_after": 1},
            {"order_id": self._order().id},
            {"base_digest": "x"},
            {"review_state": "approved"},
            {"rd_finish_date": "2030-01-01"},
        ):
            with self.subTest(values), self.assertRaises(AccessError):
                hostile.write(values)
        line = hostile.line_ids
        for values in ({"old_quantity": 1}, {"order_line_id": False}, {"touched": ""}):
            with self.subTest(values), self.assertRaises(AccessError):
                line.write(values)
        with self.assertRaises(AccessError):
            hostile.create({"order_id": order.id})
        with self.assertRaises(UserError):
            line.unlink()
        for act in ("action_apply", "_apply"):
            with self.subTest(act), self.assertRaises(UserError):
                getattr(hostile.sudo() if act[0] == "_" else hostile, act)()
        change.action_review_submit()
        with self.assertRaises(UserError):
            line.write({"quantity": 9})
        with self.assertRaises(UserError):
            change.write({"reason": "Otherwise"})
        with self.assertRaises(UserError):
            line.create({"change_id": change.id, "product_id": self.product.id})
        with self.assertRaises(UserError):
            change.action_apply()
        self._sign(change, "sales", "planning")
        self._run_worker()
        self.assertEqual(change.state, "applied")
        with self.assertRaises(UserError):
            change.action_apply()
        with self.assertRaises(UserError):
            change.action_cancel()
        self.assertEqual(order.order_line.product_uom_qty, 6)
        with self.assertRaises(UserError):
            order.version_ids.write({"reason": "Otherwise"})
        with self.assertRaises(UserError):
            order.version_ids.unlink()

    def test_one_at_a_time(self):
        order = self._signed()
        first = self._change(order)
        self.assertEqual(self._change(order), first)
        stranger = self._user("stranger", "sales_team.group_sale_salesman")
        with self.assertRaises(AccessError):
            self._change(order, user=stranger)
        with self.assertRaises(AccessError):
            first.with_user(stranger).read(["kind"])
        with self.assertRaises(UserError):
            self._change(self._order())
