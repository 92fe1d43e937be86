import logging
from contextlib import contextmanager
from datetime import timedelta
from io import StringIO

from odoo.tests import freeze_time, tagged

from ..common import DEPARTMENTS
from .common import MISMATCH, SECRET, TOKEN, TOO_FAST, BotCommon

KINDS = ("dingtalk", "feishu", "wecom")
START = "2030-01-07 02:00:00"


@tagged("post_install", "-at_install")
class TestBotDelivery(BotCommon):
    """[CSN-3] every message arrives, or the log says why not; nothing else stops."""

    # -- what the platform answers -----------------------------------------------------

    def test_sent(self):
        """[CSN-3] every platform, signature and all."""
        for kind in KINDS:
            with self.subTest(kind):
                platform = self._platform(kind)
                bot = self._bot(platform)
                self._submit(self._order())
                self._run_worker()
                message = self._messages(bot)
                self.assertEqual(platform.texts, [message.text])
                self.assertEqual((message.state, message.tries), ("sent", 1))
                self.assertTrue(message.sent_at)
                self.assertFalse(message.last_error or message.next_try)

    def test_signature_refused(self):
        """[CSN-3] a wrong key is not tried again; the log says what is wrong."""
        for kind in KINDS:
            with self.subTest(kind):
                platform = self._platform(kind)
                bot = self._bot(platform, secret="wrong")
                if kind == "wecom":  # knows no signature, the address is the secret
                    bot.url = platform.url + "x"
                self._submit(self._order())
                self._run_worker()
                self._work_at("2040-01-01")
                message = self._messages(bot)
                code = next(iter(MISMATCH[kind].values()))
                self.assertIn(str(code), message.last_error)
                self.assertEqual((message.state, message.tries), ("failed", 1))
                self.assertEqual(len(platform.received), 1)

    def test_told_to_wait(self):
        """[CSN-3] a platform that is asked too often is asked again later."""
        for kind in KINDS:
            with self.subTest(kind):
                platform = self._platform(kind)
                platform.next_answers = [(200, TOO_FAST[kind], {})]
                bot = self._bot(platform, retry_minutes="2")
                with freeze_time(START):
                    self._submit(self._order())
                    self._run_worker()
                message = self._messages(bot)
                code = next(iter(TOO_FAST[kind].values()))
                self.assertIn(str(code), message.last_error)
                self.assertEqual(message.state, "waiting")
                self.assertEqual(str(message.next_try), "2030-01-07 02:02:00")
                self._work_at("2030-01-07 02:01:00")
                self.assertEqual(len(platform.received), 1)
                self._work_at("2030-01-07 02:02:00")
                self.assertEqual(message.state, "sent")
                self.assertEqual(len(platform.received), 2)

    def test_down_then_up_again(self):
        """[CSN-3] what could not be sent is sent when the platform is back."""
        for kind in KINDS:
            with self.subTest(kind):
                platform = self._platform(kind, start=False)
                bot = self._bot(platform)
                with freeze_time(START):
                    self._submit(self._order())
                    self._run_worker()
                message = self._messages(bot)
                self.assertEqual((message.state, message.tries), ("waiting", 1))
                self.assertEqual(message.last_error, "ConnectionError")
                self.assertNotIn(TOKEN, message.last_error)
                platform.start()
                self._work_at("2030-01-07 02:01:00")
                self.assertEqual((message.state, message.tries), ("sent", 2))
                self.assertEqual(platform.texts, [message.text])
                self.assertFalse(self.env["order.recheck"].search([]))

    @contextmanager
    def _log_of_the_server(self):
        """Yield what the server logs as it does by default, and other libraries too."""
        log = StringIO()
        handler = logging.StreamHandler(log)
        loggers = [logging.getLogger(), logging.getLogger("odoo")]
        levels = [logger.level for logger in loggers]
        loggers[0].addHandler(handler)
        for logger in loggers:
            logger.setLevel(logging.INFO)
        try:
            yield log
        finally:
            loggers[0].removeHandler(handler)
            for logger, level in zip(loggers, levels, strict=True):
                logger.setLevel(level)

    def test_the_address_stands_in_no_log(self):
        """[SEC-1] K14: whoever reads the log of the server could speak to the group.
        Sent, refused, redirected, failing, down, and taken away at the platform."""
        for kind in KINDS:
            with self.subTest(kind), self._log_of_the_server() as log:
                platform = self._platform(kind)
                platform.next_answers = [
                    (302, {}, {"Location": platform.url}),
                    (403, MISMATCH[kind], {}),
                    (503, {}, {}),
                ]
                down = self._platform(kind, start=False)
                for other in (*[platform] * 4, down):
                    bot = self._bot(other)
                    bot.with_user(self.system).action_send_test()
                    self._submit(self._order())
                    self._run_worker()
                    bot.active = False
                    self._run_worker()
                told = log.getvalue()
                self.assertIn("Job", told)
                self.assertNotIn(TOKEN, told)
                self.assertNotIn(SECRET, told)
                self.assertGreater(len(platform.received), 3)

    def test_gives_up(self):
        """[CSN-3] the gaps grow as the bot says, then the message has failed."""
        bot = self._bot(self._platform(start=False), retry_minutes="1, 5, 30")
        with freeze_time(START):
            self._submit()
            self._run_worker()
        message = self._messages(bot)
        for moment, tries in (("02:01:00", 2), ("02:06:00", 3), ("02:36:00", 4)):
            self.assertEqual(str(message.next_try), f"2030-01-07 {moment}")
            self._work_at(message.next_try)
            self.assertEqual(message.tries, tries)
        self.assertEqual(message.state, "failed")
        self.assertFalse(self.env["order.recheck"].search([]))

    def test_redirection_is_refused(self):
        """[SEC-1] nothing is posted to where an answer points."""
        elsewhere = self._platform("wecom")
        for status in (301, 302, 307, 308):
            with self.subTest(status):
                platform = self._platform("wecom")
                platform.next_answers = [(status, {}, {"Location": elsewhere.url})]
                bot = self._bot(platform)
                self._submit(self._order())
                self._run_worker()
                message = self._messages(bot)
                self.assertEqual(message.state, "failed")
                self.assertIn(f"HTTP {status}", message.last_error)
                bot.active = False
        self.assertFalse(elsewhere.received)

    def test_server_error_is_tried_again(self):
        """[CSN-3] a platform that fails may recover."""
        platform = self._platform()
        platform.next_answers = [(503, {}, {})]
        bot = self._bot(platform)
        with freeze_time(START):
            self._submit()
            self._run_worker()
        self.assertEqual(self._messages(bot).state, "waiting")
        self._work_at("2030-01-07 02:01:00")
        self.assertEqual(self._messages(bot).state, "sent")

    # -- many of them ------------------------------------------------------------------

    def test_limit_per_minute(self):
        """[CSN-3] more than the platform takes in a minute waits, in its order."""
        platform = self._platform()
        bot = self._bot(platform, limit_per_minute=2)
        with freeze_time(START):
            for _index in range(5):
                self._submit(self._order())
            self._run_worker()
        messages = self._messages(bot)
        self.assertEqual(len(messages), 5)
        self.assertEqual(platform.texts, messages[:2].mapped("text"))
        self._work_at("2030-01-07 02:00:30")
        self.assertEqual(len(platform.texts), 2)
        self._work_at("2030-01-07 02:01:01")
        self.assertEqual(platform.texts, messages[:4].mapped("text"))
        self._work_at("2030-01-07 02:02:02")
        self.assertEqual(platform.texts, messages.mapped("text"))
        self.assertEqual(set(messages.mapped("tries")), {1})

    def test_dead_bot_is_asked_once(self):
        """[CSN-3] messages that wait for the same dead bot share its attempts."""
        platform = self._platform()
        platform.next_answers = [(503, {}, {})] * 2
        bot = self._bot(platform)
        with freeze_time(START):
            for _index in range(4):
                self._submit(self._order())
            self._run_worker()
        self.assertEqual(len(platform.received), 1)
        self.assertEqual(self._messages(bot).mapped("tries"), [1] * 4)
        self._work_at("2030-01-07 02:01:00")
        self.assertEqual(len(platform.received), 2)
        self._work_at("2030-01-07 02:06:00")
        self.assertEqual(self._messages(bot).mapped("state"), ["sent"] * 4)

    def test_failing_bot_stops_nothing(self):
        """[CSN-3] reviews, to-dos and the other bots go on."""
        dead = self._bot(self._platform("feishu", start=False))
        platform = self._platform()
        self._bot(platform)
        order, other = self._submit(), self._submit(self._order())
        self._run_worker()
        self.assertEqual(self._messages(dead).mapped("state"), ["waiting"] * 2)
        self.assertEqual(len(platform.texts), 2)
        for document in (order, other):
            self.assertEqual(
                document.sudo().activity_ids.user_id, self.supervisor, document.name
            )
        self._approve_all(order)
        self.assertEqual(order.review_state, "approved")
        left = self.env["order.recheck"].search([])
        self.assertEqual(set(left.mapped("res_model")), {"order.bot.message"})
        self.assertTrue(all(row.not_before for row in left))

    def _approve_all(self, order):
        self._sign(order, "sales", *DEPARTMENTS)
        self._run_worker()

    def test_posting_holds_no_other_rows(self):
        """[CSN-3] the worker looks at one model in a transaction, so that no order is
        locked while a platform takes its time."""
        recheck = self.env["order.recheck"]
        bot = self._bot(self._platform())
        order = self._submit()
        message = self.env["order.bot.message"].create(
            {"bot_id": bot.id, "company_id": self.company.id, "text": "Hello"}
        )
        recheck._mark(message)
        recheck._mark(order.sudo().review_id)
        recheck._mark(message, at=recheck.search([])[0].create_date + timedelta(days=1))
        batches = []
        while rows := recheck._next_rows()[0]:
            batches.append(rows.mapped("res_model"))
            rows.unlink()
        self.assertEqual({len(set(models)) for models in batches}, {1})
        self.assertEqual(
            {models[0] for models in batches}, {"order.review", "order.bot.message"}
        )
        self.assertEqual(len(recheck.search([])), 1)

    def test_archived_bot_is_silent(self):
        """[CSN-3] what waits for a bot that was archived has failed."""
        platform = self._platform()
        platform.next_answers = [(503, {}, {})]
        bot = self._bot(platform)
        with freeze_time(START):
            self._submit()
            self._run_worker()
        bot.active = False
        self._submit(self._order())
        self._work_at("2030-01-07 03:00:00")
        self.assertEqual(self._messages(bot).mapped("state"), ["failed"])
        self.assertEqual(len(platform.received), 1)

    def test_log_forgets(self):
        """[CSN-3] old messages go, those that wait stay."""
        bot = self._bot(self._platform(), keep_days=30)
        with freeze_time(START):
            self._submit()
            self._run_worker()
            sent = self._messages(bot)
            waiting = sent.copy({"state": "waiting"})
        self.env.flush_all()
        self.cr.execute("UPDATE order_bot_message SET create_date = %s", [START])
        self.env.invalidate_all()
        with freeze_time("2030-02-05"):
            self.env["order.bot.message"]._gc_messages()
            self.assertEqual(self._messages(bot), sent + waiting)
        with freeze_time("2030-02-07"):
            self.env["order.bot.message"]._gc_messages()
            self.assertEqual(self._messages(bot), waiting)
