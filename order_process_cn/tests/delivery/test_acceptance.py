from odoo import http
from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged

from ...models.sale_order_recheck import recheck_goods
from .delivery_common import DeliveryCommon


@tagged("post_install", "-at_install")
class TestAcceptance(DeliveryCommon, HttpCase):
    """[P03] the customer accepts what was delivered before the order closes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order_type.write(
            {
                "asks_acceptance": True,
                "closing_rule": "received",
                "asks_service_case": True,
            }
        )
        cls.registrar = cls._user(
            "acceptance_clerk",
            "order_process_cn.order_group_registrar,sales_team.group_sale_salesman",
        )

    def _scan(self):
        files = self.env["ir.attachment"].with_user(self.registrar)
        return files.create({"name": "accepted.pdf", "raw": b"%PDF-1.4 accepted"})

    def _register(self, picking, acceptance, **values):
        """The clerk registers what came back on paper."""
        wizard = self._ask_receipt(picking, self.registrar)
        self.assertTrue(wizard.needs_acceptance)
        wizard.write({"received_by": "Buyer", "goods_verdict": acceptance, **values})
        self._rpc(self.registrar, wizard, "action_confirm")
        return picking.sudo().receipt_ids.sorted("id")[-1:]

    def _say(self, order, **said):
        """The customer sends the form on the page of his order."""
        self.authenticate(None, None)
        page = order.get_portal_url()
        self.url_open(page)
        said |= {"csrf_token": http.Request.csrf_token(self), "name": "Mr. Buyer"}
        url = order.get_portal_url(suffix="/confirm_receipt")
        answer = self.url_open(url, data=said)
        self.env.invalidate_all()
        return answer

    def test_accepted_on_paper(self):
        """[P03] received is not accepted: the order stays open until the paper is
        there; without paper nobody registers it; said twice it is said once."""
        picking = self._delivered()
        order = picking.sale_id
        self.assertTrue(order.needs_acceptance)
        self._sign_receipt(picking)
        order._refresh_progress()
        self.assertEqual(order.progress, "received")
        self.assertFalse(order.closed_on)
        self.assertIn(order.partner_id.display_name, order.order_standing)
        with self._refused("Attach the paper"):
            self._register(picking, "accepted")
        receipt = self._register(picking, "accepted", evidence_ids=self._scan().ids)
        self.assertEqual(receipt.goods_verdict, "accepted")
        self.assertTrue(order.accepted_on)
        order._refresh_progress()
        self.assertTrue(order.closed_on)
        again = self._register(picking, "accepted", evidence_ids=self._scan().ids)
        self.assertEqual(again, receipt)
        with self._refused("was accepted"):
            self._register(
                picking, "refused", evidence_ids=self._scan().ids, note="Rusty"
            )

    def test_refused_then_accepted_in_the_portal(self):
        """[P03] what he refuses, with words, is a task and a case, once; it ends when
        he accepts; what leaves later is accepted anew."""
        order = self._guided_order(5)
        first = self._ship(order, 3)
        order._refresh_progress()
        said = {"delivery": first.id, "acceptance": "refused"}
        self._say(order, **said)
        self.assertFalse(first.receipt_ids)  # he has to say why
        said["note"] = "The flange is cracked"
        self._say(order, **said)
        self._say(order, **said)
        self.assertEqual(first.receipt_ids.goods_verdict, "refused")
        self.assertEqual(len(order.service_case_ids), 1)
        self.assertIn("cracked", order.service_case_ids.description)
        key = f"delivery.refused.{first.id}"
        self.assertTrue(order._find_todos(key))
        self._say(order, delivery=first.id, acceptance="accepted")
        self.assertFalse(order._find_todos(key))
        self.assertFalse(order.accepted_on)  # two are still to come
        second = self._ship(order)
        order._refresh_progress()
        page = self.url_open(order.get_portal_url()).text
        self.assertIn("Accept what was delivered", page)
        # of another order, or of none: nothing happens
        self._say(order, delivery=0, acceptance="accepted")
        self._say(order, delivery=second.id, acceptance="perhaps")
        self.assertFalse(second.receipt_ids)
        self._say(order, delivery=second.id, acceptance="accepted")
        self.assertTrue(order.accepted_on)
        self.assertTrue(order.receipt_confirmed_on)
        recheck_goods(order)
        order._refresh_progress()
        self.assertTrue(order.closed_on)

    def test_not_asked(self):
        """[P03] orders confirmed before the switch close as before, and accept
        nothing."""
        self.order_type.asks_acceptance = False
        picking = self._delivered()
        order = picking.sale_id
        self.assertFalse(order.needs_acceptance)
        self.order_type.asks_acceptance = True
        with self._refused("not asked to accept"):
            self.env["order.delivery.receipt"]._record(
                picking, "scan", "Buyer", goods_verdict="accepted"
            )
        self._sign_receipt(picking)
        order._refresh_progress()
        self.assertTrue(order.closed_on)
        with self.assertRaises(UserError):
            self._rpc(self.salesman, order, "write", {"accepted_on": "2030-01-01"})
