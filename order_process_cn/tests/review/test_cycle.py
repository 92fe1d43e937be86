from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import DEPARTMENTS, OrderCommon


@tagged("post_install", "-at_install")
class TestReviewCycle(OrderCommon):
    def test_from_submission_to_confirmation(self):
        """[REV-1] [CSN-1] [REV-6] check, countersign by five, then confirm."""
        order = self._submit()
        self.assertEqual(order.review_state, "running")
        self.assertEqual(order.order_type_id, self.order_type)
        self.assertEqual(self._states(order)["Sales"], "open")
        self.assertEqual(self._states(order)["Engineering"], "waiting")
        with self.assertRaisesRegex(UserError, "Approved review"):
            order.action_confirm()
        self._sign(order, "sales")
        self.assertEqual(
            {self._states(order)[name] for name in self._states(order)},
            {"agreed", "open"},
        )
        self._sign(order, *DEPARTMENTS)
        self.assertEqual(order.review_state, "approved")
        order.action_confirm()
        self.assertEqual(order.state, "sale")

    def test_query_counts(self):
        order = self._order(lines=5)
        self.env.flush_all()

        def count(label, func):
            self.env.flush_all()
            self.env.invalidate_all()
            import logging
            logging.getLogger("odoo.sql_db").setLevel(logging.DEBUG)
            import traceback
            cr = type(self.env.cr)
            orig = cr.execute
            def ex(me, query, *a, **k):
                t = str(query)
                if label == "engineering" and 'FROM "res_users"' in t:
                    traceback.print_stack(limit=14)
                return orig(me, query, *a, **k)
            cr.execute = ex
            self.addCleanup(setattr, cr, "execute", orig)
            before = self.env.cr.sql_log_count
            func()
            self._end_of_transaction()
            logging.getLogger("odoo.sql_db").setLevel(logging.INFO)
            print("=====", label, self.env.cr.sql_log_count - before)

        self.env["ir.config_parameter"].set_param("order_process_cn.notices", "False")
        warm = self._order(lines=5)
        self._approve(warm)
        count("submit", order.with_user(self.salesman).action_review_submit)
        for name in ("sales", *DEPARTMENTS):
            o = order.with_user(self.signers[name]).with_context(order_review_seen=self._digest(order))
            count(name, o.action_review_agree)
        self.assertEqual(order.review_state, "approved")
