import base64

from odoo import fields, http
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, freeze_time, new_test_user, tagged
from odoo.tools import mute_logger

from ...models.sale_order_recheck import recheck_goods
from .delivery_common import SIGNATURE, DeliveryCommon

F20 = "order_process_cn.report_f20_delivery_receipt"
# what a client may put into the context, to be taken over by whatever is created
HOSTILE = {
    "default_picking_id": 1,
    "default_received_by": "Somebody else",
    "default_medium": "portal",
    "default_is_different": False,
    "default_user_id": 1,
    "tracking_disable": True,
    "active_test": False,
}


@tagged("post_install", "-at_install")
class TestDeliveryReceipts(DeliveryCommon):
    """[SHP-4] 到货回单: what was received, by three roads, once and for all."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.registrar = cls._user(
            "receipt_clerk",
            "order_process_cn.order_group_registrar,sales_team.group_sale_salesman",
        )

    def _scan(self, user=None, raw=b"%PDF-1.4 signed"):
        return (
            self.env["ir.attachment"]
            .with_user(user or self.registrar)
            .create({"name": "receipt.pdf", "raw": raw})
        )

    def _todos(self, order):
        return self.env["mail.activity"].search(
            [
                ("res_model", "=", "sale.order"),
                ("res_id", "=", order.id),
                ("order_todo_key", "like", "delivery.receipt."),
            ]
        )

    # -- the deliverer on the phone ----------------------------------------------------

    def test_signed_on_the_phone(self):
        """[SHP-4] whoever delivers has the customer sign: a receipt with the picture,
        the delivery has arrived, the order is received."""
        picking = self._delivered()
        order = picking.sale_id
        self.assertEqual(order.progress, "shipped")
        receipt = self._sign_receipt(picking)
        self.assertEqual(receipt.medium, "screen")
        self.assertEqual(receipt.received_by, "Buyer")
        self.assertEqual(receipt.user_id, self.stocker)
        self.assertEqual(receipt.evidence_ids.raw, base64.b64decode(SIGNATURE))
        self.assertEqual(receipt.line_ids.mapped("received_qty"), [5.0])
        self.assertFalse(receipt.is_different)
        self.assertTrue(picking.arrived_on)
        self.assertTrue(order.receipt_confirmed_on)
        order._refresh_progress()
        self.assertEqual(order.progress, "received")
        self.assertFalse(self._todos(order))

    def test_signature_of_core(self):
        """[SHP-4] the picture on the transfer is taken; exchanged or emptied there, the
        receipt keeps its own."""
        picking = self._delivered()
        own = picking.with_user(self.stocker)
        own.signature = SIGNATURE
        receipt = picking.receipt_ids
        self.assertEqual(len(receipt), 1)
        kept = receipt.evidence_ids.raw
        self.assertTrue(kept)
        own.signature = SIGNATURE
        self.assertEqual(len(picking.receipt_ids), 1)
        own.signature = False
        picking.invalidate_recordset()
        self.assertEqual(picking.receipt_ids, receipt)
        self.assertEqual(receipt.evidence_ids.raw, kept)
        self.assertTrue(picking.sale_id.receipt_confirmed_on)

    def test_signed_before_it_left(self):
        """[SHP-4] core takes signatures before a transfer is validated as well."""
        order = self._guided_order()
        order.picking_ids.with_user(self.stocker).signature = SIGNATURE
        self.assertFalse(order.picking_ids.receipt_ids)
        picking = self._ship(order)
        self.assertEqual(len(picking.receipt_ids), 1)

    def test_who_only_sells_signs_no_receipt(self):
        """[SHP-4] core lets salespeople write transfers: no receipt comes of it."""
        picking = self._delivered()
        # what core draws for it is closed to them
        with self.assertRaises(AccessError):
            picking.with_user(self.salesman).signature = SIGNATURE
        picking.invalidate_recordset()
        self.assertFalse(picking.sudo().receipt_ids)

    def test_plain_orders_stay_plain(self):
        """Orders outside every procedure: the picture is core's and nothing follows;
        a receipt may be registered all the same."""
        picking = self._shipped()
        picking.with_user(self.stocker).signature = SIGNATURE
        self.assertFalse(picking.sudo().receipt_ids)
        self._sign_receipt(picking)
        self.assertFalse(picking.sudo().sale_id.receipt_confirmed_on)

    # -- the clerk with a scan ---------------------------------------------------------

    def test_scan(self):
        """[SHP-4] what came back on paper: a copy of the file is kept."""
        picking = self._delivered()
        wizard = self._ask_receipt(picking, self.registrar)
        self.assertTrue(wizard.may_scan)
        wizard.write({"received_by": "Buyer", "evidence_ids": self._scan().ids})
        self._rpc(self.registrar, wizard, "action_confirm")
        receipt = picking.receipt_ids
        self.assertEqual(receipt.medium, "scan")
        wizard.evidence_ids.unlink()
        self.assertEqual(receipt.evidence_ids.raw, b"%PDF-1.4 signed")
        with self.assertRaises(AccessError), mute_logger("odoo.orm.models"):
            receipt.evidence_ids.with_user(self.registrar).unlink()

    def test_scans_are_for_registrars(self):
        """[SEC-2] whoever delivers takes signatures, and registers no paper."""
        picking = self._delivered()
        wizard = self._ask_receipt(picking)
        self.assertFalse(wizard.may_scan)
        scan = self._scan(self.stocker)
        wizard.write({"received_by": "Buyer", "evidence_ids": scan.ids})
        with self.assertRaises(AccessError):
            self._rpc(self.stocker, wizard, "action_confirm")
        self.assertFalse(picking.receipt_ids)

    def test_nothing_is_said_without_proof(self):
        """[SHP-4] neither signature nor paper: no receipt."""
        picking = self._delivered()
        wizard = self._ask_receipt(picking)
        wizard.received_by = "Buyer"
        with self._refused("Have the customer sign"):
            self._rpc(self.stocker, wizard, "action_confirm")

    # -- what was received -------------------------------------------------------------

    def test_difference(self):
        """[SHP-4] recorded line by line; what left stays as it was, sales is asked."""
        picking = self._delivered()
        order = picking.sale_id
        wizard = self._ask_receipt(picking)
        wizard.line_ids.write(
            {"received_qty": 3, "condition": "damaged", "reason": "Crate broken"}
        )
        wizard.write({"received_by": "Buyer", "signature": SIGNATURE})
        self._rpc(self.stocker, wizard, "action_confirm")
        receipt = picking.receipt_ids
        self.assertTrue(receipt.is_different)
        self.assertEqual(
            receipt.line_ids._spell(),
            f"{self.product.display_name}: 3 Units received of 5 Units, Damaged "
            "(Crate broken)",
        )
        self.assertEqual(picking.move_ids.quantity, 5)
        todo = self._todos(order)
        self.assertEqual(todo.user_id, order.user_id)
        self.assertIn("Crate broken", todo.note)

    def test_all_problems_at_once(self):
        """[SHP-4] too much, less than nothing, nobody named, still to come."""
        other = self.env["product.product"].create(
            {"name": "Flange", "is_storable": True}
        )
        self._bring_in(10, other)
        order = self._shipping_order(5)
        second = self._order(lines=2, quantity=5)
        second.order_line[1].product_id = other
        second.sudo().order_type_id = self.order_type
        second.action_confirm()
        second = second.sudo()
        second.picking_ids.action_assign()
        self.assertNotEqual(order, second)
        picking = self._ship(second)
        wizard = self._ask_receipt(picking)
        wizard.line_ids[0].received_qty = 6
        wizard.line_ids[1].received_qty = -1
        wizard.write({"signature": SIGNATURE, "received_on": "2199-01-01 00:00:00"})
        with self.assertRaises(UserError) as refused:
            self._rpc(self.stocker, wizard, "action_confirm")
        for words in (
            "5 Units were sent, more cannot be received",
            "Flange: less than nothing cannot be received",
            "say who has received the goods",
            "still to come",
        ):
            self.assertIn(words, str(refused.exception))
        self.assertFalse(picking.receipt_ids)

    def test_only_what_was_sent(self):
        """[SHP-4] a client leaves lines out, or names others."""
        picking = self._delivered()
        wizard = self._ask_receipt(picking)
        wizard.write({"received_by": "Buyer", "signature": SIGNATURE})
        wizard.line_ids.line_key = 0
        with self.assertRaises(UserError) as refused:
            self._rpc(self.stocker, wizard, "action_confirm")
        self.assertIn("is not part of this delivery", str(refused.exception))
        self.assertIn("say how many were received", str(refused.exception))
        wizard.line_ids.unlink()
        with self._refused("say how many were received"):
            self._rpc(self.stocker, wizard, "action_confirm")

    def test_not_before_it_left(self):
        """[SHP-4] nobody has received what is still here, or what came in."""
        order = self._guided_order()
        with self._refused("has not left yet"):
            self._sign_receipt(order.picking_ids)
        back = self._return(self._ship(order), 1)
        with self._refused("is no delivery of a sales order"):
            self._sign_receipt(back)

    # -- once --------------------------------------------------------------------------

    def test_said_twice(self):
        """[SHP-4] the same receipt sent twice is one; another says something else."""
        picking = self._delivered()
        first = self._sign_receipt(picking)
        self.assertEqual(self._sign_receipt(picking), first)
        self.assertEqual(len(picking.receipt_ids), 1)
        self._sign_receipt(picking, received_by="Gatekeeper")
        self.assertEqual(len(picking.receipt_ids), 2)

    def test_kept(self):
        """[SHP-4] nobody alters or deletes it, the superuser neither."""
        receipt = self._sign_receipt(self._delivered())
        for record in (receipt, receipt.line_ids):
            for call in (lambda r=record: r.write({"company_id": 1}), record.unlink):
                with self.assertRaises(UserError):
                    call()

    def test_nobody_makes_one_by_a_call(self):
        """[SEC-2] created, written, imported: by its road only."""
        picking = self._delivered()
        values = {"picking_id": picking.id, "received_by": "x", "medium": "portal"}
        receipts = self.env["order.delivery.receipt"]
        for user in (self.stocker, self.registrar, self.salesman):
            with self.assertRaises(AccessError), mute_logger("odoo.orm.models"):
                self._rpc(user, receipts, "create", [values])
            names = ["picking_id/.id", "received_by", "medium"]
            with mute_logger("odoo.orm.models"), self.assertRaises(AccessError):
                receipts.with_user(user).create(dict(zip(names, "xyz", strict=True)))

    def test_hostile_context(self):
        """[SEC-2] nothing of a client's context gets into a receipt."""
        picking = self._delivered()
        wizard = self._ask_receipt(picking)
        wizard.write({"received_by": "Buyer", "signature": SIGNATURE})
        wizard.with_context(**HOSTILE).action_confirm()
        receipt = picking.receipt_ids
        self.assertEqual(receipt.received_by, "Buyer")
        self.assertEqual(receipt.medium, "screen")
        self.assertEqual(receipt.user_id, self.stocker)

    def test_the_question_is_ones_own(self):
        """[SEC-2] nobody answers the question of a colleague."""
        wizard = self._ask_receipt(self._delivered())
        other = self._user("other", "stock.group_stock_user")
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models"):
            self._rpc(other, wizard, "action_confirm")

    def test_the_question_tells_no_secrets(self):
        """[SEC-1] a client names any transfer in it, and learns nothing of one that he
        may not see."""
        picking = self._delivered()
        clerk = self._user("clerk_only", "order_process_cn.order_group_registrar")
        wizard = self.env["order.delivery.receipt.wizard"].with_user(clerk)
        with self.assertRaises(AccessError), mute_logger("odoo.orm.models"):
            wizard.create({"picking_id": picking.id})

    def test_another_company(self):
        """[SEC-1] neither read nor registered from another company."""
        picking = self._delivered()
        receipt = self._sign_receipt(picking)
        company = self.env["res.company"].create({"name": "Elsewhere"})
        foreign = new_test_user(
            self.env,
            "foreign",
            "stock.group_stock_manager,order_process_cn.order_group_registrar",
            company_id=company.id,
            company_ids=company.ids,
        )
        there = {"allowed_company_ids": company.ids}
        receipt, picking = receipt.with_context(there), picking.with_context(there)
        self.assertFalse(receipt.with_user(foreign).search([]))
        muted = mute_logger("odoo.addons.base.models.ir_rule")
        with muted, self.assertRaises(AccessError):
            self._rpc(foreign, receipt, "read", ["received_by"])
        with muted, self.assertRaises(AccessError):
            self._rpc(foreign, picking, "action_register_receipt")

    # -- the line of the customer ------------------------------------------------------

    def test_shipped_in_parts(self):
        """[ANA-2] two of five: the line says so and never falls back, neither when the
        rest is given to somebody else nor when pieces come back."""
        order = self._guided_order(5)
        portal = order._get_portal_progress
        self.assertEqual(order.progress, "stock")
        self.assertIn(("Shipped", "coming"), portal())
        first = self._ship(order, 2)
        order._refresh_progress()
        self.assertIn(("2 of 5 shipped", "part"), portal())
        rest = order.picking_ids - first
        rest.do_unreserve()
        self._return(first, 1)
        order._refresh_progress()
        self.assertEqual(order.progress, "stock")
        self.assertIn(("2 of 5 shipped", "part"), portal())
        rest.action_assign()
        self._ship(order)
        order._refresh_progress()
        self.assertEqual(order.progress, "shipped")
        self.assertIn(("Shipped", "current"), portal())
        self.assertFalse(order.shipped_parts)

    # -- the order ---------------------------------------------------------------------

    def test_received_when_every_delivery_is(self):
        """[SHP-4] part by part: the order is received with the last receipt, whichever
        it is."""
        order = self._guided_order(5)
        first = self._ship(order, 2)
        self._sign_receipt(first)
        self.assertFalse(order.receipt_confirmed_on)
        second = self._ship(order)
        order._refresh_progress()
        self.assertEqual(order.progress, "shipped")
        self.assertFalse(order.receipt_confirmed_on)
        self._sign_receipt(second)
        self.assertTrue(order.receipt_confirmed_on)

    def test_the_rest_is_given_up(self):
        """[SHP-4] after the last receipt the backorder is cancelled: the worker finds
        that the order is received."""
        order = self._guided_order(5)
        first = self._ship(order, 2)
        self._sign_receipt(first)
        (order.picking_ids - first).action_cancel()
        self.assertFalse(order.receipt_confirmed_on)
        recheck_goods(order)
        self.assertTrue(order.receipt_confirmed_on)

    def test_what_came_back_needs_no_receipt(self):
        """[SHP-4] refused at the door and sent again."""
        order = self._guided_order(5)
        first = self._ship(order, 2)
        self._return(first, 2)
        self.assertFalse(first._filtered_without_receipt())
        second = self._ship(order)
        self.assertEqual(order.picking_ids._filtered_without_receipt(), second)

    def test_events(self):
        """[SLA-1] arrived and returned, when it is true of all that left."""
        order = self._guided_order(5)
        first = self._ship(order, 2)
        second = self._ship(order)
        self._sign_receipt(first)

        def said():
            self.env.flush_all()
            self.env.cr.precommit.run()
            kept = self.env["order.event"].search(
                [("res_model", "=", "sale.order"), ("res_id", "=", order.id)]
            )
            return set(kept.mapped("code")) & {"arrived", "receipt_returned"}

        self.assertEqual(said(), set())
        second.with_user(self.stocker).arrived_on = fields.Datetime.now()
        self.assertEqual(said(), {"arrived"})
        self._sign_receipt(second)
        self.assertEqual(said(), {"arrived", "receipt_returned"})

    def test_time_limit(self):
        """[SLA-1] [SHP-4] the receipt is due on the working day after the arrival."""
        limit = self.env.ref("order_process_cn.order_time_limit_p28_receipt")
        limit.active = True
        picking = self._delivered()
        with freeze_time("2030-01-02 02:00:00"):  # a Wednesday
            picking.arrived_on = "2030-01-02 02:00:00"
        run = self.env["order.time.limit.run"].search([("rule_id", "=", limit.id)])
        self.assertEqual(fields.Date.to_string(run.due_at.date()), "2030-01-03")
        with freeze_time("2030-01-02 08:00:00"):
            self._sign_receipt(picking, received_on="2030-01-02 03:00:00")
        self.assertEqual(run.state, "met")

    # -- paper -------------------------------------------------------------------------

    def test_paper(self):
        """[FRM-1] F20: empty boxes, then what was received."""
        picking = self._delivered()

        def html():
            self.env.invalidate_all()
            reports = self.env["ir.actions.report"].with_user(self.stocker)
            text = reports._render_qweb_html(F20, picking.ids)[0].decode()
            return " ".join(text.replace("\xa0", " ").split())

        for words in (picking.name, "ISG-50", "Received by the Customer"):
            self.assertIn(words, html())
        self.assertNotIn("Gatekeeper", html())
        wizard = self._ask_receipt(picking)
        wizard.line_ids.write({"received_qty": 4, "reason": "One is missing"})
        wizard.write({"received_by": "Gatekeeper", "signature": SIGNATURE})
        self._rpc(self.stocker, wizard, "action_confirm")
        for words in ("Gatekeeper", "One is missing", "On screen", "data:image/png"):
            self.assertIn(words, html())


