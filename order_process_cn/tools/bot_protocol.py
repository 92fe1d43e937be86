"""How the group robots of DingTalk, Feishu and WeCom are spoken to.

What is posted and what the answer means; nothing here opens a connection.
"""

import base64
import hashlib
import hmac
import json
import unicodedata
from ipaddress import ip_address
from urllib.parse import urlencode, urlsplit

HOSTS = {
    "dingtalk": {"oapi.dingtalk.com"},
    "feishu": {"open.feishu.cn", "open.larksuite.com"},
    "wecom": {"qyapi.weixin.qq.com"},
}
# Bytes of text. WeCom limits the text; the others limit the whole body to 20 000
# bytes, in which quotation marks and line ends take two each.
TEXT_LIMITS = {"dingtalk": 9000, "feishu": 9000, "wecom": 2048}
# answers that mean "later": too fast, or the platform is busy
BUSY = {
    "dingtalk": {-1, 130101},
    "feishu": {2200, 11232, 11233, 230020},
    "wecom": {-1, 45009},
}
BUSY_STATUS = {408, 429}
ERROR_LIMIT = 300


def address_problem(kind, url, more_hosts=(), allow_http=False):
    """Return why nothing is posted to ``url``: "malformed", "insecure" or "host"; an
    empty text when all is well.

    :param more_hosts: further hosts, for a platform run by the company itself
    :param bool allow_http: accept plain HTTP too, but to this machine only
    """
    # programs disagree about whose host stands in an address with one of these
    if not url or set(url) & set("\\@") or any(c.isspace() for c in url):
        return "malformed"
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return "malformed"
    if allow_http and parts.scheme == "http" and _is_this_machine(host):
        return ""
    if parts.scheme != "https":
        return "insecure"
    return "" if host in HOSTS[kind] | set(more_hosts) else "host"


def _is_this_machine(host):
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def build_request(kind, url, secret, text, now):
    """Return ``(url, body)`` of the request that posts ``text``.

    :param str secret: signs the request; without one it goes unsigned. WeCom knows no
        signature: its address is the secret.
    :param float now: seconds since the epoch
    """
    return BUILDERS[kind](url, secret, cut(plain(text), TEXT_LIMITS[kind]), now)


def _build_dingtalk(url, secret, text, now):
    if secret:
        stamp = str(int(now * 1000))
        sign = _sign(key=secret, message=f"{stamp}\n{secret}")
        url += "&" if urlsplit(url).query else "?"
        url += urlencode({"timestamp": stamp, "sign": sign})
    return url, {"msgtype": "text", "text": {"content": text}}


def _build_feishu(url, secret, text, now):
    body = {"msg_type": "text", "content": {"text": text}}
    if secret:
        stamp = str(int(now))
        sign = _sign(key=f"{stamp}\n{secret}", message="")
        body = {"timestamp": stamp, "sign": sign, **body}
    return url, body


def _build_wecom(url, _secret, text, _now):
    return url, {"msgtype": "text", "text": {"content": text}}


BUILDERS = {
    "dingtalk": _build_dingtalk,
    "feishu": _build_feishu,
    "wecom": _build_wecom,
}


def _sign(key, message):
    digest = hmac.new(key.encode(), message.encode(), hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


def plain(text):
    """Return ``text`` so that a platform takes it literally: no control characters, and
    no markup by which a customer's name could call everybody in the group."""
    text = text.replace("<", "＜").replace(">", "＞")
    return "".join(c for c in text if c == "\n" or unicodedata.category(c) != "Cc")


def cut(text, limit):
    """Return ``text`` in at most ``limit`` bytes of UTF-8, whole characters only."""
    raw = text.encode()
    if len(raw) <= limit:
        return text
    mark = "…"
    return raw[: limit - len(mark.encode())].decode(errors="ignore") + mark


def read_answer(kind, status, body):
    """Return ``(ok, error, retry)``: whether the group got the text, else what the
    platform said, and whether it is worth trying again.

    :param int status: HTTP status; a redirection is a refusal
    :param body: text or bytes of the answer
    """
    code, words = _read_body(kind, body)
    if code == 0 and status == 200:
        return True, "", False
    busy = status in BUSY_STATUS or status >= 500 or code in BUSY[kind]
    if code is None:
        words = "redirection refused" if 300 <= status < 400 else "no answer code"
    error = " ".join(str(part) for part in (code, words) if part not in (None, ""))
    if status != 200:
        error = f"HTTP {status}: {error}"
    return False, error[:ERROR_LIMIT], busy


def _read_body(kind, body):
    """Return ``(code, words)`` of an answer; the code is ``None`` if it has none."""
    try:
        answer = json.loads(body)
    except ValueError:
        return None, ""
    if not isinstance(answer, dict):
        return None, ""
    if kind == "feishu":
        code = answer.get("code", answer.get("StatusCode"))
        words = answer.get("msg") or answer.get("StatusMessage")
    else:
        code, words = answer.get("errcode"), answer.get("errmsg")
    try:
        return int(code), str(words or "")
    except (TypeError, ValueError):
        return None, ""


def parse_minutes(text):
    """Return the waiting times in ``"1, 5, 30"`` as a tuple; empty text means none.

    :raise ValueError: something else than whole minutes above zero
    """
    minutes = tuple(int(part) for part in (text or "").split(",") if part.strip())
    if any(number < 1 for number in minutes):
        raise ValueError(text)
    return minutes
