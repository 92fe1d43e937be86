"""Takes the pictures; runs where Playwright is.

``python -m devkit.screens.camera URL DATABASE FOLDER [NAME …]``
"""

import io
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from devkit.rpc import Session
from devkit.screens.album import OURS, SCREENS, Screen
from devkit.storage import Database

# the largest a picture of the documentation may be
MOST_BYTES = 120_000
COLORS = (256, 128, 64, 32)
BROWSER_OPTIONS = [
    *("--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"),
    # what the browser itself says in pages, such as “choose a file”
    "--lang=zh-CN",
]
READY = ".o_action_manager .o_action, .o_action_manager .o_form_view, .modal"
BUSY = ".o_blockUI, .o_loading_indicator, .o_view_sample_data .o_spinner"
# a loaded page still draws, and some ask the server for figures
DRAWING = 2000
# what comes and goes by itself
CALM = "*{transition:none!important;animation:none!important;caret-color:transparent}"
PAPER_WIDTH = 900


class Camera:
    def __init__(self, browser: Browser, url: str, database: str, folder: Path):
        self.browser, self.url, self.folder = browser, url, folder
        self.database = Database(database)
        self.admin = Session(url, database, "admin", None)
        # cookies of whoever has logged in
        self.logged_in: dict[str, Any] = {}

    def take(self, screen: Screen) -> Path:
        """Write the picture of a screen and return its file."""
        self._speak(screen)
        raw = self._print(screen) if screen.paper else self._photograph(screen)
        folder = self.folder / "private" if screen.private else self.folder
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / f"{screen.name}.png"
        file.write_bytes(compress(raw))
        return file

    def _speak(self, screen: Screen) -> None:
        people = self.admin.call("res.users", "search", [("login", "=", screen.person)])
        self.admin.call("res.users", "write", people, {"lang": screen.language})

    def _session(self, person: str) -> Session:
        return Session(self.url, self.database.name, person, None)

    # -- records -----------------------------------------------------------------------

    def _ref(self, name: str) -> int:
        rows = self.database.query(
            "SELECT res_id FROM ir_model_data "
            f"WHERE module = '{OURS[:-1]}' AND name = '{name}'"
        )
        return int(rows[0][0])

    def _find(self, record: str | tuple[str, list]) -> int:
        if isinstance(record, str):
            return self._ref(record)
        model, domain = record
        domain = [
            (name, operator, self._value(value)) for name, operator, value in domain
        ]
        (found,) = self.admin.call(model, "search", domain, limit=1)
        return found

    def _value(self, value: Any) -> Any:
        named = isinstance(value, str) and value.startswith("@")
        return self._ref(value[1:]) if named else value

    # -- pictures ----------------------------------------------------------------------

    def _address(self, screen: Screen) -> str:
        if screen.portal:
            order = self._find(screen.record)
            action = self.admin.call("sale.order", "action_preview_sale_order", [order])
            return action["url"]
        kind = "action-" if "." in screen.address else ""
        record = f"/{self._find(screen.record)}" if screen.record else ""
        return f"/odoo/{kind}{screen.address}{record}"

    def _photograph(self, screen: Screen) -> bytes:
        width, height = screen.size
        context = self.browser.new_context(
            base_url=self.url,
            locale=screen.language.replace("_", "-"),
            timezone_id="Asia/Shanghai",
            viewport={"width": width, "height": height},
            storage_state=None if screen.portal else self._sign_in(screen.person),
        )
        page = context.new_page()
        try:
            page.goto(self._address(screen))
            self._settle(page, "" if screen.portal else READY)
            for selector in screen.clicks:
                page.locator(selector).locator("visible=true").first.click()
                self._settle(page)
            if screen.shows:
                page.locator(screen.shows).first.scroll_into_view_if_needed()
            page.add_style_tag(content=CALM)
            return page.screenshot()
        finally:
            context.close()

    def _sign_in(self, person: str) -> Any:
        if person not in self.logged_in:
            context = self.browser.new_context(base_url=self.url)
            page = context.new_page()
            page.goto("/web/login")
            page.fill("input[name=login]", person)
            page.fill("input[name=password]", person)
            page.click(".oe_login_form button[type=submit]")
            page.wait_for_selector(".o_web_client .o_main_navbar")
            self.logged_in[person] = context.storage_state()
            context.close()
        return self.logged_in[person]

    def _settle(self, page: Page, selector: str = "") -> None:
        if selector:
            page.wait_for_selector(selector)
        page.wait_for_timeout(DRAWING)
        page.wait_for_function(f"!document.querySelector('{BUSY}')")
        page.evaluate("document.fonts.ready.then(() => true)")

    def _print(self, screen: Screen) -> bytes:
        record = self._find(screen.record)
        address = f"/report/pdf/{OURS}{screen.paper}/{record}"
        status, pdf = self._session(screen.person).get(address)
        if status != 200 or not pdf.startswith(b"%PDF"):
            raise RuntimeError(f"{screen.name}: {pdf[:500]!r}")
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "paper.pdf"
            file.write_bytes(pdf)
            picture = file.with_suffix("")
            command = ["pdftoppm", "-png", "-singlefile", "-scale-to-x"]
            command += [str(PAPER_WIDTH), "-scale-to-y", "-1", str(file), str(picture)]
            subprocess.run(command, check=True)
            return picture.with_suffix(".png").read_bytes()


def compress(raw: bytes) -> bytes:
    """A screen has few colours: a palette of them makes the file small."""
    picture = Image.open(io.BytesIO(raw)).convert("RGB")
    packed = b""
    for colors in COLORS:
        out = io.BytesIO()
        palette = picture.quantize(
            colors, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE
        )
        palette.save(out, "PNG", optimize=True)
        packed = out.getvalue()
        if len(packed) <= MOST_BYTES:
            break
    return packed


def main(arguments: list[str]) -> int:
    url, database, folder, *names = arguments
    failed = 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ["ORDER_CHROMIUM"],
            args=BROWSER_OPTIONS,
        )
        camera = Camera(browser, url, database, Path(folder))
        for screen in SCREENS:
            if names and screen.name not in names:
                continue
            try:
                file = camera.take(screen)
                print(f"  {file.name} {file.stat().st_size // 1000} kB", flush=True)
            except Exception as error:
                # the others are taken all the same
                failed += 1
                print(f"  {screen.name}: {error}", flush=True)
        browser.close()
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
