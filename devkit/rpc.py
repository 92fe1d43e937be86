"""Talking to a live server as the web client does: JSON-RPC with a session."""

import http.cookiejar
import itertools
import json
import urllib.error
import urllib.request
from typing import Any


class RpcError(Exception):
    """What the server refused; ``name`` is the exception's class, with its module."""

    def __init__(self, error: dict[str, Any]):
        data = error.get("data") or {}
        super().__init__(data.get("message") or error.get("message"))
        self.name: str = data.get("name", "")
        self.debug: str = data.get("debug", "")


class Session:
    """A person logged in by password; ``call`` runs a public method of a model."""

    def __init__(self, url: str, database: str, login: str, password: str | None):
        self.url = url
        self.cookies = http.cookiejar.CookieJar()
        cookies = urllib.request.HTTPCookieProcessor(self.cookies)
        # no proxy: the server is on this machine
        proxies = urllib.request.ProxyHandler({})
        self._opener = urllib.request.build_opener(cookies, proxies)
        self._ids = itertools.count(1)
        credentials = {"login": login, "password": password or login}
        info = self.post("/web/session/authenticate", db=database, **credentials)
        self.uid: int = info["uid"]
        self.context: dict[str, Any] = info["user_context"]

    def call(self, model: str, method: str, *args: Any, **kwargs: Any) -> Any:
        """``call("sale.order", "action_confirm", [ids])``; raises RpcError."""
        kwargs["context"] = self.context | kwargs.get("context", {})
        return self.post(
            f"/web/dataset/call_kw/{model}/{method}",
            model=model,
            method=method,
            args=list(args),
            kwargs=kwargs,
        )

    def get(self, path: str) -> tuple[int, bytes]:
        """Status and body of a page or download, such as a report."""
        try:
            with self._opener.open(self.url + path) as response:
                return response.status, response.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read()

    def post(self, path: str, **params: Any) -> Any:
        """Call a route of type jsonrpc and return its result."""
        body = {"jsonrpc": "2.0", "id": next(self._ids), "params": params}
        request = urllib.request.Request(
            self.url + path,
            data=json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        with self._opener.open(request) as response:
            answer = json.load(response)
        if "error" in answer:
            raise RpcError(answer["error"])
        return answer.get("result")
