"""[URG-1] [URG-2] [URG-3] [URG-4] The day of an urgent order (P06), from receipt to
execution: flag with its reason, evaluation by question, the deputy general manager's
reply, production with a measure; red and told by text on every screen and on paper."""

import re

import pytest
from steps import (
    ASSISTANT,
    PANEL,
    SALESMAN,
    SUPERVISOR,
    add_line,
    agree,
    begin_order,
    confirm,
    find_order,
    open_waiting,
    pick_first,
    plain,
    print_pdf,
    read_names,
    read_number,
    ref,
    submit,
)

EVALUATORS = (SALESMAN, "zhoujian", "wangzhiqiang", "zhaopin")
DEPUTY, PLANNER = "liujianguo", "chenqihang"
REASON = "客户生产线停机，等泵抢修"
MARK = ".o_order_urgent_mark"


@pytest.fixture
def urgent_order(open_page, rpc, database):
    """Return number and id of an urgent order, entered and submitted by hand."""
    make_to_order(rpc("admin"), database, "demo_pump_ih65")
    page = open_page(ASSISTANT)
    begin_order(page, read_names(rpc(ASSISTANT), database))
    page.check(".o_field_widget[name=is_urgent] input[type=checkbox]")
    page.fill(".o_field_widget[name=urgent_reason] input", REASON)
    add_line(page, "IH65-50-160", 2)
    submit(page)
    number = read_number(page)
    order = find_order(rpc, number)
    return number, order


def test_the_day_of_an_urgent_order(urgent_order, open_page, rpc, database, tmp_path):
    number, order = urgent_order
    for login in EVALUATORS:
        evaluate(open_page(login), number)
    agree(open_page(DEPUTY), number)

    page = open_page(SUPERVISOR)
    reply(page, order)
    confirm(page)
    production = find_production(rpc(PLANNER), number)
    add_overtime(open_page(PLANNER), production)

    look_for_red(page, number)
    text = print_pdf(rpc(SUPERVISOR), "f04_urgent_order", order, tmp_path)
    for words in (number, REASON, "加班", "急"):
        assert plain(words) in text, words


def make_to_order(session, database, product):
    """Have a product made when it is sold."""
    routes = [
        session.call("ir.model.data", "check_object_reference", *name)[1]
        for name in (
            ("stock", "route_warehouse0_mto"),
            ("mrp", "route_warehouse0_manufacture"),
        )
    ]
    session.call("stock.route", "write", routes, {"active": True})
    session.call(
        "product.product",
        "write",
        [ref(database, product)],
        {"route_ids": [(6, 0, routes)]},
    )


def evaluate(page, number):
    """Answer each question of the evaluation with “confirmed”."""
    open_waiting(page, number)
    page.click("button[name=action_review_agree]:visible")
    rows = page.locator(".modal .o_field_widget[name=answer_ids] tr.o_data_row")
    page.wait_for_selector(".modal .o_field_widget[name=answer_ids] tr.o_data_row")
    assert rows.count() == 7
    for number_of_row in range(rows.count()):
        pick_first(rows.nth(number_of_row), "answer")
    page.click(".modal footer button[name=action_confirm]")
    page.wait_for_selector("button[name=action_review_agree]", state="detached")


def reply(page, order):
    """Send the signed reply to the customer."""
    page.goto(f"/odoo/sales/{order}")
    page.wait_for_selector(f"{PANEL}[data-state=approved]")
    page.click("button[name=action_urgent_reply]:visible")
    page.click(".modal footer button[name=action_send_mail]")
    page.wait_for_selector("button[name=action_urgent_reply]", state="hidden")


def find_production(session, number):
    """Return the production order that the order has caused."""
    (production,) = session.call("mrp.production", "search", [("origin", "=", number)])
    return production


def add_overtime(page, production):
    """Note on the production order that people stay longer."""
    page.goto(f"/odoo/action-mrp.mrp_production_action/{production}")
    page.wait_for_selector(f".oe_title {MARK}:visible")
    page.click("a[role=tab][name=order_measures]")
    page.click(".o_field_widget[name=order_measure_ids] .o_field_x2many_list_row_add a")
    row = page.locator(".o_field_widget[name=order_measure_ids] tr.o_selected_row")
    row.locator(".o_field_widget[name=hours] input").fill("3")
    page.click(".o_form_button_save")
    page.wait_for_selector(".o_form_saved")


def look_for_red(page, number):
    """Lists and kanban tell urgency in red and in words."""
    page.goto("/odoo/sales")
    page.click(".o_searchview .o_facet_remove")  # not the supervisor's own order
    row = f"tr.o_data_row:has-text('{number}')"
    page.wait_for_selector(f"{row} {MARK}")
    cell = page.locator(f"{row} td[name=name]")
    red = cell.evaluate("cell => getComputedStyle(cell).color")
    r, g, b = (int(n) for n in re.findall(r"\d+", red)[:3])
    assert r > 150 and g < 100 and b < 100, red
    page.click("button.o_switch_view.o_kanban")
    page.wait_for_selector(f".o_kanban_record:has-text('{number}') {MARK}")
