"""[PLN-4] Sales fills the plan of a week and hands it to PMC and the warehouse, who
receive it."""

from datetime import date

from steps import (
    SUPERVISOR,
    print_pdf,
    ref,
    run,
)

from devkit import paths

PLANNER, WAREHOUSE = "chenqihang", "wuyong"
SLOW = 90_000  # milliseconds: orders and transfers are the heaviest forms there are
FIRST = date(2030, 12, 2)


def picture(page, name):
    page.screenshot(path=paths.SCREENSHOTS / f"schedule_{name}.png", full_page=True)


def test_plan_is_received(open_page, rpc, database, tmp_path):
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
    for person in (planner, rpc(WAREHOUSE)):
        acknowledge(person, plan)
    other = open_page(PLANNER)
    other.goto(f"/mail/view?model=order.shipment.plan&res_id={plan}")
    other.wait_for_selector(".o_field_widget[name=acknowledged_by]")
    picture(other, "received")
    text = print_pdf(planner, "f33_shipment_plan", plan, tmp_path)
    assert str(FIRST) in text
    to_png(tmp_path / "f33_shipment_plan.pdf", "f33")


def acknowledge(person, plan):
    """Somebody confirms that he has his copy of the plan."""
    copies = person.call(
        "order.form.issue",
        "search",
        [
            ("res_model", "=", "order.shipment.plan"),
            ("res_id", "=", plan),
            ("waits_for_me", "=", True),
        ],
    )
    assert copies
    person.call("order.form.issue", "action_acknowledge", copies)


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
