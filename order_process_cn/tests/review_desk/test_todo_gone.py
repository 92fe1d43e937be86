from odoo.tests import tagged

from ..common import DEPARTMENTS, OrderCommon


@tagged("post_install", "-at_install")
class TestTodoGone(OrderCommon):
    """[CSN-6] a to-do that somebody else has removed keeps nobody from signing."""

    def test_sign_without_the_todo(self):
        order = self._submit()
        self._run_worker()
        tasks = order.sudo().review_id.task_ids
        todos = tasks.activity_id
        self.assertTrue(todos)
        todos.mapped("note")  # remembered by this transaction
        self.env.cr.execute("DELETE FROM mail_activity WHERE id IN %s", [todos._ids])
        todos.write({"note": "Read"})
        self._sign(order, "sales", *DEPARTMENTS)
        self.assertEqual(order.review_state, "approved")
