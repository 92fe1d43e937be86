from odoo import Command
from odoo.exceptions import AccessError
from odoo.service.model import call_kw
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import SECRET, TOKEN, BotCommon

SECRETS = ("url", "secret")


@tagged("post_install", "-at_install")
class TestBotSecurity(BotCommon):
    """[SEC-1] whoever knows address and secret can speak in the group: only system
    administrators do."""

    def setUp(self):
        super().setUp()
        refusals = mute_logger(
            "odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule"
        )
        self.enterContext(refusals)
        # who may export at all learns no more
        export = self.env.ref("base.group_allow_export")
        export.user_ids |= self.salesman | self.gm | self.administrator
        self.platform = self._platform()
        self.bot = self._bot(self.platform)

    def _roads(self, name):
        """Return the ways in which a client may try to learn a field."""
        token = TOKEN if name == "url" else SECRET
        return {
            "read": (self.bot, [[name]]),
            "export_data": (self.bot, [[name]]),
            "web_read": (self.bot, [{name: {}}]),
            "search": (self.env["order.bot"], [[(name, "ilike", token)]]),
            "search_count": (self.env["order.bot"], [[(name, "=like", f"{token}%")]]),
            "search_read": (self.env["order.bot"], [[], [name]]),
            "formatted_read_group": (self.env["order.bot"], [[], [name], ["__count"]]),
            "write": (self.bot, [{name: "https://oapi.dingtalk.com/x"}]),
            "copy": (self.bot, [{}]),
        }

    def test_secrets_are_not_for_the_process_administrator(self):
        """[SEC-1] who configures the process sees which bots there are, no more."""
        self.assertFalse(self.administrator.has_group("base.group_system"))
        for name in SECRETS:
            for method, (target, args) in self._roads(name).items():
                with (
                    self.subTest(f"{method} {name}"),
                    self.assertRaises(AccessError),
                    self.cr.savepoint(),
                ):
                    self._rpc(self.administrator, target, method, *args)
            with self.assertRaises(AccessError):
                call_kw(
                    self.env["order.bot"].with_user(self.administrator),
                    "search",
                    [[]],
                    {"order": name},
                )
        described = self._rpc(self.administrator, self.env["order.bot"], "fields_get")
        self.assertFalse(described.keys() & set(SECRETS))
        everything = self._rpc(self.administrator, self.bot, "read")
        self.assertEqual(everything[0]["name"], self.bot.name)
        for word in (TOKEN, SECRET):
            self.assertNotIn(word, str(everything))

    def test_employees_see_no_bots(self):
        """[SEC-1] neither the bots nor what they said."""
        self._submit()
        self._run_worker()
        message = self._messages(self.bot)
        self.assertTrue(message)
        for user in (self.salesman, self.gm):
            for name in SECRETS:
                for method, (target, args) in self._roads(name).items():
                    with (
                        self.subTest(f"{user.login} {method} {name}"),
                        self.assertRaises(AccessError),
                        self.cr.savepoint(),
                    ):
                        self._rpc(user, target, method, *args)
        for user in (self.salesman, self.gm, self.administrator):
            for method, args in (
                ("read", [["text"]]),
                ("export_data", [["bot_id/url"]]),
                ("unlink", []),
            ):
                with (
                    self.subTest(f"{user.login} {method}"),
                    self.assertRaises(AccessError),
                    self.cr.savepoint(),
                ):
                    self._rpc(user, message, method, *args)

    def test_only_administrators_send(self):
        """[SEC-1] nobody else makes the bot speak."""
        for user in (self.salesman, self.clerk, self.administrator):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._rpc(user, self.bot, "action_send_test")
        for user in (self.administrator, self.system):
            for method, args in (("_post", ["Hello"]), ("_announce", [])):
                with self.assertRaises(AccessError):
                    self._rpc(user, self.bot, method, *args)
        self.assertFalse(self.platform.received)

    def test_nobody_writes_messages(self):
        """[SEC-2] the log is written by the engine; administrators read it."""
        self._rpc(self.system, self.bot, "action_send_test")
        message = self._messages(self.bot)
        self.assertTrue(self._rpc(self.system, message, "read", ["text"]))
        for user in (self.system, self.env.ref("base.user_admin")):
            for method, args in (
                ("write", [{"text": "Forged"}]),
                ("unlink", []),
                ("copy", [{}]),
            ):
                with (
                    self.subTest(f"{user.login} {method}"),
                    self.assertRaises(AccessError),
                    self.cr.savepoint(),
                ):
                    self._rpc(user, message, method, *args)
            with self.assertRaises(AccessError), self.cr.savepoint():
                self._rpc(
                    user,
                    self.env["order.bot.message"],
                    "create",
                    [{"bot_id": self.bot.id, "company_id": 1, "text": "Forged"}],
                )

    def test_other_company(self):
        """[SEC-1] administrators of another company see neither bots nor messages."""
        other = self.env["res.company"].create({"name": "Other"})
        stranger = self._user("stranger", "base.group_system")
        stranger.write(
            {"company_ids": [Command.set(other.ids)], "company_id": other.id}
        )
        there = {"allowed_company_ids": other.ids}
        for model in ("order.bot", "order.bot.message"):
            found = self.env[model].with_user(stranger).with_context(**there)
            self.assertFalse(found.search([]))
        with self.assertRaises(AccessError):
            self._rpc(stranger, self.bot.with_context(**there), "action_send_test")
        self.assertFalse(self.platform.received)

    def test_form(self):
        """[SEC-1] an administrator sets a bot up in the form."""
        with Form(self.env["order.bot"].with_user(self.system)) as form:
            form.name = "Quality group"
            form.kind = "feishu"
            form.url = "https://open.feishu.cn/open-apis/bot/v2/hook/T"
            form.secret = SECRET
            form.department_ids.add(self.departments["quality"])
        bot = form.save()
        self.assertEqual(bot.limit_per_minute, 20)
        self.assertEqual(bot.retry_minutes, "1, 5, 30")
