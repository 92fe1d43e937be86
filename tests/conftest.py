"""Fixtures for tests of the whole system, run by ``./dev test --system``.

``database``     module    ``devkit.storage.Database``: a clone of a template, dropped
                           after the module. The module may choose: DATABASE = "plain"
                           (no demo data), "wide" (with website_sale, pos_sale, …);
                           "demo" is the default. ``.query(sql)``, ``.dsn``, ``.name``
``server``       module    a live Odoo on ``database``: ``.url``, ``.log``. The module
                           may set SERVER = {"pdf": "plain", "cron_threads": 1, …}, see
                           ``devkit.server.OdooServer``. Errors in its log fail the
                           module, except those of whoever came second and was tried
                           again, and entries that match one of
                           EXPECTED_ERRORS = [regex, …]
``rpc``          function  ``rpc("login")`` or ``rpc("login", "password")``: a logged-in
                           ``devkit.rpc.Session`` with ``.call(model, method, …)``;
                           people log in once for all tests of a server
``people``       module    pairs of sessions for ``steps.race``
``connections``  function  ``connections()`` opens a psycopg2 connection to ``database``
``browser``      session   Chromium through Playwright
``open_page``    function  ``open_page()`` or ``open_page("login")``: a new page of a
                           person who is logged in, which shows nothing yet; 1280x900,
                           zh-CN
``page``         function  one such page, nobody logged in

A failing test leaves a picture of every page it opened in ``.dev/screenshots``, and its
report says what stood there and what the browser complained of.
"""

import os
import re
from concurrent.futures import ThreadPoolExecutor

import psycopg2
import pytest
from playwright.sync_api import Error as BrowserError
from playwright.sync_api import sync_playwright
from steps import check_log, session_of

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
TOLD = 3000  # letters of a page
# how long a page may take when every worker has one: the first of a person and the form
# of an order keep a core busy for ten seconds
PAGE_SECONDS = 60
PAGE_OPTIONS = {
    "locale": "zh-CN",
    "timezone_id": "Asia/Shanghai",
    "viewport": {"width": 1280, "height": 900},
}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    setattr(item, f"report_{report.when}", report)
    if report.failed and report.when == "call":
        report.sections += [
            (page.url, tell(page, complaints))
            for page, complaints in getattr(item, "pages", {}).items()
        ]
    return report


def tell(page, complaints):
    """What the browser complained of, and what stands on a page."""
    try:
        words = page.locator("body").inner_text(timeout=5000)
    except BrowserError as error:  # the test has failed already: this is what is known
        words = str(error)
    lines = [*complaints[-9:], *words.splitlines()]
    return "\n".join(filter(str.strip, lines))[:TOLD]


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
    check_log(running, getattr(request.module, "EXPECTED_ERRORS", []))


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


@pytest.fixture(scope="module")
def log_in(server):
    """The same as ``rpc``, for fixtures of a module."""
    return lambda login, password=None: session_of(server, login, password)


@pytest.fixture
def rpc(server):
    return lambda login, password=None: session_of(server, login, password)


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


@pytest.fixture(scope="module")
def windows():
    """``{login: context}``: what a person's browser has loaded and compiled once stays
    there for the tests of a file."""
    opened = {}
    yield opened
    for context in opened.values():
        context.close()


@pytest.fixture
def open_page(request, browser, server, windows):
    pages, alone = {}, []
    request.node.pages = pages

    def open_one(login="", password=None):
        context = windows.get(login)
        if not context:
            context = browser.new_context(base_url=server.url, **PAGE_OPTIONS)
            context.set_default_timeout(PAGE_SECONDS * 1000)
            if login:
                windows[login] = context
                hand_over(session_of(server, login, password), context)
            else:
                alone.append(context)
        page = context.new_page()
        pages[page] = complaints = []
        page.on("pageerror", lambda error: complaints.append(f"! {error}"))
        page.on("requestfailed", lambda sent: complaints.append(f"! {sent.url}"))
        forget(page, server)
        return page

    yield open_one
    report = getattr(request.node, "report_call", None)
    for number, page in enumerate(pages, 1):
        if report and report.failed:
            name = re.sub(r"\W+", "_", request.node.nodeid)
            page.screenshot(path=paths.SCREENSHOTS / f"{name}_{number}.png")
        page.close()
    for context in alone:
        context.close()


@pytest.fixture
def page(open_page):
    return open_page()


def hand_over(session, context):
    """Go on in the browser where somebody has logged in: the form of the login, and
    the web client that it opens, are not loaded before the page that is wanted. They
    are what ``test_smoke`` and ``test_adoption_in_browser`` go through."""
    context.add_cookies(
        [
            {"name": cookie.name, "value": cookie.value, "url": session.url}
            for cookie in session.cookies
        ]
    )


def forget(page, server):
    """Have a new page ask for everything: the web client first shows what it remembers
    of an earlier page, and only then what the server says."""
    tools = page.context.new_cdp_session(page)
    kept = {"origin": server.url, "storageTypes": "indexeddb,local_storage"}
    tools.send("Storage.clearDataForOrigin", kept)
    tools.detach()
