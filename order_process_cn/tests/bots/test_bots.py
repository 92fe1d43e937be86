from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import DEPARTMENTS
from .common import BotCommon


@tagged("post_install", "-at_install")
class TestBots(BotCommon):
    """[CSN-3] a chat group is told what waits for whom."""

    # -- nothing without a bot ---------------------------------------------------------

    def test_off_by_default(self):
        """[CSN-3] nothing is shipped switched on; without a bot nothing is written."""
        bots = self.env["order.bot"].with_context(active_test=False)
        self.assertFalse(bots.search_count([]))
        order = self._submit()
        self._run_worker()
        self.assertFalse(self.env["order.bot.message"].search([]))
        seats = order.sudo().review_id.task_ids.filtered(lambda t: t.state == "open")
        self.assertEqual(seats.mapped("is_announced"), [True])
        review = order.sudo().review_id
        review._after_notices(seats)  # fills the caches
        with self.assertQueryCount(0):
            review._after_notices(seats)

    def test_signing_costs_the_same(self):
        """[CSN-3] a bot adds no query to a signature: it is told by the worker."""
        self.env["order.bot"]._ids_for(self.company.id)
        plain = self._count_signing()
        self._bot(self._platform(start=False))
        self._count_signing()
        self.assertEqual(self._count_signing(), plain)
        self.assertFalse(self.env["order.bot.message"].search([]))

    def _count_signing(self):
        counts = []
        for _turn in range(2):  # the first fills the caches
            order = self._submit(self._order())
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self._sign(order, "sales")
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
        return counts[-1]

    # -- what is told ------------------------------------------------------------------

    def test_one_message_for_each_review(self):
        """[CSN-3] each opened seat is told once, with the people it waits for."""
        platform = self._platform()
        self._bot(platform)
        order = self._submit(price=98765432.1)
        self.assertFalse(platform.received)
        self._run_worker()
        self._run_worker()
        self.assertEqual(len(platform.texts), 1)
        text = platform.texts[0]
        self.assertEqual(text.splitlines()[0], f"{order.name} waits for your signature")
        self.assertIn(f"Customer: {self.partner.name}", text)
        self.assertIn("Stage: Check", text)
        self.assertIn(f"- Sales: {self.supervisor.name}", text)
        self.assertIn(f"/mail/view?model=sale.order&res_id={order.id}", text)
        self.assertNotRegex(text, "98,?765,?432")
        self._sign(order, "sales")
        self._run_worker()
        self.assertEqual(len(platform.texts), 2)
        text = platform.texts[1]
        self.assertIn("Stage: Countersign", text)
        for name in DEPARTMENTS:
            self.assertIn(f": {self.signers[name].name}", text)
        self._sign(order, "quality")
        self._run_worker()
        self.assertEqual(len(platform.texts), 2)

    def test_told_again_after_voiding(self):
        """[CSN-3] a seat that has to sign again is told again."""
        platform = self._platform()
        self._bot(platform)
        order = self._submit()
        self._run_worker()
        self._sign(order, "sales")
        self._run_worker()
        self.assertEqual(len(platform.texts), 2)
        order.order_line.product_uom_qty = 7
        self._end_of_transaction()
        self.assertEqual(self._states(order)["Sales"], "open")
        self._run_worker()
        self.assertEqual(len(platform.texts), 3)
        self.assertIn("- Sales: ", platform.texts[2])
        self.assertNotIn("- Quality: ", platform.texts[2])

    def test_urgent(self):
        """[URG-1] an urgent order says so first."""
        platform = self._platform()
        self._bot(platform)
        order = self._submit()
        order.sudo().review_id.is_urgent = True
        self._run_worker()
        self.assertTrue(platform.texts[0].startswith("URGENT: "))

    def test_only_chosen_departments(self):
        """[CSN-3] a group hears of its own departments only."""
        everything, quality = self._platform(), self._platform("wecom")
        self._bot(everything)
        bot = self._bot(quality, departments=["quality", "engineering"])
        order = self._submit()
        self._run_worker()
        self.assertEqual(len(everything.texts), 1)
        self.assertFalse(self._messages(bot))
        self._sign(order, "sales")
        task = order.sudo().review_id.task_ids.filtered(lambda t: t.name == "Quality")
        task.with_user(self.signers["quality"]).action_add_signers(
            self.gm.ids, "beside", "Look at it"
        )
        self._run_worker()
        self.assertEqual(len(quality.texts), 1)
        self.assertEqual(
            [line for line in quality.texts[0].splitlines() if line.startswith("- ")],
            [
                f"- Engineering: {self.signers['engineering'].name}",
                f"- Quality: {self.signers['quality'].name}",
                f"- {self.gm.name}",
            ],
        )

    def test_language_of_the_company(self):
        """[CSN-3] the group reads the company's language, whoever acted."""
        self.env["res.lang"]._activate_lang("fr_FR")
        department = self.departments["sales"]
        department.with_context(lang="fr_FR").name = "Ventes"
        self.company.partner_id.lang = "fr_FR"
        platform = self._platform()
        self._bot(platform)
        self.route.active = False
        self.route = self._make_route()
        self._submit()
        self._run_worker()
        self.assertIn("- Ventes: ", platform.texts[0])

    def test_other_companies_are_not_told(self):
        """[SEC-1] a bot speaks for one company."""
        platform = self._platform()
        other = self.env["res.company"].create({"name": "Other"})
        self._bot(platform, company_id=other.id)
        self._submit()
        self._run_worker()
        self.assertFalse(platform.received)

    def test_large_group(self):
        """[CSN-3] of many people some are named, and how many there are."""
        logins = [f"inspector_{number}" for number in range(12)]
        people = self._new_users(dict.fromkeys(logins, "base.group_user")).values()
        self.departments["sales"].member_ids = self.env["res.users"].concat(*people)
        platform = self._platform()
        self._bot(platform)
        self._submit()
        self._run_worker()
        self.assertRegex(platform.texts[0], r"- Sales: .* … \(13\)")

    # -- setting one up ----------------------------------------------------------------

    def test_test_message(self):
        """[CSN-3] an administrator sees the answer at once, and in the log."""
        platform = self._platform()
        bot = self._bot(platform)
        answer = self._rpc(self.system, bot, "action_send_test")
        self.assertEqual(answer["params"]["type"], "success")
        self.assertEqual(platform.texts, [f"Test message of {self.company.name}"])
        bot.secret = "wrong"
        answer = self._rpc(self.system, bot, "action_send_test")
        self.assertEqual(answer["params"]["type"], "danger")
        self.assertIn("310000 sign not match", answer["params"]["message"])
        self.assertEqual(self._messages(bot).mapped("state"), ["sent", "failed"])
        bot.limit_per_minute = 2
        with self.assertRaisesRegex(UserError, "limit of this minute"):
            self._rpc(self.system, bot, "action_send_test")
        self.assertEqual(len(platform.received), 2)

    @mute_logger("odoo.sql_db")
    def test_wrong_settings(self):
        """[SEC-1] a bot speaks to its platform only, and by https."""
        platform = self._platform()
        bot = self._bot(platform)
        for values, words in (
            ({"url": "https://evil.example/"}, "chosen platform"),
            ({"url": "http://oapi.dingtalk.com/"}, "https"),
            ({"url": "https://oapi.dingtalk.com@evil.example/"}, "no address"),
            ({"kind": "wecom", "url": "https://open.feishu.cn/x"}, "chosen platform"),
            ({"retry_minutes": "soon"}, "whole minutes"),
        ):
            with (
                self.subTest(values),
                self.assertRaisesRegex(ValidationError, words),
                self.cr.savepoint(),
            ):
                bot.write(values)
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("order_process_cn.bot_hosts", "im.example.com, b.example")
        bot.url = "https://im.example.com/robot"
        bot.url = platform.url

    def test_permission_taken_back(self):
        """[SEC-1] the address is looked at again before something is sent there."""
        platform = self._platform()
        bot = self._bot(platform)
        self._submit()
        self.env["ir.config_parameter"].set_param("order_process_cn.bot_allow_http", "")
        self._run_worker()
        self.assertFalse(platform.received)
        message = self._messages(bot)
        self.assertEqual(message.state, "failed")
        self.assertEqual(message.last_error, "address refused: insecure")
