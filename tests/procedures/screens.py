"""What the walks through screens do alike: open a document, press, look."""

from playwright.sync_api import TimeoutError as TookTooLong
from steps import read_pdf

from devkit import paths

TABLET, PHONE = {"width": 820, "height": 1180}, {"width": 390, "height": 844}


class Screen:
    """One person at one screen; every picture bears the name of the procedure."""

    def __init__(self, page, procedure):
        self.page, self.procedure = page, procedure

    def hold(self, size):
        """Take a tablet or a phone instead of the desk."""
        self.page.set_viewport_size(size)
        return self

    def open(self, model, record):
        """Open a document as the link in a message does."""
        self.page.goto(f"/mail/view?model={model}&res_id={record}")
        self.page.wait_for_selector(".o_form_view .o_form_renderer")
        return self

    def go(self, path, shows):
        """Open an entry of the menu, until ``shows`` is there."""
        self.page.goto(f"/odoo/{path}")
        self.page.wait_for_selector(shows)
        return self

    def press(self, name, gone=True, within=""):
        """Press a button of a document; ``gone``: it is not offered any more then."""
        button = self.page.locator(f"{within} button[name={name}]:visible").first
        button.click()
        if gone:
            try:
                button.wait_for(state="detached")
            except TookTooLong as waited:
                told = self.page.locator(".modal, .o_notification").all_inner_texts()
                raise AssertionError(f"{name} is still offered: {told}") from waited
        return self

    def sure(self):
        """Say yes to the question."""
        self.page.click(".modal footer .btn-primary")
        self.page.wait_for_selector(".modal", state="detached")
        return self

    def fill(self, name, value):
        """Write into a field."""
        field = self.page.locator(f".o_field_widget[name={name}]").first
        field.locator("input, textarea").first.fill(str(value))
        return self

    def sees(self, *words):
        """Wait until each of these is on the screen."""
        for text in words:
            self.page.locator(f".o_action_manager :text('{text}')").first.wait_for()
        return self

    def in_state(self, value):
        self.page.wait_for_selector(f".o_arrow_button_current[data-value={value}]")
        return self

    def picture(self, name):
        """Keep a picture; nothing hangs over the edge of the screen."""
        width = self.page.viewport_size["width"]
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{name}: {wide} of {width} pixels"
        self.page.screenshot(
            path=paths.SCREENSHOTS / f"{self.procedure}_{name}.png", full_page=True
        )
        return self


def print_paper(page, title, folder):
    """Print a paper of the open document from its menu; return the text."""
    page.click(".o_control_panel .o_cp_action_menus button:has(.fa-cog)")
    page.wait_for_selector(".o-dropdown--menu")
    entry = page.locator(f".o-dropdown--menu .o-dropdown-item:has-text('{title}')")
    # the only paper of a document stands in the menu itself
    if not entry.is_visible():
        group = ".o-dropdown--menu button:has-text('打印'), .o_popover :text('打印')"
        page.click(group)
    with page.expect_download() as download:
        entry.click()
    file = folder / "paper.pdf"
    download.value.save_as(file)
    return read_pdf(file)
