from odoo.tests import tagged

from .test_launch import LaunchCommon


@tagged("post_install", "-at_install")
class TestFreedByNobody(LaunchCommon):
    """[REV-5] K2: what waits for a review that nobody asks for any more goes on."""

    def _waiting(self):
        """Return an order that has grown from four to nine."""
        order = self._reviewed(conditions=False)
        self._rpc(self.salesman, order.order_line, "write", {"product_uom_qty": 9})
        self._end_of_transaction()
        self._run_worker()
        self.assertEqual(order.order_line.held_quantity, 5)
        return order

    def _end(self, order):
        review = order.review_id.with_user(self.administrator)
        review.action_terminate("Not needed")
        self._run_worker()

    def _switch_off(self):
        self.route.with_user(self.administrator).active = False
        self._run_worker()

    def _assert_free(self, order):
        self.assertEqual(self._moving(order), 9)
        self.assertFalse(order.order_line.held_quantity)

    def test_route_switched_off_later(self):
        order = self._waiting()
        self._end(order)
        self.assertEqual(self._moving(order), 4)
        self._switch_off()
        self._assert_free(order)

    def test_review_ended_later(self):
        order = self._waiting()
        self._switch_off()
        self.assertEqual(self._moving(order), 4)
        self._end(order)
        self._assert_free(order)
