from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ...models.mechanism.order_recheck_failures import ALARM, ATTEMPTS, PAUSES
from ..effect.test_effect import EffectCommon
from .worker_common import WorkerCommon


@tagged("post_install", "-at_install")
class TestRecheckIsolation(WorkerCommon):
    """[CNF-1] what fails stops neither another document nor another topic of its own,
    and ends as one to-do."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.route.active = False

    def _orders(self, count):
        """Return orders that are confirmed as soon as somebody looks at them."""
        orders = self.env["sale.order"].concat(*(self._order() for _n in range(count)))
        orders = orders.sudo()
        orders.order_type_id = self.order_type  # without a route nothing proposes it
        self.queue.search([]).unlink()
        return orders

    def _forget_progress(self, orders):
        """Let the database hold a step that the worker will correct."""
        self._begin()
        self.env.cr.execute(
            "UPDATE sale_order SET progress = 'archived' WHERE id = ANY (%s)",
            [orders.ids],
        )

    def _alarms(self):
        return self.queue.search([])._find_todos(ALARM)

    def test_one_of_twenty(self):
        """B3: the others are done the first time, and one to-do is left in the end."""
        orders = self._orders(20)
        bad = orders[7]
        self._poison(bad)
        orders._mark_for_recheck("confirm")
        for attempt in range(1, ATTEMPTS + 3):
            self._work()
            self.assertEqual(set((orders - bad).mapped("state")), {"sale"})
            (row,) = self._rows_of(orders)
            self.assertEqual((row.res_id, row.topic), (bad.id, "confirm"))
            self.assertEqual(row.attempts, min(attempt, ATTEMPTS))
            self.assertEqual(len(self._alarms()), attempt >= ATTEMPTS)
        self.assertEqual(row.state, "failed")
        self.assertFalse(bad.activity_ids, "no business of the salesman")

    def test_other_topics_of_the_same_document_go_on(self):
        (bad,) = self._orders(1)
        self._forget_progress(bad)
        bad.write({"is_urgent": True, "urgent_reason": "Stands still"})
        self.queue.search([]).unlink()
        self._poison(bad)
        bad._mark_for_recheck()
        self._work()
        # before it, and after it
        self.assertTrue(bad.urgent_told_on)
        self.assertNotEqual(bad.progress, "archived")
        self.assertNotEqual(bad.state, "sale")
        (row,) = self._rows_of(bad)
        self.assertEqual((row.topic, row.topic_label), ("confirm", "Confirmation"))
        self.assertIn("poisoned", row.error)

    def _break_telling(self, order):
        """Let the database refuse that it is noted who was told of an urgency."""
        self._begin()
        self.env.cr.execute(
            """
            CREATE FUNCTION mute() RETURNS trigger AS $$
            BEGIN RAISE 'muted'; END $$ LANGUAGE plpgsql;
            CREATE TRIGGER mute BEFORE UPDATE ON sale_order FOR EACH ROW
            WHEN (NEW.id = %s AND NEW.urgent_told_on IS NOT NULL)
            EXECUTE FUNCTION mute()
            """,
            [order.id],
        )

    def test_two_topics_fail_apart(self):
        """Each is a row of its own that is counted and tried again by itself, and both
        together are one to-do."""
        bad, other = self._orders(2)
        (bad | other).write({"is_urgent": True, "urgent_reason": "Stands still"})
        self.queue.search([]).unlink()
        self._poison(bad)
        self._break_telling(bad)
        (bad | other)._mark_for_recheck()
        for _attempt in range(ATTEMPTS):
            self._work()
        rows = self._rows_of(bad | other)
        self.assertEqual(set(rows.mapped("topic")), {"confirm", "urgency"})
        self.assertEqual(set(rows.mapped("res_id")), {bad.id})
        self.assertEqual(set(rows.mapped("state")), {"failed"})
        for row in rows:
            words = {"confirm": "poisoned", "urgency": "muted"}
            self.assertIn(words[row.topic], row.error)
        self.assertEqual(len(self._alarms()), 1)
        # one is mended and looked at again: the other stays where it is
        self._heal()
        bad._mark_for_recheck("confirm")
        self._work()
        self.assertEqual(bad.state, "sale")
        (row,) = self._rows_of(bad)
        self.assertEqual((row.topic, row.state), ("urgency", "failed"))
        self.assertEqual(len(self._alarms()), 1)

    def test_failing_at_the_end_of_the_transaction(self):
        """What is written just before the commit stops no other document either."""
        self.route.active = True
        orders = self._approve_all(3)
        bad = orders[1]
        self._begin()
        self.env.cr.execute(
            """
            CREATE FUNCTION forget() RETURNS trigger AS $$
            BEGIN RAISE 'forgotten'; END $$ LANGUAGE plpgsql;
            CREATE TRIGGER forget BEFORE INSERT ON order_event FOR EACH ROW
            WHEN (NEW.res_id = %s AND NEW.code = 'confirmed')
            EXECUTE FUNCTION forget()
            """,
            [bad.id],
        )
        self._work()
        self.assertEqual(set((orders - bad).mapped("state")), {"sale"})
        self.assertNotEqual(bad.state, "sale")
        (row,) = self._rows_of(orders)
        self.assertEqual((row.res_id, row.state), (bad.id, "waiting"))
        self.assertIn("forgotten", row.error)
        self.env.cr.execute("DROP TRIGGER forget ON order_event")
        self._work()
        self.assertEqual(bad.state, "sale")
        self.assertFalse(self._rows_of(orders))

    def test_pauses_grow(self):
        (bad,) = self._orders(1)
        self._poison(bad)
        bad._mark_for_recheck("confirm")
        for pause in PAUSES:
            before = fields.Datetime.now()
            self._work()
            row = self._rows_of(bad)
            waits = row.not_before - before
            self.assertGreaterEqual(waits, timedelta(minutes=pause))
            self.assertLess(waits, timedelta(minutes=pause + 1))
            # until then it is left alone
            self._run_worker()
            self.assertEqual(row.state, "waiting")
        self.assertEqual(row.attempts, len(PAUSES))

    def test_try_again_takes_the_row_that_was_chosen(self):
        first, second = self._orders(2)
        for order in (first, second):
            order._mark_for_recheck("confirm")
            self._rows_of(order).write(
                {"state": "failed", "attempts": ATTEMPTS, "error": "mended since"}
            )
        row = self._rows_of(first)
        for user in (self.salesman, self.supervisor, self.gm):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._rpc(user, row, "action_try_again")
        self.assertEqual(row.state, "failed")
        self._rpc(self.administrator, row, "action_try_again")
        self.assertEqual((row.state, row.attempts), ("waiting", 0))
        called = self.env["ir.cron.trigger"].search(
            [("cron_id.code", "like", "recheck")]
        )
        self.assertTrue(called.filtered(lambda t: t.call_at <= fields.Datetime.now()))
        self._run_worker()
        self.assertEqual((first.state, second.state), ("sale", "draft"))
        self.assertEqual(self._rows_of(second).state, "failed")

    def test_administrator_finds_what_failed(self):
        """The list says what it is about, since when, and what went wrong."""
        (order,) = self._orders(1)
        order._mark_for_recheck("confirm")
        self._rows_of(order).write({"state": "failed", "error": "why"})
        view = self.queue.with_user(self.administrator).get_views(
            [(False, "list"), (False, "form"), (False, "search")]
        )
        shown = view["models"]["order.recheck"]["fields"]
        self.assertLessEqual(
            {"topic", "topic_label", "attempts", "error", "not_before", "create_date"},
            shown.keys(),
        )
        (row,) = self._rows_of(order).with_user(self.administrator)
        self.assertEqual(row.topic_label, "Confirmation")
        action = row.action_open_document()
        self.assertEqual(
            (action["res_model"], action["res_id"]), (order._name, order.id)
        )
        menu = self.env.ref("order_process_cn.order_recheck_menu")
        for user, seen in ((self.administrator, True), (self.salesman, False)):
            menus = self.env["ir.ui.menu"].with_user(user)
            self.assertEqual(menu.id in menus._visible_menu_ids(), seen, user.login)


@tagged("post_install", "-at_install")
class TestRefusedTopic(EffectCommon):
    """[CNF-1] what an order refuses is told its owner, and its other topics go on."""

    def test_refusal_stops_no_other_topic(self):
        order = self._held().sudo()
        self.warehouse.delivery_route_id.rule_ids.active = False
        self._state(order.with_user(self.salesman))
        self._end_of_transaction()
        self.env.cr.execute(
            "UPDATE sale_order SET progress = 'archived' WHERE id = %s", [order.id]
        )
        self._begin()
        self._run_worker()
        self.assertEqual(order.effect_state, "held")
        self.assertEqual(order.progress, "confirmed")
        (todo,) = order._find_todos("stuck")
        self.assertEqual(todo.user_id, self.salesman)
        self.assertIn("No rule has been found", todo.note)
        rows = self.env["order.recheck"].search([("res_id", "=", order.id)])
        self.assertFalse(rows.filtered("error"), "no failure of the worker")
