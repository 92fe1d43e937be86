from odoo.tests import tagged

from ..common import OrderCommon


@tagged("post_install", "-at_install")
class TestProgress(OrderCommon):
    """[ANA-2] where an order is, from its entry on."""

    def test_entry_is_the_first_step(self):
        """An order that needs a review stands at its entry until it is submitted."""
        order = self._order()
        self.assertEqual(order.progress, "entry")
        self._submit(order)
        self.assertEqual(order.progress, "review")
        review = order.sudo().review_id
        self._rpc(self.salesman, review, "action_withdraw", "Typing error")
        self.assertEqual(order.progress, "entry")

    def test_back_to_entry_after_cancelling(self):
        order = self._approve()
        self._rpc(self.salesman, order, "action_cancel")
        self.assertFalse(order.progress)
        self._rpc(self.salesman, order, "action_draft")
        self.assertEqual(order.progress, "entry")

    def test_follows_the_type(self):
        """A type without a procedure has no progress line; with one, it has."""
        self.order_type.rule_ids.unlink()
        order = self._order()
        self.assertFalse(order.progress)
        order.sudo().order_type_id = self.order_type
        self.assertEqual(order.progress, "entry")
        order.sudo().order_type_id = self.env["order.type"].create({"name": "Plain"})
        self.assertFalse(order.progress)

    def test_orders_by_progress(self):
        """Grouped by progress, entered orders stand in the first column."""
        orders = self._order() + self._submit()
        groups = self._rpc(
            self.salesman,
            self.env["sale.order"],
            "formatted_read_group",
            [("id", "in", orders.ids)],
            ["progress"],
            ["__count"],
        )
        found = {group["progress"]: group["__count"] for group in groups}
        self.assertEqual((found["entry"], found["review"]), (1, 1))
