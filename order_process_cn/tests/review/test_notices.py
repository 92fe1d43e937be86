from odoo.tests import tagged

from ..common import DEPARTMENTS, OrderCommon


@tagged("post_install", "-at_install")
class TestNotices(OrderCommon):
    """To-dos reflect the seats; nobody becomes a follower."""

    def _todos(self, order):
        return order.sudo().activity_ids.filtered(
            lambda a: a.summary.startswith("Sign")
        )

    def test_one_for_each_seat(self):
        """[CSN-6] the head gets the to-do; it goes away when the seat is signed."""
        order = self._submit()
        followers = order.sudo().message_follower_ids
        self.assertFalse(self._todos(order))
        self._run_worker()
        self.assertEqual(self._todos(order).user_id, self.supervisor)
        self._sign(order, "sales")
        self._run_worker()
        self.assertEqual(
            self._todos(order).user_id,
            self.env["res.users"].concat(*(self.signers[name] for name in DEPARTMENTS)),
        )
        self._sign(order, *DEPARTMENTS)
        self._run_worker()
        self.assertFalse(self._todos(order))
        self.assertEqual(order.sudo().message_follower_ids, followers)

    def test_switched_off(self):
        """Off stays off: core forgets a parameter that is false."""
        self.env["res.config.settings"].create({"order_notices": False}).execute()
        self.assertFalse(self.env["res.config.settings"].create({}).order_notices)
        self._submit()
        self.assertFalse(self.env["order.recheck"].search([]))

    def test_refusal_is_told(self):
        """[REV-4] the person in charge learns that he has to tell the customer."""
        order = self._submit()
        self._sign(order, "sales", decision="decline", opinion="Too cheap")
        self._run_worker()
        todo = order.sudo().activity_ids
        self.assertEqual(todo.user_id, self.salesman)
        self.assertIn("tell the customer", todo.summary)
        self.assertIn("Too cheap", todo.note)

    def test_alarm_for_a_leaver(self):
        """[CSN-5] a seat that nobody can sign any more alarms the administrators."""
        order = self._submit()
        self._sign(order, "sales")
        self._run_worker()
        self.signers["quality"].active = False
        self._run_worker()
        todo = order.sudo().activity_ids.filtered(
            lambda a: a.user_id == self.administrator
        )
        self.assertIn("Nobody can sign: Quality", todo.summary)

    def test_counter(self):
        """[CSN-6] how many seats wait for me, in one query."""
        tasks = self.env["order.review.task"]
        self.assertEqual(tasks.with_user(self.supervisor).my_waiting_count(), 0)
        for _index in range(3):
            self._submit(self._order())
        self.env.flush_all()
        tasks.with_user(self.supervisor).my_waiting_count()
        with self.assertQueryCount(1):
            self.assertEqual(tasks.with_user(self.supervisor).my_waiting_count(), 3)
        self.assertEqual(tasks.with_user(self.gm).my_waiting_count(), 0)