@tagged("post_install", "-at_install")
class TestReceiptsInPortal(HttpCase, DeliveryCommon):
    """[SHP-4] what the customer confirms on the page of his order."""

    def _make_scene(self):
        self.picking = self._delivered()
        self.order = self.picking.sale_id
        self.order._portal_ensure_token()

    def setUp(self):
        super().setUp()
        self.enterContext(
            mute_logger("odoo.http", "odoo.addons.base.models.ir_rule", "odoo.models")
        )
        self.authenticate(None, None)

    def _page(self):
        return self.url_open(self.order.get_portal_url()).text

    def _post(self, order=None, **data):
        self._page()
        data["csrf_token"] = http.Request.csrf_token(self)
        path = (order or self.order).get_portal_url(suffix="/confirm_receipt")
        answer = self.url_open(data.pop("path", path), data=data)
        self.picking.invalidate_recordset()
        return answer

    def _said(self, quantity, **data):
        key = f"{self.order.order_line.id}_{self.product.id}"
        return {
            "delivery": self.picking.id,
            "name": "Buyer",
            f"received_{key}": quantity,
            **{f"{name}_{key}": value for name, value in data.items()},
        }

    def test_page(self):
        """[SHP-3] every delivery: carrier, link, arrival, receipt."""
        self.picking.write(
            {
                "carrier_id": self.carrier.id,
                "carrier_tracking_ref": "DP123",
                "expected_arrival": "2030-01-05 06:00:00",
            }
        )
        page = self._page()
        for words in (
            self.picking.name,
            "Deppon",
            "https://track.example/DP123",
            self.company._spell_instant(self.picking.expected_arrival),
            "Confirm what you received",
        ):
            self.assertIn(words, page)
        self._post(**self._said("5"))
        page = self._page()
        self.assertIn("Received by Buyer", " ".join(page.split()))
        self.assertNotIn("Confirm what you received", page)

    def test_all_of_it(self):
        """[SHP-4] one button for everything, as it was sent."""
        self._post(name="Buyer")
        receipt = self.picking.receipt_ids
        self.assertEqual(receipt.medium, "portal")
        self.assertEqual(receipt.line_ids.received_qty, 5)
        self.assertTrue(receipt.address)
        self.assertTrue(self.order.receipt_confirmed_on)

    def test_a_quantity_per_line(self):
        """[SHP-4] less, and why; a second click is harmless."""
        said = self._said("3.0", condition="damaged", reason="Crate broken")
        for _click in range(2):
            self._post(**said)
        receipt = self.picking.receipt_ids
        self.assertEqual(len(receipt), 1)
        self.assertTrue(receipt.is_different)
        self.assertEqual(receipt.line_ids.received_qty, 3)
        self.assertEqual(receipt.line_ids.reason, "Crate broken")

    def test_what_cannot_be(self):
        """[SHP-4] more than was sent, less than nothing, no number: told why, nothing
        is kept."""
        for quantity in ("6", "-1", "many", "nan", "inf", ""):
            with self.subTest(quantity):
                answer = self._post(**self._said(quantity))
                self.assertIn("This receipt is not possible", answer.text)
                self.assertFalse(self.picking.receipt_ids)
        self.assertNotIn("This receipt is not possible", self._page())

    def test_part_of_an_order(self):
        """[SHP-4] what has left can be confirmed while the rest is still here."""
        order = self._guided_order(5)
        self.picking, self.order = self._ship(order, 2), order
        order._portal_ensure_token()
        page = self._page()
        self.assertNotIn("The goods have arrived", page)
        self.assertIn("In preparation", page)
        self._post(**self._said("2"))
        self.assertEqual(len(self.picking.receipt_ids), 1)
        self.assertFalse(order.receipt_confirmed_on)

    def test_strangers(self):
        """[SEC-1] another customer, a wrong token, a delivery of another order."""
        stranger = new_test_user(self.env, "opc_stranger", "base.group_portal")
        bare = f"/my/orders/{self.order.id}/confirm_receipt"
        self._post(path=f"{bare}?access_token=wrong", **self._said("5"))
        self.authenticate("opc_stranger", "opc_stranger")
        self._post(path=bare, **self._said("5"))
        other = self._guided_order(2)
        other._portal_ensure_token()
        self._post(other, **self._said("5"))
        self.assertFalse(self.picking.receipt_ids)
        receipts = self.env["order.delivery.receipt"].with_user(stranger)
        with self.assertRaises(AccessError), mute_logger("odoo.orm.models"):
            receipts.search([])

    def test_own_customer_by_a_remote_call(self):
        """[SEC-1] the page is the road, not the model."""
        buyer = new_test_user(
            self.env, "opc_buyer", "base.group_portal", partner_id=self.partner.id
        )
        for method in ("action_register_receipt", "action_view_receipts"):
            with self.subTest(method), mute_logger("odoo.orm.models"):
                with self.assertRaises(AccessError):
                    self._rpc(buyer, self.picking, method)
        self.authenticate("opc_buyer", "opc_buyer")
        self._post(
            path=f"/my/orders/{self.order.id}/confirm_receipt", **self._said("5")
        )
        self.assertEqual(self.picking.receipt_ids.user_id, buyer)

    def test_employees_are_no_customers(self):
        """[SHP-4] an employee confirms nothing in the customer's name."""
        self.authenticate(self.salesman.login, self.salesman.login)
        self._post(**self._said("5"))
        self.assertFalse(self.picking.receipt_ids)
