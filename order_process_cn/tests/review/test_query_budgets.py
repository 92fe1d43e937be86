from odoo import Command
from odoo.tests import tagged

from ..common import DEPARTMENTS, OrderCommon

LINES = 5


@tagged("post_install", "-at_install")
class TestQueryBudgets(OrderCommon):
    """[REV-1] [CSN-6] what an act may cost, in queries, with a warm process.

    The limits are those of ./dev bench, where each act has a transaction of its own;
    here an empty cache of records stands for its beginning.
    """

    sets_up_alone = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param("order_process_cn.notices", "False")
        readers = cls.env.ref("sales_team.group_sale_salesman_all_leads")
        for user in cls.signers.values():
            user.group_ids = [Command.link(readers.id)]
        cls.route.stage_ids[0].unlink()

    def setUp(self):
        super().setUp()
        self._warm_up()

    def _warm_up(self):
        """Remember what a process remembers when it has run for a while."""
        order = self._submit(self._order(lines=LINES))
        order.sudo().review_id._refresh_notices()
        for name in DEPARTMENTS:
            self._agree(order, name)

    def _agree(self, order, name, budget=None):
        """Press the button of the form, at most at the cost of ``budget`` queries."""
        seen = order.sudo().review_id.digest
        button = order.with_user(self.signers[name]).with_context(
            order_review_seen=seen
        )
        self._begin()
        if budget is None:
            button.action_review_agree()
            self._end_of_transaction()
            return
        with self.assertQueryCount(budget):
            button.action_review_agree()
            self._end_of_transaction()

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
        with self.assertQueryCount(7):
            order.action_review_submit()
            self._end_of_transaction()
        self.assertEqual(order.review_state, "running")

    def test_sign(self):
        order = self._submit(self._order(lines=LINES))
        *others, last = DEPARTMENTS
        for name in others:
            self._agree(order, name, budget=2)
        self.assertEqual(order.review_state, "running")
        self._agree(order, last, budget=6)
        self.assertEqual(order.review_state, "approved")

    def test_notices(self):
        """[CSN-3] a to-do for each seat, which goes with the signature."""
        self.env["ir.config_parameter"].set_param("order_process_cn.notices", "True")
        self._warm_up()
        order = self._submit(self._order(lines=LINES))
        self._begin()
        with self.assertQueryCount(11):
            order.sudo().review_id._refresh_notices()
            self._end_of_transaction()
        self.assertEqual(len(order.activity_ids), len(DEPARTMENTS))
        for name in DEPARTMENTS[:2]:
            self._agree(order, name, budget=4)
        self.assertEqual(len(order.activity_ids), len(DEPARTMENTS) - 2)

    def test_batch_of_fifty(self):
        """Half a query for each order, whatever their number."""
        tasks, seen = self._signable(50)
        self._begin()
        with self.assertQueryCount(25):
            tasks.action_sign("agree", seen)
            self._end_of_transaction()
        self.assertEqual(set(tasks.sudo().mapped("state")), {"agreed"})

    def test_list_costs_the_same_for_many(self):
        tasks, _seen = self._signable(12)
        orders = self.env["sale.order"].with_user(self.salesman)
        ids = tasks.sudo().review_id.mapped("res_id")
        columns = ("name", "review_state", "review_waiting_for", "expected_date")

        def read(some):
            return self._count(
                lambda: orders.web_search_read(
                    [("id", "in", some)], dict.fromkeys(columns, {})
                )
            )

        read(ids)
        self.assertEqual(read(ids), read(ids[:2]))

    def test_form(self):
        """Reviewed or not; ./dev bench says what plain Odoo takes for the same form."""
        approved = self._sign(self._submit(self._order(lines=LINES)), *DEPARTMENTS)
        self.assertEqual(approved.review_state, "approved")
        self.route.active = False
        plain = self._order(lines=LINES)
        self.assertFalse(plain.needs_review)
        for order, budget in ((approved, 23), (plain, 14)):
            order = order.with_user(self.salesman)
            specification = self._form_specification(order)
            self._begin()
            order.web_read(specification)  # what the process remembers
            self._begin()
            with self.assertQueryCount(budget):
                order.web_read(specification)

    def test_counter(self):
        self._signable(3)
        tasks = self.env["order.review.task"].with_user(self.signers["quality"])
        tasks.my_waiting_count()
        self._begin()
        with self.assertQueryCount(1):
            self.assertEqual(tasks.my_waiting_count(), 3)

    def test_a_route_for_others_costs_nothing(self):
        """[CLS-4] writing on an order that no route applies to asks nothing more."""
        self.route.domain = "[('amount_total', '<', 0)]"
        counts = []
        for active in (True, False):
            self.route.active = active
            # asked anew only if the last environment that knew it is gone already
            self.salesman._get_company_ids()
            self._cost_of_writes()
            counts.append(self._cost_of_writes())
        self.assertEqual(*counts)

    def _cost_of_writes(self):
        order = self._order(lines=LINES).with_user(self.salesman)
        self.assertFalse(order.needs_review)
        return [
            self._count(lambda: order.write({"client_order_ref": "A"})),
            self._count(lambda: order.order_line[0].write({"product_uom_qty": 9})),
            self._count(lambda: self._order(lines=LINES)),
        ]

    def _count(self, act):
        self._begin()
        before = self.env.cr.sql_log_count
        act()
        self._end_of_transaction()
        return self.env.cr.sql_log_count - before
