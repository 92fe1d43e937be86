"""[CSN-1] [REV-1] Submitted and signed from forms that were never saved, by the people
whose work it is; what waits for a person is counted at once. K11"""

from steps import (
    PANEL,
    add_line,
    begin_order,
    choose,
    open_waiting,
    read_names,
    read_number,
    ref,
)

COUNTER = ".o_order_waiting .badge"


def read_counter(page):
    """Return how many seats the menu says wait for this person."""
    badge = page.locator(COUNTER)
    return int(badge.inner_text()) if badge.count() else 0


def wait_for_counter(page, number):
    if number:
        page.wait_for_selector(f"{COUNTER}:text-is('{number}')")
    else:
        page.wait_for_selector(COUNTER, state="detached")


def test_new_production_order_is_submitted_before_it_was_saved(
    open_page, rpc, database
):
    route = ref(database, "order_review_route_work_order")
    rpc("admin").call("order.review.route", "write", [route], {"active": True})
    engineer = rpc("wangzhiqiang")
    (product,) = engineer.call(
        "product.template", "search", [("default_code", "=", "ISG50-160")]
    )
    bills = engineer.call("mrp.bom", "search", [("product_tmpl_id", "=", product)])
    engineer.call("mrp.bom", "action_release", bills)
    # as where the option “Work Orders” is off for planning, but not for engineering
    sql = "SELECT res_id FROM ir_model_data WHERE module = '{}' AND name = '{}'"
    group, users = (
        int(database.query(sql.format(*name))[0][0])
        for name in (("mrp", "group_mrp_routings"), ("base", "group_user"))
    )
    for command in (4, 3):  # with the operations on the form, and without
        rpc("admin").call(
            "res.groups", "write", [users], {"implied_ids": [(command, group)]}
        )
        page = open_page("chenqihang")
        page.goto("/odoo/action-mrp.mrp_production_action/new")
        page.wait_for_selector(".o_form_view .o_field_widget[name=product_id] input")
        choose(page, "product_id", "ISG50-160")
        page.wait_for_selector("td[name=product_id]")
        page.click("button[name=action_review_submit]:visible")
        page.wait_for_selector(f"{PANEL}[data-state=running]")
        number = read_number(page)
        orders = rpc("admin").call(
            "mrp.workorder",
            "search_count",
            [("production_id.name", "=", number), ("workcenter_id", "!=", False)],
        )
        assert orders == 3, number


def test_new_order_is_submitted_and_the_counter_follows(open_page, rpc, database):
    assistant = open_page("zhangli")
    begin_order(assistant, read_names(rpc("zhangli"), database))
    add_line(assistant, "ISG50-160", 5, save=False)
    # out of the field first: what follows from a quantity is drawn above the button,
    # which moves while it is pressed
    assistant.keyboard.press("Tab")
    assistant.wait_for_selector("td[name=price_subtotal]:has-text('16,400.00')")
    assistant.click("button[name=action_review_submit]:visible")
    assistant.wait_for_selector(f"{PANEL}[data-state=running]")
    number = read_number(assistant)

    signer = open_page("linhao")
    open_waiting(signer, number)
    before = read_counter(signer)
    assert before
    signer.click("button[name=action_review_agree]:visible")
    # the form stays where it is; the menu says one less
    wait_for_counter(signer, before - 1)
