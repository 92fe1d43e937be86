from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import OrderCommon

SHOWN = {
    "review_digest": {},
    "review_state": {},
    "review_panel": {},
    "review_can_submit": {},
    "review_waits_for_me": {},
}


@tagged("post_install", "-at_install")
class TestSavedForms(OrderCommon):
    """[CSN-1] [REV-5] a form that was saved shows what the save has made of the review,
    and one may go on from there. K11"""

    def _save(self, user, order, **values):
        (shown,) = self._rpc(user, order, "web_save", values, SHOWN)
        return shown

    def _quantity(self, order, quantity):
        line = order.order_line[0]
        return {"order_line": [Command.update(line.id, {"product_uom_qty": quantity})]}

    def test_own_change_is_signed_after_it_was_shown(self):
        """Whoever changes what he is to sign is refused once, with what he was shown
        before, and not for ever."""
        order = self._submit()
        before = self._digest(order)
        shown = self._save(self.supervisor, order, **self._quantity(order, 3))
        self.assertTrue(shown["review_waits_for_me"])
        mine = order.with_user(self.supervisor)
        with self.assertRaisesRegex(UserError, "3"):
            mine.with_context(order_review_seen=before).action_review_agree()
        seen = shown["review_digest"]
        mine.with_context(order_review_seen=seen).action_review_agree()
        self.assertFalse(mine._my_open_tasks())

    def test_void_approval_is_not_shown(self):
        """What the save has voided is void on the screen at once."""
        order = self._approve()
        shown = self._save(self.supervisor, order, **self._quantity(order, 3))
        self.assertEqual(shown["review_state"], "running")
        self.assertEqual(shown["review_panel"]["state"], "running")
        self._end_of_transaction()
        self.assertEqual(order.review_state, "running")
        self.assertEqual(shown["review_digest"], self._digest(order))
        changes = order.sudo().review_id.signature_ids.filtered(
            lambda record: record.act == "change"
        )
        self.assertEqual(len(changes), 1)
        self.assertEqual(changes.signer_name, self.supervisor.name)

    def test_changed_again_after_it_was_shown(self):
        """What is touched after the form was read is noticed as before."""
        order = self._approve()
        self._save(self.supervisor, order, **self._quantity(order, 3))
        order.with_user(self.supervisor).write(self._quantity(order, 4))
        self._end_of_transaction()
        last = order.sudo().review_id.signature_ids.filtered(
            lambda record: record.act == "change"
        )[-1]
        (quantity,) = (
            change
            for change in last.details["changes"]
            if change["key"].endswith("/product_uom_qty")
        )
        self.assertEqual(float(quantity["new"]), 4)

    def test_new_and_plain_documents(self):
        """A new form, the next record of a list, an order without a route."""
        values = {"partner_id": self.partner.id}
        (made,) = self._rpc(
            self.salesman, self.env["sale.order"], "web_save", [], values, SHOWN
        )
        self.assertFalse(made["review_digest"])
        self.assertFalse(made["review_state"])
        one, other = self._order(), self._submit()
        (shown,) = self._rpc(
            self.supervisor, one, "web_save", {"origin": "Fax"}, SHOWN, next_id=other.id
        )
        self.assertEqual((one.origin, shown["id"]), ("Fax", other.id))
        self.assertEqual(shown["review_state"], "running")
