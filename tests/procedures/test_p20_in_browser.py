"""[PRC-5] [PLN-5] [MFG-4] [MFG-6] P20 in the standard web client: people are planned
for the work, the plan goes out and is revised, work is reported in a shift."""

from datetime import date, timedelta

from company import PLANNER, PRODUCER, SALESMAN, SYSTEM
from factory import find_operations, find_production, issued_copies
from making import goods, made_to_order
from screens import PHONE, TABLET, Screen
from steps import choose

CAPACITY, PLANS = "order.capacity.wizard", "order.production.plan"
ROW = ".o_list_view tr.o_selected_row"


def test_people_plan_and_feedback(company, switched_on, open_page):
    switched_on("P20")
    pump = made_to_order(company, "P20-320")
    order = company.approved(order_line=goods(pump, 2))
    (page,) = company.as_(SALESMAN).call(CAPACITY, "create", [{"order_id": order}])
    company.do(SALESMAN, CAPACITY, "action_keep", page)
    company.confirm(order)
    company.work()
    production = find_production(company, order)
    planner = Screen(open_page(PLANNER), "p20")
    plan = issue(planner, company, production)
    workshop = Screen(open_page(PRODUCER), "p20")
    report(workshop, company, production)
    copies = issued_copies(company, PRODUCER, PLANS, plan)
    assert copies, "the head of the workshop gets a copy"
    planner.open(PLANS, plan).press("action_revise").sees("V1").picture("5_revised")


def issue(screen, company, production):
    """Nobody is there for the work: the plan says so, until people are planned."""
    day = date.today() + timedelta(days=1)
    values = {
        "date_from": str(day),
        "date_to": str(day + timedelta(days=13)),
        "line_ids": [(0, 0, {"production_id": production})],
    }
    (plan,) = company.as_(PLANNER).call(PLANS, "create", [values])
    screen.open(PLANS, plan).sees("试压检测组").picture("1_short_of_people")
    screen.press("action_view_roster", gone=False)
    page = screen.page
    page.wait_for_selector(".o_list_view tr.o_data_row")
    page.click(".o_list_button_add:visible")
    row = page.locator(ROW)
    choose(row, "workcenter_id", "试压检测组", page)
    choose(row, "shift_id", "晚班", page)
    choose(row, "operator_id", "陈建国", page)
    page.click(".o_list_button_save:visible")
    page.wait_for_selector(".o_list_button_save", state="hidden")
    screen.picture("2_shifts")
    screen.open(PLANS, plan).press("action_issue", gone=False).sure()
    screen.in_state("issued").picture("3_plan")
    text = company.paper(PLANNER, "report_f06_production_plan", plan)
    for words in ("晚班", "陈建国"):
        assert words in text, words
    return plan


def report(screen, company, production):
    """Whoever works scans badge and card on the phone; it is counted in his shift."""
    screen.hold(TABLET).go(
        "action-order_process_cn.mrp_workcenter_action_today",
        ".o_kanban_record:has-text('陈建国')",
    )
    screen.picture("4_today")
    first = find_operations(company, production)[0]
    screen.hold(PHONE).go("report-work", ".o_field_widget[name=code] input")
    box = screen.page.locator(".o_field_widget[name=code] input")
    for code in ("GH-1001", first["card_code"]):
        box.fill(code)
        with screen.page.expect_response("**/onchange"):
            box.press("Enter")
            box.press("Tab")
    screen.page.wait_for_selector("button[name=action_report]:visible")
    screen.fill("quantity_good", 1).picture("4_report")
    screen.press("action_report", gone=False)
    screen.page.wait_for_selector(".alert-success:has-text('陈建国')")
    (found,) = company.as_(SYSTEM).call(
        "order.work.report",
        "search_read",
        [("workorder_id", "=", first["id"])],
        ["operator_id"],
    )
    assert found["operator_id"][1] == "陈建国"
