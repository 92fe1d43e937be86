from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from .changes_common import ChangesCommon


@tagged("post_install", "-at_install")
class TestChangeKinds(HttpCase, ChangesCommon):
    """[CHG-1] [CHG-2] [CHG-3] [CHG-5] what the customer has to agree to, what ends an
    order or a part of it, and the modification of a product."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.registrar = cls._user("reg", "order_process_cn.order_group_registrar")
        cls.engineer = cls._user("rd", "order_process_cn.order_group_engineering")

    def _deliver(self, order, quantity):
        picking = order.picking_ids
        picking.move_ids.write({"quantity": quantity, "picked": True})
        picking.with_context(skip_backorder=True)._action_done()

    def _proposed(self, values):
        """Return a change that was agreed to here and waits for the customer."""
        self.order_type.change_agreement = "worse"
        change = self._change(self._signed(quantity=4), line=values)
        return self._agree(change, *(["planning"] if "quantity" in values else []))

    # -- the customer ------------------------------------------------------------------

    def test_customer_agrees_in_the_portal(self):
        change = self._proposed({"quantity": 6})
        self.assertEqual(change.state, "agreed")
        self.assertTrue(change.needs_agreement)
        with self.assertRaisesRegex(UserError, "Agreement"), self.cr.savepoint():
            change.action_apply()
        other = self._proposed({"quantity": 5}).sudo()
        path = change.sudo().get_portal_url()
        page = self.url_open(path).text
        self.assertIn("4", page)
        self.assertIn("/answer", page)
        # agreed to here is not agreed to by him
        self.assertIn("Waits for your answer", page)
        self.csrf = page.split('name="csrf_token" value="')[1].split('"')[0]
        # somebody else's link opens nothing of this one
        self._answer(
            change, "accept", other.access_token or other._portal_ensure_token()
        )
        self._answer(change, "accept", "")
        self.assertFalse(change.sudo().statement_ids)
        # K14: what no column holds is left out of what a stranger types
        self._answer(change, "accept", change.sudo().access_token, name="Mr\0 Li")
        said = change.sudo().statement_ids
        self.assertEqual((said.signed_by, said.medium), ("Mr Li", "portal"))
        # twice is once
        self._answer(change, "accept", change.sudo().access_token)
        self.assertEqual(change.sudo().statement_ids, said)
        self._run_worker()
        self.assertEqual(change.state, "applied")
        self.assertEqual(change.order_id.order_line.product_uom_qty, 6)
        self.assertFalse(said._filtered_altered())
        # K4: he keeps the link of a proposal, not a window on how it is entered anew
        self.assertGreater(len(other._get_portal_rows()), 1)
        other.with_user(self.salesman).action_correct()
        other.line_ids.quantity = 3
        self.assertEqual(
            [row[1] for row in other._get_portal_rows()], ["Being Entered"]
        )

    def _answer(self, change, answer, token, name=""):
        self.env.flush_all()
        self.url_open(
            f"/my/order_changes/{change.id}/answer",
            data={
                "csrf_token": self.csrf,
                "access_token": token,
                "answer": answer,
                "name": name,
            },
        )
        self.env.invalidate_all()

    def test_customer_declines(self):
        change = self._proposed({"quantity": 6}).sudo()
        change._answer(False, "Mr Li", self.env.user, "127.0.0.1", "Too much")
        self.assertEqual(
            (change.state, change.customer_answer), ("refused", "Too much")
        )
        self.assertEqual(change.order_id.order_line.product_uom_qty, 4)
        with self.assertRaises(UserError):
            change._answer(True, "Mr Li", self.env.user, "127.0.0.1")
        # entered anew, and signed again
        own = change.with_user(self.salesman)
        own.action_correct()
        own.line_ids.quantity = 4
        own.line_ids.price_unit = 90
        self._agree(own)
        self.assertEqual(change.state, "applied", "cheaper: nobody is asked")

    def test_scan(self):
        change = self._proposed({"price_unit": 120})
        scan = self.env["ir.attachment"].with_user(self.salesman)
        scan = scan.create(
            {
                "name": "f21.pdf",
                "raw": b"%PDF-1.4 signed",
                "res_model": "order.statement.wizard",
            }
        )
        change.action_register_agreement("Mr Li", scan.ids)
        self.assertFalse(change.sudo()._is_agreed_in_writing(), "nobody has checked it")
        self._run_worker()
        self.assertEqual(change.state, "agreed")
        said = change.sudo().statement_ids
        with self.assertRaises(AccessError):
            said.with_user(self.salesman).action_accept()
        said.with_user(self.registrar).action_accept()
        self._run_worker()
        self.assertEqual(change.state, "applied")
        self.assertEqual(change.order_id.order_line.price_unit, 120)

    # -- ending it ---------------------------------------------------------------------

    def test_close_the_rest(self):
        order = self._signed(quantity=4, lines=2)
        self._deliver(order, 3)
        change = self._change(order, {"kind": "close"})
        self.assertEqual(change.line_ids.mapped("quantity"), [3, 3])
        self._agree(change, "planning")
        self.assertEqual(change.state, "applied", change.obstacles)
        self.assertEqual(order.order_line.mapped("product_uom_qty"), [3, 3])
        self.assertFalse(self._open_demand(order))
        self.assertFalse(order._find_review_gaps())

    def test_cancel(self):
        """By a change only, where the type says so: on every road."""
        self.order_type.cancels_by_change = True
        # an effective order
        order = self._signed(quantity=4)
        order.sudo().effect_state = "effective"
        roads = (
            lambda: order.with_user(self.supervisor).action_cancel(),
            lambda: order.with_user(self.supervisor).write({"state": "cancel"}),
            lambda: order.sudo().action_cancel(),
        )
        for number, road in enumerate(roads):
            with (
                self.subTest(number),
                self.assertRaisesRegex(UserError, "Change request to cancel"),
                self.cr.savepoint(),
            ):
                road()
                self.env.flush_all()
        self.env.invalidate_all()
        change = self._change(order, {"kind": "cancel"})
        self.assertEqual({e.act for e in change.effect_ids}, {"cancel"})
        self._agree(change, "planning")
        self.assertEqual(change.state, "applied", change.obstacles)
        self.assertEqual(order.state, "cancel")
        self.assertEqual(order.picking_ids.state, "cancel")
        self.assertEqual(set(change.effect_ids.mapped("result")), {"done"})
        # others are cancelled as ever
        self.order_type.cancels_by_change = False
        other = self._signed()
        other.sudo().effect_state = "effective"
        other.with_user(self.supervisor).action_cancel()
        self.assertEqual(other.state, "cancel")

    def test_cancel_what_was_delivered(self):
        order = self._signed(quantity=4)
        self._deliver(order, 1)
        change = self._change(order, {"kind": "cancel"})
        self.assertIn("close the rest", change.obstacles)
        with self.assertRaises(UserError):
            change.action_review_submit()

    # -- production and purchase -------------------------------------------------------

    def test_production_reached(self):
        """What was begun is no thing of a change: it is the task of a person, named
        before anybody signs."""
        made = self.env["product.product"].create(
            {
                "name": "Made",
                "specification": "DN80",
                "is_storable": True,
                "route_ids": [
                    Command.set(
                        [
                            self.warehouse.mto_pull_id.route_id.id,
                            self.warehouse.manufacture_pull_id.route_id.id,
                        ]
                    )
                ],
            }
        )
        self.warehouse.mto_pull_id.route_id.active = True
        self.env["mrp.bom"].create(
            {
                "product_tmpl_id": made.product_tmpl_id.id,
                "bom_line_ids": [
                    Command.create({"product_id": self.product.id, "product_qty": 1})
                ],
            }
        )
        line = {"product_id": made.id, "product_uom_qty": 4, "price_unit": 100}
        order = self._signed(order_line=[Command.create(line)])
        production = order.stock_reference_ids.production_ids
        self.assertEqual(production.product_qty, 4)
        foreman = self._user("foreman", "mrp.group_mrp_user")
        production.write({"user_id": foreman.id, "qty_producing": 4})
        self.assertEqual(production.state, "to_close")
        change = self._change(order, line={"quantity": 3})
        row = change.effect_ids.filtered(lambda e: e.res_model == "mrp.production")
        self.assertEqual(
            (
                row.act,
                row.quantity_from,
                row.quantity_to,
                row.is_automatic,
                row.user_id,
            ),
            ("reduce", 4, 3, False, foreman),
        )
        self._agree(change, "planning")
        self.assertEqual(change.state, "applied", change.obstacles)
        self.assertEqual(row.result, "left")
        todo = self.env["mail.activity"].search(
            [("res_model", "=", change._name), ("user_id", "=", foreman.id)]
        )
        self.assertIn("4", todo.note)

    # -- F22 ---------------------------------------------------------------------------

    def test_product_modification(self):
        """Applied once R&D has said when it will be finished; nobody else says it."""
        order = self._signed()
        change = self._change(order, {"kind": "product"}, line={"specification": "X"})
        refused = self.assertRaisesRegex(UserError, "what is to be different")
        with refused, self.cr.savepoint():
            change.action_review_submit()
        change.wish = "A longer shaft"
        self._agree(change)
        self.assertEqual(change.state, "agreed")
        rd = change.with_user(self.engineer)
        with self.assertRaises(AccessError):
            change.rd_finish_date = "2030-06-01"
        with self.assertRaises(UserError):
            rd.wish = "Something else"
        rd.rd_finish_date = "2030-06-01"
        self._run_worker()
        self.assertEqual(change.state, "applied")
        self.assertEqual(order.order_line.specification, "X")
        self.assertFalse(order._find_review_gaps())
        with self.assertRaises(UserError):
            rd.rd_finish_date = "2031-06-01"
        for report in ("f21_order_change", "f22_product_modification"):
            html = self.env["ir.actions.report"].with_user(self.salesman)
            html = html._render_qweb_html(
                f"order_process_cn.report_{report}", change.ids
            )[0].decode()
            self.assertIn(order.name, html)
        self.assertIn("2030-06-01", html)
        self.assertIn("A longer shaft", html)
