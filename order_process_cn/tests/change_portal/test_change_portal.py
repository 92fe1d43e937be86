from odoo import http
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from ..changes.changes_common import ChangesCommon


@tagged("post_install", "-at_install")
class TestChangePortal(HttpCase, ChangesCommon):
    """[CHG-1] the customer asks for a change on the page of his order (P13)."""

    def _make_scene(self):
        self.order_type.change_in_portal = True
        self.order = self._signed(quantity=4)
        self.order._portal_ensure_token()
        self.line = self.order.order_line

    def setUp(self):
        super().setUp()
        self.enterContext(
            mute_logger("odoo.http", "odoo.addons.base.models.ir_rule", "odoo.models")
        )
        self.authenticate(None, None)

    def _page(self):
        return " ".join(self.url_open(self.order.get_portal_url()).text.split())

    def _ask(self, path=None, quantity="", date="", **data):
        asked = {
            f"quantity_{self.line.id}": quantity,
            f"date_{self.line.id}": date,
            "name": "Buyer",
            "csrf_token": http.Request.csrf_token(self),
        }
        path = path or self.order.get_portal_url(suffix="/ask_change")
        answer = self.url_open(path, data=asked | data)
        self.order.invalidate_recordset()
        return " ".join(answer.text.split())

    def test_asked_taken_up_applied(self):
        """[CHG-1] P13: asked for once, taken up by the salesperson, signed by those
        whom it touches; the customer follows it in our words."""
        self.assertIn("Ask for a change", self._page())
        for _click in range(2):
            page = self._ask(quantity="6", date="2030-06-03", note="Site is late")
        change = self.order.change_request_ids
        self.assertRecordValues(
            change,
            [
                {
                    "state": "draft",
                    "requested_by": "customer",
                    "is_from_portal": True,
                    "asked_by": "Buyer",
                    "reason": "Site is late",
                    "user_id": self.salesman.id,
                }
            ],
        )
        self.assertEqual(str(change.new_wanted_date), "2030-06-03")
        self.assertEqual(change.line_ids.quantity, 6)
        self.assertEqual(self.line.product_uom_qty, 4, "it is only asked for")
        self.assertTrue(change.asked_from)
        self.assertEqual(change.activity_ids.user_id, self.salesman)
        for words in ("We have got it", "4 ", "2030-06-03", "Site is late"):
            self.assertIn(words, page)
        self.assertNotIn("Ask for a change", self._page())
        # what the salesperson makes of it is not shown before he stands by it
        mine = change.with_user(self.salesman)
        mine.write(
            {
                "reason_id": self.reason.id,
                "answer_to_customer": "We can.",
                "line_ids": [(1, change.line_ids.id, {"quantity": 5})],
            }
        )
        page = " ".join(self.url_open(change.get_portal_url()).text.split())
        self.assertIn("We can.", page)
        self.assertNotIn("→ 5", page)
        self._agree(mine, "planning", "production")
        self.assertEqual(change.state, "applied", change.obstacles)
        self.assertEqual(self.line.product_uom_qty, 5)
        self.assertFalse(change.activity_ids)
        page = " ".join(self.url_open(change.get_portal_url()).text.split())
        for words in ("Your order was changed", "→ 5", "→ 6"):
            self.assertIn(words, page)
        with self.assertRaises(AccessError):
            mine.write({"asked": {}})

    def test_what_cannot_be(self):
        """[CHG-1] no number, less than was delivered, a day that is gone, nothing: told
        why, and nothing of it is kept."""
        picking = self.order.picking_ids
        picking.move_ids.write({"quantity": 3, "picked": True})
        picking.with_context(skip_backorder=True)._action_done()
        for words, said in (
            ("give a quantity", {"quantity": "nan"}),
            ("give a quantity", {"quantity": "-1"}),
            ("give a quantity", {"quantity": "1e300"}),
            ("delivered already", {"quantity": "2"}),
            ("a day that is to come", {"date": "2001-01-01"}),
            ("a day that is to come", {"date": "soon"}),
            ("Say what is to be different", {"quantity": "4"}),
            ("too long", {"note": "x" * 2001}),
        ):
            with self.subTest(words, **said):
                self.assertIn(words, self._ask(**said))
                self.assertFalse(self.order.change_request_ids)

    def test_only_his_own(self):
        """[SEC-1] nobody asks for a change of an order that is not his, or of one that
        we change already; employees do not on his page; other types offer nothing."""
        path = f"/my/orders/{self.order.id}/ask_change"
        self._ask(path=path, quantity="6")
        new_test_user(self.env, "opc_change_stranger", "base.group_portal")
        self.authenticate("opc_change_stranger", "opc_change_stranger")
        self._ask(path=path, quantity="6")
        self.authenticate("opc_supervisor", "opc_supervisor")
        self._ask(quantity="6")
        self.authenticate(None, None)
        self.order_type.change_in_portal = False
        self.assertNotIn("Ask for a change", self._page())
        self.assertIn("cannot be changed here", self._ask(quantity="6"))
        self.assertFalse(self.order.change_request_ids)
        self.order_type.change_in_portal = True
        ours = self._change(self.order, line={"quantity": 7})
        self.assertNotIn("Ask for a change", self._page())
        self.assertIn("being changed already", self._ask(quantity="6"))
        self.assertEqual(self.order.change_request_ids, ours.sudo())
