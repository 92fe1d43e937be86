from odoo import Command
from odoo.tests import tagged

from ..common import DEPARTMENTS, OrderCommon

LINES = 5


@tagged("post_install", "-at_install")
class TestQueryBudgets(OrderCommon):
    """[REV-1] [CSN-6] what an act may cost, in queries, with a warm process.

    The limits are those of ./dev bench, where each act has a transaction of its own;
    here the beginning of one is imitated by an empty cache.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param("order_process_cn.notices", "False")
        for user in cls.signers.values():
            user.group_ids = [Command.link(cls._readers().id)]
        cls.route.stage_ids[0].unlink()
        # whatever memory a process has when it has run for a while
        warm = cls._order(lines=LINES)
        warm.with_user(cls.salesman).action_review_submit()
        for name in DEPARTMENTS:
            cls._agree(warm, name)

    @classmethod
    def _readers(cls):
        return cls.env.ref("sales_team.group_sale_salesman_all_leads")

    @classmethod
    def _agree(cls, order, name):
        seen = order.sudo().review_id.digest
        cls._begin()
        order.with_user(cls.signers[name]).with_context(
            order_review_seen=seen
        ).action_review_agree()
        cls._end()

    @classmethod
    def _begin(cls):
        cls.env.flush_all()
        cls.env.invalidate_all()

    @classmethod
    def _end(cls):
        cls.env.flush_all()
        cls.env.cr.precommit.run()
        cls.env.flush_all()

    def _signable(self, count):
        """Return seats of ``count`` orders that quality may sign, and what is seen."""
        orders = self.env["sale.order"].concat(
            *(self._order(lines=LINES) for _number in range(count))
        )
        orders.with_user(self.salesman).action_review_submit()
        tasks = orders.with_user(self.signers["quality"])._my_open_tasks()
        self.assertEqual(len(tasks), count)
        seen = {str(review.id): review.digest for review in orders.sudo().review_id}
        return tasks, seen

    def test_submit(self):
        order = self._order(lines=LINES).with_user(self.salesman)
        self._begin()
        with self.assertQueryCount(14):
            order.action_review_submit()
            self._end()
        self.assertEqual(order.review_state, "running")

    def test_sign_and_last_signature(self):
        order = self._submit(self._order(lines=LINES))
        *others, last = DEPARTMENTS
        for name in others:
            with self.subTest(name), self.assertQueryCount(12):
                # two of them belong to what the form had shown before
                self._agree(order, name)
        self.assertEqual(order.review_state, "running")
        with self.assertQueryCount(14):
            self._agree(order, last)
        self.assertEqual(order.review_state, "approved")

    def test_batch_of_fifty(self):
        """Half a query for each order, whatever their number."""
        tasks, seen = self._signable(50)
        self._begin()
        with self.assertQueryCount(25):
            tasks.action_sign("agree", seen)
            self._end()
        self.assertEqual(set(tasks.sudo().mapped("state")), {"agreed"})

    def test_list_costs_the_same_for_many(self):
        tasks, _seen = self._signable(12)
        orders = self.env["sale.order"].with_user(self.salesman)
        ids = tasks.sudo().review_id.mapped("res_id")
        specification = {"name": {}, "review_state": {}, "review_waiting_for": {}}

        def read(some):
            self._begin()
            before = self.env.cr.sql_log_count
            domain = [("id", "in", some)]
            found = orders.web_search_read(domain, specification)
            self.assertEqual(len(found["records"]), len(some))
            return self.env.cr.sql_log_count - before

        read(ids)
        self.assertEqual(read(ids), read(ids[:2]))

    def test_counter(self):
        self._signable(3)
        tasks = self.env["order.review.task"].with_user(self.signers["quality"])
        tasks.my_waiting_count()
        self._begin()
        with self.assertQueryCount(1):
            self.assertEqual(tasks.my_waiting_count(), 3)

    def test_a_route_for_others_costs_nothing(self):
        """[CLS-4] writing on an order that no route applies to asks nothing more."""
        counts = []
        for active in (True, False):
            self.route.write({"domain": "[('amount_total', '<', 0)]"})
            self.route.active = active
            order = self._order(lines=LINES).with_user(self.salesman)
            order.client_order_ref = "warm"
            counts.append(
                [
                    self._count(lambda o=order: o.write({"client_order_ref": "A"})),
                    self._count(
                        lambda o=order: o.order_line[0].write({"product_uom_qty": 9})
                    ),
                    self._count(lambda: self._order(lines=LINES)),
                ]
            )
            self.assertFalse(order.needs_review)
        self.assertEqual(*counts)

    def _count(self, act):
        self._begin()
        before = self.env.cr.sql_log_count
        act()
        self._end()
        return self.env.cr.sql_log_count - before
