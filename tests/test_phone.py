"""[CSN-6] "My Signatures" and the order on a phone, 390 pixels wide."""

import pytest
from steps import (
    ASSISTANT,
    PANEL,
    SALESMAN,
    SUPERVISOR,
    make_orders,
    ref,
    sign,
)

from devkit import paths

CARD = ".o_kanban_record:not(.o_kanban_ghost)"


@pytest.fixture
def orders(database, log_in):
    """Four orders, by name, that wait for the countersigning departments."""
    # the assistant of new users would open a conversation over the page
    database.query("UPDATE res_users SET odoobot_state = 'disabled'")
    assistant = log_in(ASSISTANT)
    ids = make_orders(database, assistant, 4)
    assistant.call("sale.order", "action_review_submit", ids)
    for login in (SALESMAN, SUPERVISOR):
        sign(log_in(login), ids)
    found = assistant.call("sale.order", "read", ids, ["name"])
    return {order["name"]: order["id"] for order in found}


@pytest.fixture
def phone(open_page):
    def open_one(login):
        page = open_page(login)
        page.set_viewport_size({"width": 390, "height": 844})
        return page

    return open_one


def picture(page, name):
    page.screenshot(path=paths.SCREENSHOTS / f"phone_{name}.png")


def assert_fits(page):
    """Nothing hangs out of the screen to the right."""
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def card(page, number):
    return page.locator(f"{CARD}:has-text('{number}')")


def open_cards(page, number):
    page.goto("/odoo/my-signatures")
    card(page, number).wait_for()


def choose(page, numbers):
    """Choose cards as a finger does, by a long press."""
    for number in numbers:
        card(page, number).dispatch_event("touchstart")
        page.wait_for_selector(f".o_record_selected:has-text('{number}')")
        card(page, number).dispatch_event("touchend")


def act(page, words):
    page.click(".o_control_panel .o_cp_action_menus button")
    page.click(f".o_menu_item:text-is('{words}')")
    page.wait_for_selector(".modal footer button[name=action_confirm]")


def action_name(database, admin, name):
    """Return what an entry of the menu of actions is called."""
    action = ref(database, f"order_review_task_action_{name}")
    found = admin.call(
        "ir.actions.act_window", "read", [action], ["name"], context={"lang": "zh_CN"}
    )
    return found[0]["name"]


def states(session, orders):
    """Return the state of this person's seat in each order, by the order's name."""
    tasks = session.call(
        "order.review.task",
        "search_read",
        [("document_name", "in", list(orders)), ("concerns_me", "=", True)],
        ["document_name", "state"],
    )
    return {task["document_name"]: task["state"] for task in tasks}


def test_card_has_all_that_is_needed(phone, orders, log_in):
    """Customer, goods, earlier opinions and two big buttons; one touch signs."""
    number = next(iter(orders))
    sign(log_in("wangzhiqiang"), [orders[number]], opinion="图纸齐全")
    page = phone("sunping")
    open_cards(page, number)
    text = card(page, number).inner_text()
    for words in ("华东水务", "ISG50-160", "图纸齐全"):
        assert words in text
    for name in ("action_agree_shown", "action_ask_decline"):
        box = card(page, number).locator(f"button[name={name}]").bounding_box()
        assert box["width"] > 120 and box["height"] >= 36
    assert_fits(page)
    picture(page, "cards")
    card(page, number).locator("button[name=action_agree_shown]").click()
    card(page, number).wait_for(state="detached")
    assert states(log_in("sunping"), [number]) == {number: "agreed"}


def test_agree_with_many_and_hear_what_failed(phone, orders, database, log_in):
    """One of the orders changes meanwhile: the others are signed, it is reported."""
    session = log_in("zhaopin")
    numbers = list(orders)
    page = phone("zhaopin")
    open_cards(page, numbers[-1])
    choose(page, numbers[:3])
    picture(page, "chosen")
    act(page, action_name(database, log_in("admin"), "agree"))
    for number in numbers[:3]:
        assert number in page.inner_text(".modal")
    assert_fits(page)
    picture(page, "agree")
    changed = numbers[1]
    log_in(ASSISTANT).call(
        "sale.order", "write", [orders[changed]], {"packing_requirements": "纸箱"}
    )
    page.click(".modal footer button[name=action_confirm]")
    report = page.locator(".modal .o_field_widget[name=failures]")
    report.wait_for()
    assert changed in report.inner_text()
    assert numbers[0] not in report.inner_text()
    picture(page, "failed")
    found = states(session, orders)
    assert {number: found[number] == "agreed" for number in numbers} == {
        numbers[0]: True,
        changed: False,
        numbers[2]: True,
        numbers[3]: False,
    }


def test_decline_many(phone, orders, database, log_in):
    session = log_in("chenqihang")
    numbers = list(orders)[:2]
    page = phone("chenqihang")
    open_cards(page, numbers[0])
    choose(page, numbers)
    act(page, action_name(database, log_in("admin"), "decline"))
    page.fill(".modal .o_field_widget[name=opinion] textarea", "产能不足")
    picture(page, "decline")
    page.click(".modal footer button[name=action_confirm]")
    page.wait_for_selector(".modal", state="detached")
    for number in numbers:
        card(page, number).wait_for(state="detached")
    assert set(states(session, numbers).values()) == {"declined"}


def test_order_form(phone, orders, log_in):
    """Panel and checklist below each other, nothing cut off, and signed from here."""
    number = next(iter(orders))
    page = phone("zhoujian")
    open_cards(page, number)
    card(page, number).locator("span:has-text('华东水务')").first.click()
    page.wait_for_selector(PANEL)
    assert_fits(page)
    for selector in (".o_order_checklist", PANEL):
        box = page.locator(selector).bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= 390
    picture(page, "order_top")
    page.locator(PANEL).scroll_into_view_if_needed()
    picture(page, "order_panel")
    page.locator(".o_field_widget[name=order_line]").scroll_into_view_if_needed()
    picture(page, "order_lines")
    agree = page.locator("button[name=action_review_agree]")
    if not agree.first.is_visible():  # behind the menu of the status bar
        page.click(
            ".o_statusbar_buttons .dropdown-toggle, .o_form_statusbar .o-dropdown"
        )
    agree.locator("visible=true").first.click()
    agree.first.wait_for(state="detached")
    assert states(log_in("zhoujian"), [number]) == {number: "agreed"}


def test_list_on_request(phone, orders):
    """The list, for who prefers it, stays inside the screen too."""
    page = phone("sunping")
    open_cards(page, next(iter(orders)))
    page.click(".o_cp_switch_buttons button")
    page.click(".o-dropdown-item:has(.oi-view-list)")
    page.wait_for_selector("tr.o_data_row")
    assert_fits(page)
    picture(page, "list")
