"""Fixtures for tests of the whole system, run by ``./dev test --system``.

``database``     module    ``devkit.storage.Database``: a clone of a template, dropped
                           after the module. The module may choose: DATABASE = "plain"
                           (no demo data), "wide" (with website_sale, pos_sale, …);
                           "demo" is the default. ``.query(sql)``, ``.dsn``, ``.name``
``server``       module    a live Odoo on ``database``: ``.url``, ``.log``. The module
                           may set SERVER = {"pdf": "plain", "cron_threads": 1, …}, see
                           ``devkit.server.OdooServer``. Errors in its log fail the
                           module, except entries that match one of
                           EXPECTED_ERRORS = [regex, …]
``rpc``          function  ``rpc("login")`` or ``rpc("login", "password")``: a logged-in
                           ``devkit.rpc.Session`` with ``.call(model, method, …)``
``people``       module    pairs of sessions for ``steps.race``
``connections``  function  ``connections()`` opens a psycopg2 connection to ``database``
``browser``      session   Chromium through Playwright
``open_page``    function  ``open_page()`` or ``open_page("login")``: a new page of a
                           person of their own, logged in; 1280x900, zh-CN
``page``         function  one such page, nobody logged in

A failing test leaves a picture of every page it opened in ``.dev/screenshots``.
"""

import os
import re
from concurrent.futures import ThreadPoolExecutor

import psycopg2
import pytest
from playwright.sync_api import sync_playwright

from devkit import databases, paths
from devkit.rpc import Session
from devkit.server import OdooServer

ADMIN = "admin"
SIDE_BY_SIDE = 5  # races that run beside each other

BROWSER_OPTIONS = [
    "--no-sandbox",  # root may not use it, and only our own pages are shown
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PAGE_OPTIONS = {
    "locale": "zh-CN",
    "timezone_id": "Asia/Shanghai",
    "viewport": {"width": 1280, "height": 900},
}
WEB_CLIENT = ".o_web_client .o_main_navbar"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    setattr(item, f"report_{report.when}", report)
    return report


@pytest.fixture(scope="module")
def database(request):
    flavour = getattr(request.module, "DATABASE", "demo")
    with databases.clone(flavour, request.module.__name__) as clone:
        yield clone


@pytest.fixture(scope="module")
def server(request, database):
    options = getattr(request.module, "SERVER", {})
    with OdooServer(database, **options) as running:
        yield running
    expected = getattr(request.module, "EXPECTED_ERRORS", [])
    problems = [
        entry
        for entry in running.problems()
        if not any(re.search(pattern, entry) for pattern in expected)
    ]
    assert not problems, f"errors in {running.log}:\n" + "\n".join(problems)[:4000]


@pytest.fixture(scope="module")
def boss(server):
    """Somebody who may do everything."""
    return Session(server.url, server.database.name, ADMIN, None)


@pytest.fixture(scope="module")
def rival(server, boss):
    """The same person at another screen."""
    return Session(server.url, server.database.name, ADMIN, None)


@pytest.fixture(scope="module")
def people(server):
    """Pairs of sessions for what is done at the same moment, see ``steps.race``."""
    name = server.database.name
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        logins = [ADMIN] * (2 * SIDE_BY_SIDE)
        sessions = list(
            pool.map(lambda login: Session(server.url, name, login, None), logins)
        )
    return list(zip(sessions[::2], sessions[1::2], strict=True))


@pytest.fixture
def rpc(server):
    def log_in(login, password=None):
        return Session(server.url, server.database.name, login, password)

    return log_in


@pytest.fixture
def connections(database):
    opened = []

    def connect():
        opened.append(psycopg2.connect(**database.dsn))
        return opened[-1]

    yield connect
    for connection in opened:
        connection.close()


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=os.environ["ORDER_CHROMIUM"], args=BROWSER_OPTIONS
        )
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(request, browser, server):
    pages = []

    def open_one(login="", password=None):
        page = browser.new_context(base_url=server.url, **PAGE_OPTIONS).new_page()
        pages.append(page)
        if login:
            sign_in(page, login, password)
        return page

    yield open_one
    report = getattr(request.node, "report_call", None)
    for number, page in enumerate(pages, 1):
        if report and report.failed:
            name = re.sub(r"\W+", "_", request.node.nodeid)
            page.screenshot(path=paths.SCREENSHOTS / f"{name}_{number}.png")
        page.context.close()


@pytest.fixture
def page(open_page):
    return open_page()


def sign_in(page, login, password=None):
    """Log in through the form and wait for the web client."""
    page.goto("/web/login")
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", password or login)
    page.click(".oe_login_form button[type=submit]")
    page.wait_for_selector(WEB_CLIENT)
