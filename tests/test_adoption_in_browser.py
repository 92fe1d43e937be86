"""[PRC-6] From “installed” to the first approved order on an empty company, by what the
screens offer and nothing else. Reports the clicks."""

import re

import pytest
from steps import PANEL, RETRIED

from devkit.rpc import Session

DATABASE = "plain"
SERVER = {"cron_threads": 0}
# two pages of one person marking the same message as read
EXPECTED_ERRORS = RETRIED
ADMIN = "admin"
PEOPLE = {"王工": "engineering", "赵品": "quality"}
# logins of everybody included
MOST_CLICKS = 16
AGREE = ":is(button[name=action_ask_agree], button[name=action_review_agree]):visible"


class Person:
    """Somebody at a screen, whose clicks and fields are counted."""

    def __init__(self, page, counts):
        self.page, self.counts = page, counts
        page.set_default_timeout(60_000)

    def click(self, selector):
        self.page.locator(selector).first.click()
        self.counts["clicks"] += 1

    def fill(self, selector, text):
        self.page.locator(selector).first.fill(text)
        self.counts["fields"] += 1

    def log_in(self, login, password):
        self.page.goto("/web/login")
        self.fill("input[name=login]", login)
        self.fill("input[name=password]", password)
        self.click(".oe_login_form button[type=submit]")
        self.page.wait_for_selector(".o_web_client .o_main_navbar")

    def open_app(self):
        self.click(".o_navbar_apps_menu button")
        self.click("[data-menu-xmlid='order_process_cn.order_menu_root']")
        self.page.wait_for_selector(".o_action_manager .o_list_view")

    def sign_only(self):
        """Agree to the only document that waits: the tray leads to it."""
        self.click(".o_order_waiting button")
        self.click(AGREE)
        self.page.wait_for_selector(AGREE, state="hidden")

    def name_people(self, names):
        """Name somebody for each seat that has nobody: one click, then the enter key
        leads from row to row."""
        rows = "div[name=seat_ids] .o_data_row"
        self.page.wait_for_selector(rows)
        people = self.page.locator(f"{rows} td[name=present]").all_inner_texts()
        begun = False
        for number, present in enumerate(people):
            cell = f"{rows} >> nth={number} >> td[name=user_name]"
            if begun:
                self.page.keyboard.press("Enter")
                self.page.wait_for_selector(f"{cell} >> input")
            elif not present.strip():
                self.click(cell)
                begun = True
            if not present.strip():
                self.fill(f"{cell} >> input", next(names))

    def read_slip(self):
        """Return ``{login: first password}``, shown once."""
        slip = self.page.wait_for_selector(".modal [name=slip]").inner_text()
        return dict(re.findall(r"login (\S+), first password (\S+)", slip))


@pytest.fixture
def boss(server):
    return Session(server.url, server.database.name, ADMIN, None)


def test_first_order(open_page, boss, record_property):
    """The administrator is led from the empty first screen to the first steps, names
    two people and switches on; from their passwords one press makes a sample order and
    submits it; both sign; the sample is removed."""
    routes = boss.call("order.review.route", "search", [("active", "=", True)])
    boss.call("order.review.route", "write", routes, {"active": False})
    counts = {"clicks": 0, "fields": 0}
    admin = Person(open_page(), counts)
    admin.log_in(ADMIN, ADMIN)
    admin.open_app()
    admin.click(".o_view_nocontent a[href='/odoo/first-steps']")
    logins = switch_on(admin, PEOPLE)
    assert set(logins) == set(PEOPLE.values()), logins
    admin.click(".modal footer button[name=action_make_sample]")
    admin.page.wait_for_selector(f"{PANEL}[data-state=running]")
    for login, password in logins.items():
        signer = Person(open_page(), counts)
        signer.log_in(login, password)
        signer.sign_only()
    assert states_of(boss, ("origin", "!=", False)) == ["approved"]
    record_property("clicks", counts["clicks"])
    record_property("fields", counts["fields"])
    assert counts["clicks"] <= MOST_CLICKS, counts
    remove_sample(admin.page)
    assert states_of(boss, ("origin", "!=", False), ("state", "!=", "cancel")) == []


def switch_on(admin, names):
    """Name people for the seats of the page that is open, and switch it on; return
    their logins and passwords."""
    admin.page.wait_for_selector("button[name=action_apply]:visible")
    admin.name_people(iter(names))
    admin.click("button[name=action_apply]:visible")
    return admin.read_slip()


def states_of(boss, *domain):
    found = boss.call("sale.order", "search_read", list(domain), ["review_state"])
    return [order["review_state"] for order in found]


def remove_sample(page):
    page.goto("/odoo/first-steps")
    page.wait_for_selector("button[name=action_remove_sample]:visible").click()
    page.click(".modal footer button.btn-primary")
    page.wait_for_selector("button[name=action_remove_sample]", state="hidden")
