"""The customer on the page of his order, by the link that was sent to him."""

import http.cookiejar
import re
import urllib.parse
import urllib.request

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class Customer:
    """A visitor who has the link of one order, and no login."""

    def __init__(self, company, order, login):
        action = company.do(login, "sale.order", "action_preview_sale_order", order)
        self._page = action["url"]
        self._server = company.server.url
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        proxies = urllib.request.ProxyHandler({})
        self._opener = urllib.request.build_opener(cookies, proxies)

    def look(self, page=None):
        """Return the text of the page of the order, or of another one."""
        with self._opener.open(self._server + (page or self._page)) as answer:
            return answer.read().decode()

    def send(self, act, page=None, **said):
        """Send a form as his browser does; return the page that he sees then.

        :param act: the last part of the address, such as "confirm_receipt"
        """
        page = page or self._page
        token = TOKEN.search(self.look(page)).group(1)
        path, _mark, query = page.partition("?")
        said = {"csrf_token": token, "name": "陈建军", **said}
        request = urllib.request.Request(
            f"{self._server}{path}/{act}?{query}",
            data=urllib.parse.urlencode(said).encode(),
        )
        with self._opener.open(request) as answer:
            return answer.read().decode()
