from odoo.tests import tagged

from ...models.effect.take_back import get_all_productions
from ..effect.test_launch import LaunchCommon


@tagged("post_install", "-at_install")
class TestMovedDates(LaunchCommon):
    """[ANA-4] a moved date is told by itself."""

    def _todos(self, order):
        return order.activity_ids.filtered(lambda t: t.order_todo_key == "moved_date")

    def test_told(self):
        """[ANA-4] to who answers for the order and who works for it, once; to the
        customer where the type says so; not where it came back to the same day."""
        self.partner.email = "buyer@example.com"
        order = self._reviewed(self.made, 3)
        order.commitment_date = "2030-05-01 10:00:00"
        self._run_worker()
        self.assertFalse(self._todos(order), "a first promise is no news")
        worker = self._user("moved_worker", "mrp.group_mrp_user")
        get_all_productions(order).user_id = worker
        messages = order.message_ids
        order.commitment_date = "2030-05-06 10:00:00"
        order.commitment_date = "2030-05-11 10:00:00"
        self.assertFalse(self._todos(order), "not in the transaction of the event")
        self._run_worker()
        todos = self._todos(order)
        self.assertLessEqual(order.user_id | worker, todos.user_id)
        self.assertIn("05/01/2030 → 05/11/2030", todos[0].note)
        self.assertFalse(
            (order.message_ids - messages).filtered(lambda m: m.partner_ids),
            "the type does not say that the customer is told",
        )
        todos.unlink()
        order.commitment_date = "2030-05-12 10:00:00"
        order.commitment_date = "2030-05-11 08:00:00"
        self._run_worker()
        self.assertFalse(self._todos(order), "moved to and fro: no news")
        self.order_type.tells_moved_dates = True
        order.commitment_date = "2030-05-20 10:00:00"
        self._run_worker()
        told = (order.message_ids - messages).filtered("partner_ids")
        self.assertEqual(told.partner_ids, order.partner_id)
        self.assertIn("05/11/2030 → 05/20/2030", told.body)
        # nothing is told of an order outside every procedure
        plain = self._order(commitment_date="2030-05-01 10:00:00").sudo()
        plain.write({"state": "draft"})
        plain.commitment_date = "2030-06-01 10:00:00"
        self._run_worker()
        self.assertFalse(self._todos(plain))
