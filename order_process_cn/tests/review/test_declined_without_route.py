from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import OrderCommon


@tagged("post_install", "-at_install")
class TestDeclinedWithoutRoute(OrderCommon):
    """[REV-6] K2: a refusal names an act that can be done now."""

    def test_way_on(self):
        """Declined, then the route is switched off: withdrawing it is named, works, and
        the order is confirmed as in plain Odoo."""
        order = self._submit()
        self._sign(order, "sales", decision="decline", opinion="No")
        self.route.with_user(self.administrator).active = False
        with self.assertRaisesRegex(UserError, "Withdraw the review"):
            self._rpc(self.salesman, order, "action_review_submit")
        review = order.sudo().review_id
        self._rpc(self.salesman, review, "action_withdraw", "No route any more")
        self._rpc(self.salesman, order, "action_confirm")
        self.assertEqual(order.state, "sale")
