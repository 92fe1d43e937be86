import time
from contextlib import contextmanager
from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ...models.mechanism.order_recheck_failures import ALARM, ATTEMPTS
from .worker_common import WorkerCommon


@tagged("post_install", "-at_install")
class TestRecheckWorker(WorkerCommon):
    """[CNF-1] the queue of the worker never stops, whatever one document does, and what
    fails ends with an administrator."""

    @contextmanager
    def _cron_run(self):
        """Yield the queue and the progress, in a transaction of its own, as core calls
        the worker."""
        cron_id = self.env.ref("order_process_cn.order_recheck_cron").id
        self.env.flush_all()
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"cron_id": cron_id})
            cron, progress = env["ir.cron"].browse(cron_id)._add_progress()
            yield env["order.recheck"].with_env(cron.env), progress
        self.env.invalidate_all()

    def test_unexpected_error_stops_no_other(self):
        orders = self._approve_all(4)
        bad = orders[1]
        self._poison(bad)
        self._work()
        self.assertEqual(set((orders - bad).mapped("state")), {"sale"})
        self.assertNotEqual(bad.state, "sale")
        (row,) = self._rows_of(orders)
        self.assertEqual((row.res_id, row.attempts, row.state), (bad.id, 1, "waiting"))
        self.assertIn("poisoned", row.error)
        self.assertGreater(row.not_before, fields.Datetime.now())
        # the scheduler is woken up for it
        calls = self.env["ir.cron.trigger"].search(
            [("cron_id.code", "like", "recheck")]
        )
        self.assertIn(row.not_before, calls.mapped("call_at"))
        self._heal()
        self._work()
        self.assertEqual(bad.state, "sale")
        self.assertFalse(self._rows_of(orders))

    def test_failing_for_hours_ends_with_an_administrator(self):
        bad, other = self._approve_all(2)
        self._poison(bad)
        for _attempt in range(ATTEMPTS):
            bad._mark_for_recheck()  # however often it is marked
            self._work()
        (row,) = self._rows_of(bad)
        self.assertEqual((row.state, row.attempts), ("failed", ATTEMPTS))
        (todo,) = row._find_todos(ALARM)
        self.assertTrue(
            todo.user_id.has_group("order_process_cn.order_group_manager"),
            todo.user_id.name,
        )
        # what has failed does not come back by itself, and there is one alarm
        self._work()
        self.assertEqual(row.attempts, ATTEMPTS)
        self.assertEqual(row._find_todos(ALARM), todo)
        self.assertEqual(other.state, "sale")
        # somebody mends it
        self._heal()
        with self.assertRaises(AccessError):
            row.with_user(self.salesman).action_try_again()
        row.with_user(self.administrator).action_try_again()
        self._run_worker()
        self.assertEqual(bad.state, "sale")
        self.assertFalse(row.exists())
        self.assertFalse(todo.exists())

    def test_another_event_lifts_a_failure(self):
        (bad,) = self._approve_all(1)
        self._poison(bad)
        for _attempt in range(ATTEMPTS):
            self._work()
        self.assertEqual(self._rows_of(bad).state, "failed")
        self._heal()
        bad._mark_for_recheck()
        self._work()
        self.assertEqual(bad.state, "sale")
        self.assertFalse(self._rows_of(bad))

    def test_model_that_is_gone_stops_nothing(self):
        (order,) = self._approve_all(1)
        self.queue.create(
            [
                {"res_model": "order.gone", "res_id": 1},
                {"res_model": "res.partner.bank", "res_id": 1},  # is not looked at
            ]
        )
        order._mark_for_recheck()
        self._work()
        self.assertEqual(order.state, "sale")
        self.assertFalse(self.queue.search([]))

    def test_what_kills_the_process_is_taken_a_few_times(self):
        """Three kills in a row do not put the worker to sleep, and the others go on."""
        killer, *others = self._approve_all(3)
        self.queue.search([("res_model", "!=", "sale.order")]).unlink()
        for kill in range(ATTEMPTS):
            with self._cron_run() as (queue, progress):
                # the process dies between this and the work
                rows = queue._take()
                self.assertTrue(rows)
                # core calls a job killed only if it has done nothing at all
                self.assertGreater(progress.done, 0)
                self.assertGreaterEqual(progress.remaining, 0)
                # the first time everything was taken, afterwards one by one
                if kill:
                    self.assertEqual(len(rows), 1)
        # the database looks as after kills of whatever was taken
        killed = self._rows_of(killer)
        killed.write({"attempts": ATTEMPTS})
        self._work()
        self.assertEqual({order.state for order in others}, {"sale"})
        self.assertNotEqual(killer.state, "sale")
        (row,) = self._rows_of(killer)
        self.assertEqual(row.state, "failed")
        self.assertTrue(row._find_todos(ALARM))

    def test_cut_batch_is_not_the_last(self):
        """What is left of another model is reported to the scheduler."""
        (order,) = self._approve_all(1)
        self.queue.search([]).unlink()
        order._mark_for_recheck()
        order.review_id._mark_for_recheck()
        with self._cron_run() as (queue, progress):
            queue._take()
            self.assertEqual(progress.remaining, 2)

    def test_what_is_left_when_time_is_up(self):
        """B17: the scheduler hears how much waits, and comes back at once."""
        (order,) = self._approve_all(1)
        self.queue.search([]).unlink()
        order._mark_for_recheck("progress")
        order.review_id._mark_for_recheck("notices")
        order.review_id.task_ids.review_id._mark_for_recheck("notices")
        with self._cron_run() as (queue, progress):
            ended = queue.with_context(cron_end_time=time.monotonic())
            ended._cron_recheck()
            self.assertEqual((progress.done, progress.remaining), (1, 2))
            queue._cron_recheck()
            self.assertEqual((progress.done, progress.remaining), (3, 0))
        self.assertFalse(self._rows_of(order))

    def test_closed_for_weeks(self):
        """[PLN-1] a shutdown of forty days breaks neither form nor worker."""
        today = fields.Date.today()
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Spring Festival",
                "calendar_id": self.company.resource_calendar_id.id,
                "company_id": self.company.id,
                "date_from": fields.Datetime.to_datetime(today) - timedelta(days=1),
                "date_to": fields.Datetime.to_datetime(today) + timedelta(days=41),
            }
        )
        window = self.env["order.issue.window"].create(
            {"name": "Weekly", "wednesday": True}
        )
        self.order_type.issue_window_id = window
        (order,) = self._approve_all(1)
        self._work()
        self.assertEqual(order.effect_state, "held")
        opening = window._next_opening(self.company)
        self.assertGreater(opening, today + timedelta(days=40))
        self.assertIn(
            fields.Date.to_string(opening),
            order._open_conditions_message("effect"),
        )
        self.assertFalse(self.queue.search([("error", "!=", False)]))

    def test_administrator_sees_the_queue(self):
        (order,) = self._approve_all(1)
        order._mark_for_recheck()
        rows = self._rows_of(order)
        seen = rows.with_user(self.administrator).read(["document_name", "state"])
        self.assertEqual(len(seen), len(rows))
        with self.assertRaises(AccessError):
            rows.with_user(self.salesman).read(["res_id"])
