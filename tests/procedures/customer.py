"""The customer on the page of his order, by the link that was sent to him."""

import html
import http.cookiejar
import re
import urllib.parse
import urllib.request

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
DOCUMENT = re.compile(r'href="(/my/order_documents/[^"]+)"')


class Customer:
    """A visitor who has the link of one order, and no login."""

    def __init__(self, company, order, login):
        action = company.do(login, "sale.order", "action_preview_sale_order", order)
        self._page = action["url"]
        self._server = company.server.url
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        proxies = urllib.request.ProxyHandler({})
        self._opener = urllib.request.build_opener(cookies, proxies)
        self._opener.addheaders.append(("Accept-Language", "zh-CN"))

    def look(self, page=None):
        """Return the text of the page of the order, or of another one."""
        with self._opener.open(self._server + (page or self._page)) as answer:
            return answer.read().decode()

    def look_at_documents(self):
        """Return the texts of the pages that the page of his order leads to: changes
        and cases."""
        pages = map(html.unescape, DOCUMENT.findall(self.look()))
        return "\n".join(map(self.look, pages))

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

    def rate(self, points, words):
        """Say how satisfied he is, on the page that the page of his order leads to.

        :param points: 1, 3 or 5
        """
        token = TOKEN.search(self.look()).group(1)
        path, _mark, query = self._page.partition("?")
        asked = self._server + f"{path}/rate?{query}"
        said = urllib.parse.urlencode({"csrf_token": token}).encode()
        with self._opener.open(urllib.request.Request(asked, data=said)) as answer:
            page, text = answer.url, answer.read().decode()
        said = {"rate": points, "feedback": words}
        said["csrf_token"] = TOKEN.search(text).group(1)
        request = urllib.request.Request(
            f"{page.rpartition('/')[0]}/submit_feedback",
            data=urllib.parse.urlencode(said).encode(),
        )
        with self._opener.open(request) as answer:
            return answer.read().decode()
