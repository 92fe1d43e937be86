"""[PRC-6] From “installed” to the first approved order on an empty company, by what the
screens offer and nothing else. Reports the clicks."""

import re

import pytest
from steps import RETRIED

from devkit.rpc import Session

DATABASE = "plain"
SERVER = {"cron_threads": 0}
# two pages of one person marking the same message as read
EXPECTED_ERRORS = RETRIED
ADMIN = "admin"
MOST_CLICKS = 30
PEOPLE = {"王工": "engineering", "赵品": "quality"}


class Person:
    """Somebody at a screen, whose clicks and fields are counted."""

    def __init__(self, page, counts):
        self.page, self.counts = page, counts

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
        app = "[data-menu-xmlid='order_process_cn.order_menu_root']"
        self.click(app)
        self.page.wait_for_selector(".o_action_manager .o_list_view")


@pytest.fixture
def boss(server):
    return Session(server.url, server.database.name, ADMIN, None)


def test_first_order(open_page, boss, record_property):
    """The administrator is led from the empty first screen to the first steps, names
    two people, switches on, tries a sample order; both sign; the sample is removed."""
    routes = boss.call("order.review.route", "search", [("active", "=", True)])
    boss.call("order.review.route", "write", routes, {"active": False})
    counts = {"clicks": 0, "fields": 0}
    admin = Person(open_page(), counts)
    page = admin.page
    admin.log_in(ADMIN, ADMIN)
    admin.open_app()
    admin.click(".o_view_nocontent a[href='/odoo/first-steps']")
    page.wait_for_selector("button[name=action_apply]:visible")
    for number, name in enumerate(PEOPLE):
        row = f"div[name=seat_ids] .o_data_row:nth-child({number + 1})"
        admin.click(f"{row} td[name=user_name]")
        admin.fill(f"{row} td[name=user_name] input", name)
    admin.click("button[name=action_apply]:visible")
    slip = page.wait_for_selector(".modal [name=slip]").inner_text()
    logins = {
        login: password
        for login in PEOPLE.values()
        for password in re.findall(rf"{login}\b.* ([a-z0-9]{{10}})\s*(?:\n|$)", slip)
    }
    assert set(logins) == set(PEOPLE.values()), slip
    admin.click(".modal footer button")
    admin.click("button[name=action_make_sample]:visible")
    admin.click("button[name=action_review_submit]:visible")
    page.wait_for_selector(".o_order_review_panel[data-state=running]")
    for login, password in logins.items():
        signer = Person(open_page(), counts)
        signer.log_in(login, password)
        signer.open_app()
        signer.click(".o_data_row td[name=document_name]")
        agree = "button[name=action_ask_agree], button[name=action_review_agree]"
        signer.click(f":is({agree}):visible")
        signer.page.wait_for_selector(f":is({agree})", state="hidden")
    found = boss.call(
        "sale.order", "search_read", [("origin", "!=", False)], ["review_state"]
    )
    assert [order["review_state"] for order in found] == ["approved"]
    record_property("clicks", counts["clicks"])
    record_property("fields", counts["fields"])
    assert counts["clicks"] <= MOST_CLICKS
    # and away with it
    page.goto("/odoo/first-steps")
    page.wait_for_selector("button[name=action_remove_sample]:visible").click()
    page.click(".modal footer button.btn-primary")
    page.wait_for_selector("button[name=action_remove_sample]", state="hidden")
    left = boss.call(
        "sale.order",
        "search_count",
        [("origin", "!=", False), ("state", "!=", "cancel")],
    )
    assert left == 0
