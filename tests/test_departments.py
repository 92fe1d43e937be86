"""[CSN-6] Each of the ten departments opens the form of what it has to sign."""

import pytest
from steps import (
    PANEL,
    SALESMAN,
    SUPERVISOR,
    make_orders,
    open_waiting,
    ref,
    sign,
)

DEPARTMENTS = {
    "sales": "linhao",
    "planning": "chenqihang",
    "engineering": "wangzhiqiang",
    "quality": "zhaopin",
    "purchase": "sunping",
    "production": "zhoujian",
    "warehouse": "wuyong",
    "finance": "zhengcaihong",
    "deputy": "liujianguo",
    "gm": "huangweidong",
}


@pytest.fixture(scope="module")
def orders(database, log_in):
    """Names of two orders: one waits for the sales department, one for the others."""
    add_seats(database, log_in("guanliyuan"), "two_step_countersign")
    assistant = log_in("zhangli")
    ids = make_orders(database, assistant, 2)
    assistant.call("sale.order", "action_review_submit", ids)
    for login in (SALESMAN, SUPERVISOR):
        sign(log_in(login), ids[1:])
    return [o["name"] for o in assistant.call("sale.order", "read", ids, ["name"])]


@pytest.fixture(scope="module")
def production(database, log_in):
    """Name of a production order that waits for all ten departments."""
    manager, admin = log_in("guanliyuan"), log_in("admin")
    add_seats(database, manager, "work_order_countersign")
    route = ref(database, "order_review_route_work_order")
    company = ref(database, "demo_company")
    manager.call(
        "order.review.route", "write", [route], {"active": True, "company_id": company}
    )
    group = ref(database, "order_group_engineering")
    admin.call("res.users", "write", [admin.uid], {"group_ids": [(4, group)]})
    bom = ref(database, "demo_bom_isg50")
    admin.call("mrp.bom", "action_release", [bom])
    planner = log_in("chenqihang")
    product = ref(database, "demo_pump_isg50")
    ids = planner.call(
        "mrp.production",
        "create",
        [{"product_id": product, "product_qty": 2, "bom_id": bom}],
    )
    planner.call("mrp.production", "action_review_submit", ids)
    return planner.call("mrp.production", "read", ids, ["name"])[0]["name"]


def add_seats(database, manager, stage):
    """Give every department a seat in a stage of the route."""
    stage_id = ref(database, f"order_review_stage_{stage}")
    seats = manager.call(
        "order.review.seat",
        "search_read",
        [("stage_id", "=", stage_id)],
        ["department_id"],
    )
    seated = {seat["department_id"][0] for seat in seats}
    departments = {ref(database, f"order_department_{name}") for name in DEPARTMENTS}
    values = {"stage_id": stage_id, "source": "department"}
    manager.call(
        "order.review.seat",
        "create",
        [{**values, "department_id": one} for one in departments - seated],
    )


def assert_opens(page, number):
    """Open the document from the list, and once more by its address."""
    open_waiting(page, number)
    assert_shown(page)
    page.reload()
    assert_shown(page)


def assert_shown(page):
    page.wait_for_selector(f"{PANEL}[data-state=running]")
    page.wait_for_selector("button[name=action_review_agree]:visible")
    page.wait_for_selector(".o-mail-Chatter")
    assert not page.locator(".modal").count()


@pytest.mark.parametrize("department", DEPARTMENTS)
def test_orders(open_page, orders, production, department):
    """A sales order and a production order, one after the other."""
    errors = []
    page = open_page(DEPARTMENTS[department])
    page.on("pageerror", lambda error: errors.append(str(error)))
    assert_opens(page, orders[0 if department == "sales" else 1])
    assert_opens(page, production)
    assert errors == []


def test_signing_a_production_order(open_page, production, log_in):
    """Somebody without any right in production signs on its form."""
    page = open_page("zhaopin")
    open_waiting(page, production)
    assert "×" in page.inner_text(".o_field_widget[name=components_text]")
    page.click("button[name=action_review_agree]:visible")
    page.wait_for_selector("button[name=action_review_agree]", state="detached")
    done = log_in("guanliyuan").call(
        "order.review.task",
        "search_read",
        [("review_id.document_name", "=", production), ("state", "=", "agreed")],
        ["decided_by_id"],
    )
    assert [task["decided_by_id"][1] for task in done] == ["赵品"]
