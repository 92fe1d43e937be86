from datetime import timedelta
from unittest.mock import patch

from odoo import Command
from odoo.tests import tagged

from ...models.limits import order_time_limit_run_check
from .common import MONDAY, LimitCommon


@tagged("post_install", "-at_install")
class TestLimitCheck(LimitCommon):
    """[SLA-2] reminders before, escalation after, once each, one notice per person."""

    def setUp(self):
        super().setUp()
        self.departments["sales"].member_ids += self.salesman

    def _reminding(self, **values):
        return self._limit(remind_length=1, escalate_length=2, **values)

    def test_reminder_and_escalation(self):
        """[SLA-2] the responsible before it is due, the head two hours after."""
        self._reminding()
        with self._clock(f"{MONDAY} 08:00"):
            order = self._order()
        run = self._run(order)
        self.assertEqual(self._shown(run.next_check), "Mon 05-18 11:00")
        self._check(f"{MONDAY} 10:59")
        self.assertFalse(self._digests(self.salesman))
        self._check(f"{MONDAY} 11:00")
        digest = self._digests(self.salesman)
        self.assertEqual(len(digest), 1)
        self.assertIn(order.name, digest.body)
        self.assertIn("1 h of working time left (today 12:00)", digest.body)
        self.assertFalse(run.is_late)
        self.assertEqual(self._shown(run.next_check), "Mon 05-18 12:00")
        self._check(f"{MONDAY} 12:00")
        self.assertTrue(run.is_late)
        self.assertEqual(run.state, "running")
        self.assertFalse(self._digests(self.supervisor))
        self._check(f"{MONDAY} 15:00")
        self.assertEqual(len(self._digests(self.supervisor)), 1)
        self.assertIn("late since", self._digests(self.supervisor).body)
        self.assertFalse(run.next_check)
        for _again in range(2):
            self._check("2026-05-19 15:00")
        self.assertEqual(len(self._digests(self.salesman)), 1)
        self.assertEqual(len(self._digests(self.supervisor)), 1)

    def test_one_digest_per_person(self):
        """[SLA-2] ten orders, one notice; nobody becomes a follower."""
        self._reminding()
        with self._clock(f"{MONDAY} 08:00"):
            orders = [self._order() for _number in range(10)]
        followers = {order: order.message_follower_ids for order in orders}
        self._check(f"{MONDAY} 11:00")
        digest = self._digests(self.salesman)
        self.assertEqual(len(digest), 1)
        for order in orders:
            self.assertIn(order.name, digest.body)
            self.assertEqual(order.message_follower_ids, followers[order])

    def test_everything_at_once(self):
        """[SLA-2] after a standstill: one notice for each, and nothing twice."""
        self._reminding()
        with self._clock(f"{MONDAY} 08:00"):
            order = self._order()
        self._check("2026-05-20 08:00")
        self.assertEqual(len(self._digests(self.salesman)), 1)
        self.assertEqual(len(self._digests(self.supervisor)), 1)
        run = self._run(order)
        self.assertTrue(run.is_late and run.reminded_at and run.escalated_at)
        self.assertFalse(run.next_check)

    def test_in_the_language_of_the_reader(self):
        """[SLA-2] [I18] names of limits and the frame in the reader's language."""
        self.env["res.lang"]._activate_lang("zh_CN")
        limit = self._reminding()
        limit.with_context(lang="zh_CN").name = "订单核对"
        self.salesman.lang = "zh_CN"
        with self._clock(f"{MONDAY} 08:00"):
            self._order()
        self._check(f"{MONDAY} 11:00")
        message = self.env["mail.message"].search(
            [("partner_ids", "in", self.salesman.partner_id.ids)], limit=1
        )
        self.assertIn("订单核对", message.body)

    def test_to_whom_it_escalates(self):
        """[SLA-2] the head; the administrators where he is late himself; or the head
        of the department that the limit names."""
        self._limit(responsible="user", user_id=self.supervisor.id)
        self._limit(
            start="submitted",
            stop="approved",
            responsible="user",
            user_id=self.supervisor.id,
            escalation_department_id=self.departments["quality"].id,
        )
        with self._clock(f"{MONDAY} 08:00"):
            self._submit()
            self._order()
        self._check(f"{MONDAY} 13:00")
        self.assertEqual(len(self._digests(self.administrator)), 1)
        self.assertEqual(len(self._digests(self.signers["quality"])), 1)
        self.assertFalse(self._digests(self.supervisor))

    def test_no_escalation(self):
        """[SLA-2] a limit need not escalate; that it is late is noted all the same."""
        self._limit(escalates=False)
        with self._clock(f"{MONDAY} 08:00"):
            order = self._order()
        self._check(f"{MONDAY} 13:00")
        self.assertFalse(self._digests(self.supervisor))
        self.assertTrue(self._run(order).is_late)

    def test_stand_in(self):
        """[SLA-2] [CSN-3] during an absence the stand-in is told."""
        self._reminding()
        self.env["order.delegation"].create(
            {
                "principal_id": self.salesman.id,
                "actor_id": self.gm.id,
                "date_from": MONDAY,
                "date_to": MONDAY,
            }
        )
        with self._clock(f"{MONDAY} 08:00"):
            self._order()
        self._check(f"{MONDAY} 11:00")
        self.assertEqual(len(self._digests(self.gm)), 1)
        self.assertFalse(self._digests(self.salesman))

    def test_leaver(self):
        """[SLA-2] what a leaver answers for is told to his superior."""
        self._reminding()
        with self._clock(f"{MONDAY} 08:00"):
            self._order()
        self.salesman.active = False
        self._check(f"{MONDAY} 11:00")
        self.assertEqual(len(self._digests(self.supervisor)), 1)

    def test_nothing_agrees_by_itself(self):
        """[SLA-2] however late: the seat stays open, the review runs, nothing is
        signed."""
        self._seat_limit(remind_length=1)
        with self._clock(f"{MONDAY} 08:00"):
            order = self._submit()
        records = order.sudo().review_id.signature_ids
        self._check("2026-06-30 08:00")
        self._run_worker()
        self.assertEqual(order.review_state, "running")
        seat = self._seat(order, "Sales")
        self.assertEqual((seat.state, seat.decision), ("open", False))
        self.assertEqual(order.sudo().review_id.signature_ids, records)
        self.assertTrue(self._run(seat).is_late)
        self._sign(order, "sales")
        self.assertEqual(self._run(seat).state, "late")

    # -- finding them ------------------------------------------------------------------

    def test_wakes_up_when_needed(self):
        """[SLA-2] the scheduled action is woken up for the moment, not by polling."""
        triggers = self.env["ir.cron.trigger"]
        cron = self.env.ref("order_process_cn.order_time_limit_cron")
        self._reminding()
        with self._clock(f"{MONDAY} 08:00"):
            order = self._order()

        def moments():
            found = triggers.search([("cron_id", "=", cron.id)])
            return {self._shown(at) for at in found.mapped("call_at")}

        self.assertEqual(moments(), {"Mon 05-18 11:00"})
        self._check(f"{MONDAY} 11:00")
        self.assertIn("Mon 05-18 12:00", moments())
        self.assertTrue(self._run(order).reminded_at)

    def test_cost_depends_on_what_fell_due(self):
        """[SLA-1] finding what fell due reads that and nothing else, by its index; the
        number of queries does not grow with it either."""
        limit = self._limit(escalates=False)
        now = self._at(f"{MONDAY} 12:00")
        self._fill(limit, 3000, now + timedelta(days=30))
        self.env.cr.execute(
            "UPDATE order_time_limit_run SET next_check = %s WHERE res_id <= 1000005",
            [now],
        )
        self.env.cr.execute("ANALYZE order_time_limit_run")
        self.assertEqual(len(self.runs._find_due(now)), 5)
        self.env.cr.execute(
            "EXPLAIN SELECT id FROM order_time_limit_run WHERE state = 'running' "
            "AND next_check <= %s ORDER BY next_check, id LIMIT 100",
            [now],
        )
        plan = "\n".join(line for (line,) in self.env.cr.fetchall())
        self.assertIn("next_check_idx", plan)

        def cost(number):
            self.env.cr.execute(
                "UPDATE order_time_limit_run SET next_check = %s, is_late = FALSE "
                "WHERE res_id <= 1000000 + %s",
                [now, number],
            )
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.runs._find_due(now)._tick_off(now)
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        cost(1)
        few = cost(10)
        self.assertEqual(few, cost(100))
        # what fell due is written a hundred at a time
        self.assertEqual(few + 4, cost(500))
        self._fill(limit, 3000, now + timedelta(days=30), first=2000000)
        self.assertEqual(few, cost(10), "what merely runs costs nothing")

    def test_queries_of_the_scheduled_action(self):
        """[SLA-1] nothing due: one query, however many limits run; what is due costs as
        much among 3000 running limits as among 30."""
        limit = self._limit(escalates=False)
        now = self._at(f"{MONDAY} 12:00")
        later = now + timedelta(days=30)
        costs = []
        # the first round only fills what is kept in memory
        for number, first in ((10, 900000), (30, 1000000), (3000, 2000000)):
            self._fill(limit, number, later, first=first)
            with self.assertQueryCount(1):
                self.assertFalse(self.runs._find_due(now))
            self.env.cr.execute(
                "UPDATE order_time_limit_run SET next_check = %s, is_late = FALSE "
                "WHERE res_id <= %s",
                [now, first + 5],
            )
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.runs._find_due(now)._tick_off(now)
            self.env.flush_all()
            costs.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*costs[1:])

    def test_more_than_at_once(self):
        """[SLA-2] what is too much for one go is done in the next, which comes at
        once."""
        limit = self._limit(escalates=False)
        now = self._at(f"{MONDAY} 12:00")
        self._fill(limit, 25, now)
        with patch.object(order_time_limit_run_check, "AT_ONCE", 10):
            self._check(f"{MONDAY} 12:00")
        late = self.runs.search_count([("is_late", "=", True)])
        self.assertEqual(late, 25)

    def test_in_batches_of_people(self):
        """[SLA-2] however many people: everybody gets one notice."""
        self._reminding()
        logins = [f"sales_{number}" for number in range(25)]
        people = self._new_users(
            dict.fromkeys(logins, "sales_team.group_sale_salesman")
        )
        people = people.values()
        self.departments["sales"].member_ids = [
            Command.link(user.id) for user in people
        ]
        with self._clock(f"{MONDAY} 08:00"):
            for user in people:
                self._order(user=user)
                self._order(user=user)
        self._check(f"{MONDAY} 16:00")
        for user in people:
            self.assertEqual(len(self._digests(user)), 1, user.login)
        self.assertEqual(len(self._digests(self.supervisor)), 1)
        self.assertFalse(self.runs.search([("next_check", "!=", False)]))
