import json
from datetime import datetime, timezone
from urllib.parse import parse_qs, urlsplit

from odoo.tests import BaseCase, tagged

from ...tools.bot_protocol import (
    HOSTS,
    TEXT_LIMITS,
    address_problem,
    build_request,
    cut,
    parse_minutes,
    read_answer,
)

DINGTALK = "https://oapi.dingtalk.com/robot/send?access_token=T"
FEISHU = "https://open.feishu.cn/open-apis/bot/v2/hook/T"
WECOM = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=K"
NOW = datetime(2023, 11, 14, 22, 13, 20, tzinfo=timezone.utc).timestamp()


@tagged("post_install", "-at_install")
class TestBotProtocol(BaseCase):
    """[CSN-3] what is posted to a group robot and what its answer means; no network."""

    def test_dingtalk_signs_the_address(self):
        url, body = build_request("dingtalk", DINGTALK, "SECdemo", "Hello", NOW)
        self.assertEqual(
            url,
            f"{DINGTALK}&timestamp=1700000000000"
            "&sign=lOvVf9TQCVugV68mGbSZCg0gzOl1SVjxWi1MyVZCUuA%3D",
        )
        self.assertEqual(body, {"msgtype": "text", "text": {"content": "Hello"}})

    def test_dingtalk_keeps_one_question_mark(self):
        bare = DINGTALK.partition("?")[0]
        url, _body = build_request("dingtalk", bare, "SECdemo", "Hello", NOW)
        self.assertEqual(set(parse_qs(urlsplit(url).query)), {"timestamp", "sign"})

    def test_feishu_signs_the_body(self):
        url, body = build_request("feishu", FEISHU, "SECdemo", "Hello", NOW)
        self.assertEqual(url, FEISHU)
        self.assertEqual(
            body,
            {
                "timestamp": "1700000000",
                "sign": "U1q8KAchlt+ocM9vRG/rtwroY6XMkyjtyUV9XOpczwI=",
                "msg_type": "text",
                "content": {"text": "Hello"},
            },
        )

    def test_unsigned(self):
        for kind, url in (("dingtalk", DINGTALK), ("feishu", FEISHU), ("wecom", WECOM)):
            with self.subTest(kind):
                target, body = build_request(kind, url, "", "Hello", NOW)
                self.assertEqual(target, url)
                self.assertNotIn("sign", body)
        self.assertEqual(
            build_request("wecom", WECOM, "ignored", "Hello", NOW),
            (WECOM, {"msgtype": "text", "text": {"content": "Hello"}}),
        )

    def test_long_texts_are_cut_at_whole_characters(self):
        self.assertEqual(cut("评审", 6), "评审")
        for limit in range(6, 12):
            text = cut("评审流程环节", limit)
            self.assertLessEqual(len(text.encode()), limit)
            self.assertTrue(text.endswith("…"))
            self.assertTrue("评审流程环节".startswith(text[:-1]))
        _url, body = build_request("wecom", WECOM, "", "签" * 2000, NOW)
        self.assertLessEqual(len(body["text"]["content"].encode()), 2048)
        for kind in TEXT_LIMITS:
            with self.subTest(kind):
                _url, body = build_request(kind, DINGTALK, "s", '"\n' * 30000, NOW)
                raw = json.dumps(body, ensure_ascii=False).encode()
                self.assertLess(len(raw), 20000)

    def test_a_name_calls_nobody(self):
        """[SEC-1] what somebody wrote into a name is shown, not obeyed."""
        text = 'Order of <at user_id="all"></at> and <@all>\x00\x07\nnext line'
        for kind in HOSTS:
            with self.subTest(kind):
                _url, body = build_request(kind, FEISHU, "", text, NOW)
                sent = json.dumps(body, ensure_ascii=False)
                self.assertNotIn("<", sent)
                self.assertNotIn("\\u00", sent)
                self.assertIn("\\nnext line", sent)

    def test_answers(self):
        """[CSN-3] sent, refused for good, or worth another attempt."""
        cases = [
            ("dingtalk", 200, '{"errcode":0,"errmsg":"ok"}', (True, "", False)),
            ("wecom", 200, b'{"errcode":0,"errmsg":"ok"}', (True, "", False)),
            ("feishu", 200, '{"code":0,"msg":"success"}', (True, "", False)),
            ("feishu", 200, '{"StatusCode":0,"StatusMessage":"ok"}', (True, "", False)),
            (
                "dingtalk",
                200,
                '{"errcode":310000,"errmsg":"sign not match"}',
                (False, "310000 sign not match", False),
            ),
            (
                "feishu",
                200,
                '{"code":19021,"msg":"sign match fail"}',
                (False, "19021 sign match fail", False),
            ),
            (
                "dingtalk",
                200,
                '{"errcode":130101,"errmsg":"send too fast"}',
                (False, "130101 send too fast", True),
            ),
            (
                "feishu",
                400,
                '{"code":11232,"msg":"frequency limited"}',
                (False, "HTTP 400: 11232 frequency limited", True),
            ),
            (
                "wecom",
                200,
                '{"errcode":45009,"errmsg":"api freq out of limit"}',
                (False, "45009 api freq out of limit", True),
            ),
            ("wecom", 200, '{"errcode":93000}', (False, "93000", False)),
            ("wecom", 502, "<html>", (False, "HTTP 502: no answer code", True)),
            ("wecom", 429, "", (False, "HTTP 429: no answer code", True)),
            ("wecom", 404, "", (False, "HTTP 404: no answer code", False)),
            ("wecom", 302, "", (False, "HTTP 302: redirection refused", False)),
            ("wecom", 200, "<html>", (False, "no answer code", False)),
            ("wecom", 200, "[]", (False, "no answer code", False)),
            ("wecom", 200, '{"errcode":null}', (False, "no answer code", False)),
            ("wecom", 200, b"\xff\xfe", (False, "no answer code", False)),
        ]
        for kind, status, body, expected in cases:
            with self.subTest(kind=kind, status=status, body=body):
                self.assertEqual(read_answer(kind, status, body), expected)

    def test_long_errors_are_cut(self):
        body = json.dumps({"errcode": 1, "errmsg": "x" * 9000})
        self.assertEqual(len(read_answer("wecom", 200, body)[1]), 300)

    def test_addresses(self):
        """[SEC-1] a message goes to the platform and nowhere else."""
        for kind, url in (("dingtalk", DINGTALK), ("feishu", FEISHU), ("wecom", WECOM)):
            self.assertEqual(address_problem(kind, url), "")
        refused = {
            "": "malformed",
            "https://oapi.dingtalk.com@evil.example/": "malformed",
            "https://evil.example\\@oapi.dingtalk.com/": "malformed",
            "https://oapi.dingtalk.com/ robot": "malformed",
            "https://[oapi": "malformed",
            DINGTALK.replace("https", "http"): "insecure",
            "ftp://oapi.dingtalk.com/": "insecure",
            "oapi.dingtalk.com/robot": "insecure",
            "http://127.0.0.1:80/": "insecure",
            "https://127.0.0.1/": "host",
            "https://evil.example/oapi.dingtalk.com": "host",
            "https://oapi.dingtalk.com.evil.example/": "host",
            FEISHU: "host",
        }
        for url, problem in refused.items():
            with self.subTest(url):
                self.assertEqual(address_problem("dingtalk", url), problem)

    def test_more_addresses(self):
        own = "https://ding.example.com/robot"
        self.assertEqual(address_problem("dingtalk", own, {"ding.example.com"}), "")
        for url in ("http://127.0.0.1:8/", "http://localhost/", "http://[::1]/"):
            self.assertEqual(address_problem("wecom", url, allow_http=True), "")
        for url in ("http://127.0.0.1.evil.example/", "http://10.0.0.1/"):
            self.assertEqual(address_problem("wecom", url, allow_http=True), "insecure")

    def test_minutes(self):
        self.assertEqual(parse_minutes("1, 5,30"), (1, 5, 30))
        self.assertEqual(parse_minutes(""), ())
        for text in ("soon", "0", "-1", "1.5"):
            with self.subTest(text), self.assertRaises(ValueError):
                parse_minutes(text)
