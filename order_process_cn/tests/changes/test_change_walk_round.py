from psycopg2.errors import UniqueViolation

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .changes_common import ChangesCommon


@tagged("post_install", "-at_install")
class TestChangeWalkRound(ChangesCommon):
    """[CHG-1] [CHG-5] what a change says is what it does, whatever is pressed in which
    sequence."""

    def _call(self, records, method, *args, context):
        """Call a public method as a client does that says what it likes."""
        return self._rpc(self.salesman, records, method, *args, context=context)

    def _deliver(self, order, quantity):
        picking = order.picking_ids
        picking.move_ids.write({"quantity": quantity, "picked": True})
        picking.with_context(skip_backorder=True)._action_done()

    def test_kind_is_chosen_anew(self):
        """What was entered with a kind goes with it; what a kind does not do is not
        entered for it."""
        order = self._signed(quantity=4)
        self._deliver(order, 3)
        change = self._change(order, {"kind": "close"})
        self.assertEqual(change.line_ids.quantity, 3)
        change.kind = "change"
        self.assertEqual(change.line_ids.quantity, 4)
        change.line_ids.price_unit = 90
        change.kind = "close"
        change.line_ids.quantity = 7
        with self.assertRaisesRegex(UserError, "closes the rest"), self.cr.savepoint():
            change.action_request()
        change.line_ids.quantity = 3
        self._agree(change, "planning")
        self.assertEqual(change.state, "applied", change.obstacles)
        self.assertEqual(order.order_line.product_uom_qty, 3)
        # a line that was closed is opened again by a change, as any other
        again = self._change(order, line={"quantity": 5})
        self.assertIn("3", again.differences)
        self._agree(again, "planning")
        self.assertEqual(order.order_line.product_uom_qty, 5)
        self.assertEqual(self._open_demand(order), 2)

    def test_kind_is_chosen_anew_on_the_form(self):
        """Nothing of another kind stays behind that nobody sees, saved or not."""
        order = self._signed(quantity=4, lines=2)
        self._deliver(order, 1)
        change = self._change(order, line={"quantity": 6})
        form = Form(change)
        for kinds in (["close", "change"], ["close", "product", "close", "cancel"]):
            for kind in kinds:
                form.kind = kind
                if kind == "cancel":  # of all of it: no lines are shown
                    continue
                lines = [form.line_ids.edit(at) for at in (0, 1)]
                closed = [1, 1] if kind == "close" else [6, 4]
                found = []
                for line in lines:
                    with line:
                        found.append(line.quantity)
                self.assertEqual(found, closed, kind)
        form.kind = "product"
        form.wish = "A longer shaft"
        form.new_commitment_date = "2030-06-20 08:00:00"
        form.kind = "close"
        form.save()
        self.assertEqual(change.line_ids.mapped("quantity"), [1, 1])
        self.assertFalse(change.wish)
        form = Form(change)
        form.kind = "change"
        form.save()
        self.assertEqual(change.line_ids.mapped("quantity"), [4, 4])
        # what is cancelled is promised for no other day
        self.assertTrue(change.days_later)
        change.sudo().order_id.order_type_id.change_agreement = "worse"
        change.kind = "cancel"
        change.invalidate_recordset(["needs_agreement"])
        self.assertFalse(change.days_later or change.needs_agreement)

    def test_cancel_changes_nothing_else(self):
        """What is cancelled as a whole says so, and nothing of what was entered
        before."""
        order = self._signed(quantity=4)
        change = self._change(order, line={"quantity": 6, "price_unit": 90})
        change.new_packing_requirements = "Crates"
        change.kind = "cancel"
        self.assertRegex(change.differences, r"quantity: 4 \S+ → 0 \S+$")
        self.assertFalse(change.touches_price or change.touches_packing)
        self._agree(change, "planning")
        self.assertEqual(change.state, "applied", change.obstacles)
        self.assertEqual((order.state, order.order_line.price_unit), ("cancel", 100))
        self.assertEqual(order.packing_requirements, "Wooden case")

    def test_review_gone_meanwhile(self):
        """What was agreed to is written as long as its review stands."""
        for ends in ("withdraw", "terminate"):
            with self.subTest(ends):
                change = self._change(self._signed(), line={"price_unit": 90})
                change.action_review_submit()
                review = change.sudo().review_id
                if ends == "withdraw":
                    review.with_user(self.salesman).action_withdraw("Wait")
                else:
                    self._sign(change, "sales")
                    self.assertEqual(change.state, "agreed")
                    review.with_user(self.administrator).action_terminate("Wrong")
                with self.assertRaises(UserError), self.cr.savepoint():
                    change.action_apply()
                self._run_worker()
                self.assertEqual(change.state, "draft")
                self.assertEqual(change.order_id.order_line.price_unit, 100)

    def test_refused_one_beside_another(self):
        """One that was refused is not opened again beside another that is open."""
        order = self._signed()
        refused = self._change(order, line={"price_unit": 90})
        refused.action_review_submit()
        self._sign(refused, "sales", decision="decline", opinion="No")
        self.assertEqual(refused.state, "refused")
        other = self._change(order, line={"price_unit": 95})
        self.assertNotEqual(other, refused)
        # his client is told in words
        opened = self.assertRaises(UniqueViolation)
        with opened, mute_logger("odoo.sql_db"), self.cr.savepoint():
            refused.action_correct()
            self.env.flush_all()
        self.env.invalidate_all()
        self._agree(other)
        self.assertEqual(other.state, "applied")

    def test_foreign_currency(self):
        """Amounts stand in the order's currency; limits are the company's."""
        own = self.company.currency_id
        dollar = (self.env.ref("base.USD") + self.env.ref("base.EUR") - own)[:1]
        dollar.active = True
        self.env["res.currency.rate"].create(
            {
                "currency_id": dollar.id,
                "company_id": self.company.id,
                "name": "2020-01-01",
                "rate": 0.125,
            }
        )
        prices = self.env["product.pricelist"].create(
            {"name": "Export", "currency_id": dollar.id}
        )
        order = self._signed(quantity=4, pricelist_id=prices.id)
        self.assertEqual(order.currency_id, dollar)
        change = self._change(order, line={"quantity": 6})
        before, after = change.sudo().amount_before, change.sudo().amount_after
        self.assertAlmostEqual(after / before, 1.5)
        self.assertAlmostEqual(change.sudo()._get_review_amount(), after * 8)
        self._agree(change, "planning")
        self.assertEqual(order.amount_total, after)
        self.assertEqual(order.currency_id, dollar)

    def test_hostile_context(self):
        """What a client sends along says nothing of a change."""
        order, other = self._signed(), self._signed()
        sent = {
            "default_kind": "cancel",
            "default_state": "agreed",
            "default_requested_by": "company",
            "default_is_from_portal": True,
            "default_order_id": other.id,
            "default_company_id": False,
            "default_amount_after": 1,
            "default_rd_finish_date": "2030-01-01",
            "default_base_digest": "x",
            "default_quantity": 99,
            "default_order_line_id": other.order_line.id,
            "default_new_payment_term_id": False,
            "default_applied_on": "2030-01-01",
            "default_run": 7,
            "default_change_id": 1,
            "active_test": False,
            "mail_activity_automation_skip": True,
        }
        changes = self.env["order.change.request"]
        opened = self._call(changes, "action_open", order.id, context=sent)
        change = changes.browse(opened["res_id"]).sudo()
        self.assertEqual(
            (change.order_id, change.kind, change.state, change.requested_by),
            (order, "change", "draft", "customer"),
        )
        self.assertFalse(change.is_from_portal or change.rd_finish_date)
        self.assertFalse(change.applied_on or change.differences)
        self.assertEqual(change.run, 1)
        self.assertEqual(change.line_ids.order_line_id, order.order_line)
        self.assertEqual(change.amount_after, order.amount_total)
        added = {"product_id": self.product.id, "quantity": 2}
        edit = {
            "reason_id": self.reason.id,
            "line_ids": [
                Command.update(change.line_ids.id, {"price_unit": 90}),
                Command.create(added),
            ],
        }
        self._call(change, "write", edit, context=sent)
        self.assertEqual(change.line_ids[1].change_id, change)
        self.assertFalse(change.line_ids[1].order_line_id)
        self._call(change, "action_request", context=sent)
        self._sign(change.with_context(**sent), "sales", "planning")
        self._call(change, "action_apply", context=sent)
        self.assertEqual(change.state, "applied")
        self.assertEqual(order.order_line.mapped("price_unit"), [90, 100])
        self.assertEqual(order.order_line.mapped("product_uom_qty"), [2, 2])
        self.assertEqual(len(order.picking_ids), 1)
        self.assertEqual(other.order_line.product_uom_qty, 2)
