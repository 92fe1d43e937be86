from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from ...models.confirmation.statements import find_statements
from ...models.progress.customer_page import (
    record_portal_signature,
)
from ..common import DEPARTMENTS, OrderCommon


@tagged("post_install", "-at_install")
class TestOrderConfirmation(OrderCommon):
    """[CFM-1] [CFM-2] [CFM-3] [CFM-4] [CFM-6] from approval to the confirmed order."""

    def setUp(self):
        super().setUp()
        self.order_type.requires_return = True

    def _scan(self, user):
        return (
            self.env["ir.attachment"]
            .with_user(user)
            .create({"name": "return.pdf", "raw": b"signed and stamped"})
        )

    def _return(self, order, kind="returned"):
        order.with_user(self.salesman).action_register_return(
            kind, "Buyer", self._scan(self.salesman).ids
        )
        return order.sudo().statement_ids[0]

    def _send(self, order):
        """Send the order confirmation the way the composer does."""
        action = order.with_user(self.salesman).action_send_confirmation()
        composer = (
            self.env["mail.compose.message"]
            .with_user(self.salesman)
            .with_context(**action["context"])
            .create({})
        )
        composer._action_send_mail()
        self.assertTrue(order.confirmation_sent_on)
        self.assertEqual(order.state, "sent")

    # -- the signed return ----------------------------------------------------------

    def test_not_confirmed_before_the_return(self):
        """[CFM-1] a scan counts only after a person has looked at it."""
        order = self._approve()
        with self.assertRaisesRegex(UserError, "Signed return"):
            order.action_confirm()
        scan = self._return(order)
        with self.assertRaisesRegex(UserError, "has to be checked"):
            order.action_confirm()
        with self.assertRaises(AccessError):
            scan.with_user(self.salesman).action_accept()
        scan.with_user(self.clerk).action_accept()
        order.action_confirm()
        self.assertEqual(order.state, "sale")

    def test_type_that_nobody_fixed(self):
        """[CFM-1] K2 an order that nobody has to submit waits for it all the same."""
        self.route.domain = "[('amount_total', '>', 1000000)]"
        order = self._order().with_user(self.salesman)
        self.assertFalse(order.needs_review)
        self.assertFalse(order.order_type_id)
        with self.assertRaisesRegex(UserError, "Signed return"):
            order.action_confirm()
        self._return(order).with_user(self.clerk).action_accept()
        order.action_confirm()
        self.assertEqual(order.state, "sale")

    def test_illegible_return_is_asked_for_again(self):
        """[CFM-1] signature, stamp and remarks have to be legible and complete."""
        order = self._approve()
        scan = self._return(order).with_user(self.clerk)
        with self.assertRaisesRegex(UserError, "what is wrong"):
            scan.action_reject("")
        scan.action_reject("No stamp")
        with self.assertRaisesRegex(UserError, "Signed return"):
            order.action_confirm()
        with self.assertRaisesRegex(UserError, "checked already"):
            scan.action_accept()

    def test_return_needs_a_scan_and_a_name(self):
        order = self._approve()
        with self.assertRaisesRegex(UserError, "Attach the scan"):
            order.action_register_return("returned", "Buyer", [])

    def test_portal_signature_is_a_return(self):
        """[CFM-1] what the portal's own route records counts at once; an entry in the
        field does not, whoever writes it."""
        order = self._approve()
        self._rpc(self.salesman, order, "write", {"signed_by": "Forged"})
        with self.assertRaisesRegex(UserError, "Signed return"):
            order.action_confirm()
        order.sudo().write({"signed_by": "Buyer", "signed_on": "2030-01-01"})
        with self.assertRaisesRegex(UserError, "Signed return"):
            order.action_confirm()
        visitor = self.env.ref("base.public_user")
        record_portal_signature(order.sudo(), "Buyer", visitor, "192.0.2.1")
        order.action_confirm()
        self.assertEqual(order.state, "sale")

    def test_return_of_something_else(self):
        """[REV-5] what the customer signed counts for those facts only."""
        order = self._approve()
        self._return(order).with_user(self.clerk).action_accept()
        order.order_line.product_uom_qty = 9
        self._end_of_transaction()
        self._sign(order, "sales", *DEPARTMENTS)
        with self.assertRaisesRegex(UserError, "Signed return"):
            order.action_confirm()

    def test_return_from_before_a_cancellation(self):
        order = self._approve()
        self._return(order).with_user(self.clerk).action_accept()
        order.action_cancel()
        order.action_draft()
        self._approve(order)
        with self.assertRaisesRegex(UserError, "Signed return"):
            order.action_confirm()

    def test_statements_are_kept(self):
        """[SEC-2] nobody alters or deletes what was said in writing."""
        order = self._approve()
        scan = self._return(order)
        for user in (self.salesman, self.clerk, self.administrator):
            for method, args in (("write", [{"signed_by": "X"}]), ("unlink", [])):
                with self.assertRaises(UserError), self.cr.savepoint():
                    self._rpc(user, scan, method, *args)
            with self.assertRaises(AccessError):
                self._rpc(
                    user,
                    self.env["order.statement"],
                    "create",
                    [{"order_id": order.id, "kind": "returned", "signed_by": "X"}],
                )
        with self.assertRaisesRegex(UserError, "cannot be altered"):
            scan.sudo().write({"signed_by": "X"})

    # -- the slip -------------------------------------------------------------------

    def test_promised_date_slips(self):
        """[CFM-2] one day for each day, chained, and no change of a reviewed fact."""
        order = self._order()
        order.commitment_date = "2026-06-30 10:00:00"
        with freeze_time("2026-05-30 03:00:00"):
            self._approve(order)
        with freeze_time("2026-06-01 03:00:00"):
            self._send(order)
            self._run_worker()
            self.assertEqual(order.slip_days, 0)
        with freeze_time("2026-06-04 03:00:00"):
            self._run_worker()
        self.assertEqual(order.slip_days, 3)
        self.assertEqual(str(order.commitment_date), "2026-07-03 10:00:00")
        self._end_of_transaction()
        self.assertEqual(order.review_state, "approved")
        record = order.sudo().review_id.signature_ids[-1]
        self.assertEqual((record.act, record.details["days"]), ("slip", 3))
        self.assertFalse(order.sudo().review_id._find_tampering())
        with freeze_time("2026-06-05 03:00:00"):
            self._run_worker()
            self._return(order).with_user(self.clerk).action_accept()
        with freeze_time("2026-06-09 03:00:00"):
            self._run_worker()
        self.assertEqual(order.slip_days, 4)

    def test_slip_in_working_days(self):
        """[CFM-2] the company may count working days instead."""
        self.company.order_slip_unit = "working_days"
        order = self._order()
        with freeze_time("2026-06-05 03:00:00"):
            order.commitment_date = "2026-06-30 10:00:00"
            self._approve(order)
            self._send(order)
        with freeze_time("2026-06-08 03:00:00"):
            self._run_worker()
        self.assertEqual(order.slip_days, 1)

    def test_slip_lands_on_a_working_day(self):
        """[CFM-2] K8: days are those of the company's clock: Thursday, 01:00 in
        Shanghai, slips to Friday and to Monday, never to a Saturday, and the signatures
        hold."""
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        self.company.order_slip_unit = "working_days"
        order = self._order()
        with freeze_time("2026-06-04 03:00:00"):
            order.commitment_date = "2026-07-08 17:00:00"
            self._approve(order)
            self._send(order)
        found = []
        for today in ("2026-06-05", "2026-06-08"):
            with freeze_time(f"{today} 03:00:00"):
                self._run_worker()
            found.append(order.commitment_date.strftime("%a %m-%d %H:%M"))
            self.assertEqual(order.review_state, "approved")
            self.assertFalse(order._find_review_gaps())
        self.assertEqual(found, ["Thu 07-09 17:00", "Sun 07-12 17:00"])

    # -- conditions of an approval --------------------------------------------------

    def test_conditions_are_accepted_by_the_customer(self):
        """[CFM-4] in writing, before the order is confirmed."""
        self.order_type.requires_return = False
        order = self._submit()
        self._sign(order, "sales", decision="conditional", conditions="A week later")
        self._sign(order, *DEPARTMENTS)
        with self.assertRaisesRegex(UserError, "A week later"):
            order.action_confirm()
        self._return(order, "conditions").with_user(self.clerk).action_accept()
        order.action_confirm()
        self.assertEqual(order.state, "sale")

    # -- our own written confirmations ----------------------------------------------

    def test_technical_and_material(self):
        """[CFM-3] by engineering and purchasing themselves; oral is void."""
        order = self._submit()
        engineer = order.with_user(self.signers["engineering"])
        with self.assertRaisesRegex(AccessError, "Only Purchasing"):
            engineer.action_state_in_writing("material", "We have it")
        with self.assertRaisesRegex(UserError, "Write what you confirm"):
            engineer.action_state_in_writing("technical", "")
        engineer.action_state_in_writing("technical", "Drawing 4711, no change")
        self.assertIn(order, find_statements(order, "technical"))
        order.order_line.product_uom_qty = 50
        self.assertFalse(find_statements(order, "technical"))

    # -- the quotation --------------------------------------------------------------

    def test_review_before_the_quotation_is_sent(self):
        """[CFM-6] on every road by which a quotation becomes a sent one."""
        self.order_type.reviews_before_sending = True
        order = self._order()
        for method, args in (
            ("action_quotation_sent", []),
            ("write", [{"state": "sent"}]),
        ):
            with (
                self.assertRaisesRegex(UserError, "Approved review"),
                self.cr.savepoint(),
            ):
                self._rpc(self.salesman, order, method, *args)
        with self.assertRaisesRegex(UserError, "Approved review"), self.cr.savepoint():
            order.with_context(mark_so_as_sent=True).message_post(body=order.name)
        order.sudo().action_quotation_sent()
        self.assertEqual(order.state, "draft")
        self._approve(order)
        order.action_quotation_sent()
        self.assertEqual(order.state, "sent")

    def test_order_compared_with_the_quotation(self):
        """[INT-3] differences from the quotation sent are listed and explained."""
        order = self._order()
        order.action_quotation_sent()
        self.assertFalse(order.quotation_differences)
        order.order_line.price_unit = 90
        order.order_line = [
            Command.create({"product_id": self.product.id, "product_uom_qty": 1})
        ]
        self.assertIn("100 → 90", order.quotation_differences)
        with self.assertRaisesRegex(UserError, "explain the differences"):
            order.action_review_submit()
        order.difference_explanation = "Agreed on the phone, mail of 3 May"
        order.action_review_submit()
        self.assertEqual(order.review_state, "running")
