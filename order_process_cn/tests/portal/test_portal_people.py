from odoo import http
from odoo.tests import HttpCase, new_test_user, tagged

from ..common import DEPARTMENTS, OrderCommon

SIGNATURE = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
    "awAAAABJRU5ErkJggg=="
)


@tagged("post_install", "-at_install")
class TestPortalPeople(HttpCase, OrderCommon):
    """[CFM-1] [CFM-4] [SEC-1] who acts on the customer's page, K12."""

    def _make_scene(self):
        self.order_type.requires_return = True
        # named now: a customer renamed after the approval is another one
        self.customer = new_test_user(
            self.env, "opc_customer", "base.group_portal", partner_id=self.partner.id
        )
        self.order = self._submit().sudo()
        self._sign(
            self.order, "sales", decision="conditional", conditions="A week later"
        )
        self._sign(self.order, *DEPARTMENTS)
        self.keeper = self._user("keeper", "stock.group_stock_user")
        self.url = self.order.get_portal_url()

    def _path(self, suffix, token=True):
        if token:
            return self.order.get_portal_url(suffix=suffix)
        return f"/my/orders/{self.order.id}{suffix}"

    def _post(self, suffix, token=True, **data):
        data["csrf_token"] = http.Request.csrf_token(self)
        return self.url_open(self._path(suffix, token), data=data)

    def _accept(self, token=True):
        return self.make_jsonrpc_request(
            self._path("/accept", token), {"name": "Buyer", "signature": SIGNATURE}
        )

    def _login(self, user):
        self.authenticate(user.login, user.login)

    def test_employees_are_no_customers(self):
        """Neither a salesperson nor the warehouse speaks for the customer."""
        order = self.order
        words = "Sent"
        order.with_context(mark_so_as_sent=True).message_post(body=words)
        for user in (self.salesman, self.keeper):
            for token in (True, False):
                with self.subTest(f"{user.login} {token}"):
                    self._login(user)
                    self._post("/accept_conditions", token, name="Buyer")
                    self.assertIn("error", self._accept(token))
                    self._post("/decline", token, decline_message="No")
                    order.progress = "shipped"
                    self._post("/confirm_receipt", token)
                    order.invalidate_recordset()
                    self.assertFalse(order.statement_ids)
                    self.assertFalse(order.signed_by)
                    self.assertFalse(order.receipt_confirmed_on)
                    self.assertEqual(order.state, "sent")

    def test_plain_orders(self):
        """An order of which nothing is asked is signed and declined as in plain Odoo,
        by an employee as well."""
        self.env["order.review.route"].search([]).active = False
        signed, declined = (self._order().sudo() for _each in range(2))
        words = "Sent"
        for order in signed | declined:
            order.require_payment = False
            order.require_signature = True
            order.with_context(mark_so_as_sent=True).message_post(body=words)
        self._login(self.supervisor)
        self.order = signed
        answer = self.make_jsonrpc_request(self._path("/accept"), {"name": "Buyer"})
        self.assertEqual(answer, {"error": "Signature is missing."})
        self.assertNotIn("error", self._accept())
        self.order = declined
        self._post("/decline", decline_message="No")
        (signed | declined).invalidate_recordset()
        self.assertEqual((signed.signed_by, signed.state), ("Buyer", "sale"))
        self.assertEqual(declined.state, "cancel")
        self.assertFalse(signed.statement_ids)

    def test_an_employee_is_told(self):
        self._login(self.salesman)
        page = self._post("/accept_conditions", name="Buyer").text
        self.assertNotIn("Oops", page)
        self.assertIn("an employee cannot accept", page)

    def test_a_customer_signs_by_name(self):
        """Who, from where and when is kept; twice is once."""
        order = self.order
        self._login(self.customer)
        self._post("/accept_conditions", name="Buyer")
        self._post("/accept_conditions", name="Buyer")
        self.assertEqual(order.statement_ids.user_id, self.customer)
        self.assertTrue(order.statement_ids.address)
        self.assertNotIn("error", self._accept())
        self.assertIn("error", self._accept())
        order.invalidate_recordset()
        self.assertEqual(order.state, "sale")
        returned = order.statement_ids.filtered(lambda s: s.kind == "returned")
        self.assertEqual(returned.user_id, self.customer)
        self.assertTrue(returned.address)

    def test_another_customer(self):
        stranger = self.env["res.partner"].create({"name": "Stranger"})
        other = new_test_user(
            self.env, "opc_stranger", "base.group_portal", partner_id=stranger.id
        )
        self._login(other)
        self._post("/accept_conditions", False, name="Buyer")
        self.assertIn("error", self._accept(False))
        self.assertFalse(self.order.statement_ids)

    def test_the_warehouse_sees_no_prices(self):
        """[SEC-1] neither on the page nor in the PDF, with the link or without."""
        total = "200.00"
        self._login(self.salesman)
        self.assertIn(total, self.url_open(self.url).text)
        self._login(self.keeper)
        for path in (self.url, f"/my/orders/{self.order.id}"):
            for report in ("", "report_type=html"):
                joint = "&" if "?" in path else "?"
                answer = self.url_open(f"{path}{joint}{report}")
                self.assertNotIn(total, answer.text)
