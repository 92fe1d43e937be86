from odoo.tests import HttpCase, tagged

from ..common import DEPARTMENTS, OrderCommon


@tagged("post_install", "-at_install")
class TestPortal(HttpCase, OrderCommon):
    """[ANA-2] [CFM-1] [CFM-4] the customer sees progress, accepts, signs, confirms."""

    def setUp(self):
        super().setUp()
        self.order_type.requires_return = True
        self.order = self._submit()
        self._sign(
            self.order, "sales", decision="conditional", conditions="A week later"
        )

    def _page(self):
        return self.url_open(self.order.sudo().get_portal_url()).text

    def _post(self, suffix, **data):
        page = self._page()
        token = page.split('name="csrf_token" value="')[1].split('"')[0]
        return self.url_open(
            self.order.sudo().get_portal_url(suffix=suffix),
            data={"csrf_token": token, **data},
        )

    def test_from_conditions_to_signature(self):
        order = self.order.sudo()
        order.with_context(mark_so_as_sent=True).message_post(body=order.name)
        page = self._page()
        self.assertIn("Review", page)
        self.assertNotIn("A week later", page)
        self.assertFalse(order._has_to_be_signed())
        self._sign(self.order, *DEPARTMENTS)
        page = self._page()
        self.assertIn("A week later", page)
        self.assertIn("sign the order confirmation", page)
        self._post("/accept_conditions", name="Buyer")
        self.assertEqual(order.statement_ids.kind, "conditions")
        self.assertEqual(order.statement_ids.signed_by, "Buyer")
        self.assertNotIn("Accept the conditions", self._page())
        signature = (
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
            "awAAAABJRU5ErkJggg=="
        )
        self.make_jsonrpc_request(
            order.get_portal_url(suffix="/accept"),
            {"name": "Buyer", "signature": signature},
        )
        order.invalidate_recordset()
        self.assertEqual(order.state, "sale")
        self.assertEqual(order.statement_ids[0].kind, "returned")
        self.assertEqual(order.statement_ids[0].medium, "portal")

    def test_strangers(self):
        """Without the token nothing is accepted."""
        self._sign(self.order, *DEPARTMENTS)
        page = self._page()
        token = page.split('name="csrf_token" value="')[1].split('"')[0]
        self.url_open(
            f"/my/orders/{self.order.id}/accept_conditions",
            data={"csrf_token": token, "access_token": "wrong"},
        )
        self.assertFalse(self.order.sudo().statement_ids)

    def test_receipt(self):
        order = self.order.sudo()
        self._sign(self.order, *DEPARTMENTS)
        order.write({"progress": "shipped"})
        self._post("/confirm_receipt")
        self.assertTrue(order.receipt_confirmed_on)
