import base64
import hashlib
import hmac
import json
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

from odoo import Command
from odoo.tests import freeze_time

from ..common import OrderCommon

SECRET = "SECdemo"
TOKEN = "token-of-the-group"
PATHS = {
    "dingtalk": f"/robot/send?access_token={TOKEN}",
    "feishu": f"/open-apis/bot/v2/hook/{TOKEN}",
    "wecom": f"/cgi-bin/webhook/send?key={TOKEN}",
}
OK = {
    "dingtalk": {"errcode": 0, "errmsg": "ok"},
    "feishu": {"code": 0, "msg": "success"},
    "wecom": {"errcode": 0, "errmsg": "ok"},
}
MISMATCH = {
    "dingtalk": {"errcode": 310000, "errmsg": "sign not match"},
    "feishu": {"code": 19021, "msg": "sign match fail or timestamp is not within"},
    "wecom": {"errcode": 93000, "errmsg": "invalid webhook url"},
}
TOO_FAST = {
    "dingtalk": {"errcode": 130101, "errmsg": "send too fast"},
    "feishu": {"code": 11232, "msg": "frequency limited"},
    "wecom": {"errcode": 45009, "errmsg": "api freq out of limit"},
}


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.platform.received.append((self.path, body))
        status, answer, headers = self.server.platform.answer(self.path, body)
        raw = json.dumps(answer).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, *_args):
        """Say nothing: the tests look at what was received."""


class Platform:
    """A chat platform on this machine: a real HTTP server that checks signatures.

    Its port is taken from the beginning; until :meth:`start` connections are refused.
    """

    def __init__(self, kind):
        self.kind = kind
        self.received = []
        self.next_answers = []
        self.server = HTTPServer(("127.0.0.1", 0), Handler, bind_and_activate=False)
        self.server.platform = self
        self.server.server_bind()
        self.thread = Thread(target=self.server.serve_forever, args=[0.05])

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server.server_port}{PATHS[self.kind]}"

    @property
    def texts(self):
        """What the group can read."""
        return [
            body["content" if self.kind == "feishu" else "text"][
                "text" if self.kind == "feishu" else "content"
            ]
            for _path, body in self.received
        ]

    def start(self):
        self.server.server_activate()
        self.thread.start()

    def stop(self):
        if self.thread.is_alive():
            self.server.shutdown()
            self.thread.join()
        self.server.server_close()

    def answer(self, path, body):
        if self.next_answers:
            return self.next_answers.pop(0)
        good = getattr(self, f"_is_good_{self.kind}")(path, body)
        return 200, (OK if good else MISMATCH)[self.kind], {}

    def _is_good_dingtalk(self, path, _body):
        query = parse_qs(urlsplit(path).query)
        stamp = query.get("timestamp", [""])[0]
        expected = self._sign(SECRET, f"{stamp}\n{SECRET}")
        return query.get("access_token") == [TOKEN] and query.get("sign") == [expected]

    def _is_good_feishu(self, path, body):
        expected = self._sign(f"{body.get('timestamp')}\n{SECRET}", "")
        return path == PATHS["feishu"] and body.get("sign") == expected

    def _is_good_wecom(self, path, _body):
        return path == PATHS["wecom"]

    @staticmethod
    def _sign(key, message):
        raw = hmac.new(key.encode(), message.encode(), hashlib.sha256).digest()
        return base64.b64encode(raw).decode()


class BotCommon(OrderCommon):
    """Bots that talk to a real server on this machine."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param(
            "order_process_cn.bot_allow_http", "True"
        )
        cls.system = cls._user("system_administrator", "base.group_system")

    def _platform(self, kind="dingtalk", start=True):
        platform = Platform(kind)
        self.addCleanup(platform.stop)
        if start:
            platform.start()
        return platform

    def _bot(self, platform, **values):
        departments = values.pop("departments", ())
        return self.env["order.bot"].create(
            {
                "name": f"Group on {platform.kind}",
                "kind": platform.kind,
                "company_id": self.company.id,
                "url": platform.url,
                "secret": SECRET,
                "department_ids": [
                    Command.set([self.departments[name].id for name in departments])
                ],
                **values,
            }
        )

    def _messages(self, bot):
        return self.env["order.bot.message"].search(
            [("bot_id", "in", bot.ids)], order="id"
        )

    def _work_at(self, moment):
        """Run the worker at ``moment`` (UTC)."""
        with freeze_time(moment):
            self._run_worker()
