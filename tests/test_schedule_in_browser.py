"""[INT-9] [PLN-4] A clerk has a line delivered in two parts and finds their days on the
transfers and on paper; sales hands the plan of that week to PMC."""

from datetime import date

import pytest
from steps import (
    ASSISTANT,
    RETRIED,
    SUPERVISOR,
    add_line,
    begin_order,
    confirm,
    find_order,
    print_pdf,
    read_names,
    read_number,
    read_order,
    ref,
    run,
)

from devkit import paths

EXPECTED_ERRORS = RETRIED
PLANNER = "chenqihang"
SLOW = 90_000  # milliseconds: orders and transfers are the heaviest forms there are
FIRST, SECOND = date(2030, 12, 2), date(2030, 12, 16)


@pytest.fixture
def plain_orders(rpc, database):
    """Nobody has to sign; each date has a transfer of its own."""
    admin = rpc("admin")
    routes = admin.call("order.review.route", "search", [])
    admin.call("order.review.route", "write", routes, {"active": False})
    kind = ref(database, "order_type_special")
    admin.call("order.type", "write", [kind], {"has_transfer_per_date": True})
    return kind


def picture(page, name):
    page.screenshot(path=paths.SCREENSHOTS / f"schedule_{name}.png", full_page=True)


def add_part(page, quantity, day):
    page.click(".modal .o_field_x2many_list_row_add a")
    row = page.locator(".modal tr.o_selected_row")
    row.locator("[name=quantity] input").fill(str(quantity))
    row.locator("[name=promised_date] input").fill(day.strftime("%Y/%m/%d"))
    row.locator("[name=quantity] input").click()


def test_two_parts(open_page, rpc, database, plain_orders, tmp_path):
    page = open_page(ASSISTANT)
    page.set_default_timeout(SLOW)
    begin_order(page, read_names(rpc(ASSISTANT), database))
    add_line(page, "ISG80-200", 10)
    page.wait_for_selector(".o_form_saved")
    order = find_order(rpc, read_number(page))
    rpc("admin").call(
        "sale.order",
        "write",
        [order],
        {"order_type_id": plain_orders, "order_type_reason": "分批"},
    )

    page.reload()
    page.click("button[name=action_open_delivery_schedule]:visible")
    add_part(page, 3, FIRST)
    add_part(page, 7, SECOND)
    picture(page, "dialog")
    page.click(".modal .o_form_button_save")
    page.wait_for_selector(".modal", state="detached")
    cell = page.locator("td[name=delivery_schedule]")
    cell.filter(has_text=str(SECOND)).wait_for()
    assert str(FIRST) in cell.inner_text()
    picture(page, "order")
    confirm(page)

    seen = rpc(SUPERVISOR)
    pickings = read_order(seen, order, "picking_ids")["picking_ids"]
    found = seen.call("stock.picking", "read", pickings, ["date_deadline", "state"])
    days = sorted(row["date_deadline"][:10] for row in found)
    # the day ends at 15:59:59 of universal time
    assert days == [str(FIRST), str(SECOND)]
    text = print_pdf(seen, "f01_order_confirmation", order, tmp_path)
    assert str(FIRST) in text and str(SECOND) in text
    to_png(tmp_path / "f01_order_confirmation.pdf", "f01")


def test_plan_is_received(open_page, rpc, database, plain_orders, tmp_path):
    seen = rpc(SUPERVISOR)
    page = open_page(SUPERVISOR)
    page.set_default_timeout(SLOW)
    page.goto(f"/odoo/action-{database_action(database)}/new")
    page.wait_for_selector(".o_form_view .o_field_widget[name=date_from]")
    page.click(".o_field_widget[name=date_from] :is(button, input)")
    page.fill(".o_field_widget[name=date_from] input", FIRST.strftime("%Y/%m/%d"))
    page.click(".o_form_button_save")
    page.wait_for_selector(".o_form_saved")
    page.click("button[name=action_fill]:visible")
    page.wait_for_selector("td[name=order_name]")
    picture(page, "plan")
    page.click("button[name=action_hand_over]:visible")
    page.wait_for_selector(
        ".o_field_widget[name=state] .o_arrow_button_current[data-value=handed]"
    )
    (plan,) = seen.call(
        "order.shipment.plan", "search", [("date_from", "=", str(FIRST))]
    )
    planner = rpc(PLANNER)
    copies = planner.call(
        "order.form.issue",
        "search",
        [("res_model", "=", "order.shipment.plan"), ("waits_for_me", "=", True)],
    )
    own = [
        row["id"]
        for row in planner.call("order.form.issue", "read", copies, ["res_id"])
        if row["res_id"] == plan
    ]
    planner.call("order.form.issue", "action_acknowledge", own)
    other = open_page(PLANNER)
    other.goto(f"/mail/view?model=order.shipment.plan&res_id={plan}")
    other.wait_for_selector(".o_field_widget[name=acknowledged_by]")
    picture(other, "received")
    text = print_pdf(planner, "f33_shipment_plan", plan, tmp_path)
    assert str(FIRST) in text
    to_png(tmp_path / "f33_shipment_plan.pdf", "f33")


def database_action(database):
    return ref(database, "order_shipment_plan_action")


def to_png(file, name):
    """Keep a picture of the first sheet, to be looked at."""
    target = paths.SCREENSHOTS / f"schedule_{name}"
    run(
        "pdftoppm",
        "-png",
        "-r",
        "70",
        "-f",
        "1",
        "-l",
        "1",
        "-singlefile",
        file,
        target,
    )
