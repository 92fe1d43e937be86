from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import OrderCommon


@tagged("post_install", "-at_install")
class TestPortalLink(OrderCommon):
    """[SEC-1] the link to the customer's page is a way to every price."""

    def test_the_link_is_not_handed_out(self):
        order = self._order()
        order.sudo()._portal_ensure_token()
        keeper = self._user("keeper", "stock.group_stock_user")
        roads = [("read", [["access_token"]]), ("get_portal_url", [])]
        for method, args in roads:
            with (
                mute_logger("odoo.orm.models"),
                self.assertRaises(AccessError),
                self.cr.savepoint(),
            ):
                self._rpc(keeper, order, method, *args)
        self.assertIn("access_token", order.get_portal_url())
        # he still writes to the customer
        words = "Packed"
        self.assertTrue(order.with_user(keeper).message_post(body=words))
