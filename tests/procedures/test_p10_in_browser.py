"""[PRC-5] [PLN-2] [PLN-3] P10 sections 2 and 6.4 in the standard web client: a region
enters what it needs, what exceeds a cap is said and agreed to, the month is divided."""

from datetime import date

import pytest
from company import ASSISTANT, SUPERVISOR
from dateutil.relativedelta import relativedelta
from screens import Screen
from steps import choose

DEMAND = "order.demand.plan"
HANDS_IN = ("action_hand_in", "action_review_submit")
LINE = ".o_field_widget[name=line_ids] tr.o_selected_row"


@pytest.fixture
def server(demo_company):
    """Pages are those of the company of these files."""
    return demo_company.server


def test_demand_is_entered_and_agreed_to(company, switched_on, open_page):
    switched_on("P10")
    region = Screen(open_page(ASSISTANT), "p10")
    plan = enter(region, company)
    # who signs is asked by the one button, that it is handed in by the other
    region.page.click(", ".join(f"button[name={name}]:visible" for name in HANDS_IN))
    region.in_state("handed")
    region.sees("ISG50").picture("2_over_cap")
    assert not region.page.locator("button[name=action_break_down]:visible").count()
    sales = Screen(open_page(SUPERVISOR), "p10")
    sales.open(DEMAND, plan).picture("2_to_agree")
    sales.press("action_review_agree").in_state("counts")
    text = company.paper(SUPERVISOR, "report_f15_demand_plan", plan)
    assert "ISG50" in text
    sales.open(DEMAND, plan).press("action_break_down", gone=False)
    sales.page.wait_for_selector(".o_list_view tr.o_data_row >> nth=3")
    sales.picture("6_weeks")


def enter(screen, company):
    """The region opens the plan of a month and enters two models."""
    month = date.today() + relativedelta(months=5, day=1)
    page = screen.page
    screen.go(
        "action-order_process_cn.order_demand_plan_action/new",
        ".o_field_widget[name=team_id] input",
    )
    choose(page, "team_id", "华东大区")
    page.locator(".o_field_widget[name=date_from] :is(button, input)").first.click()
    screen.fill("date_from", month.strftime("%Y/%m/%d"))
    for product, quantity in (("ISG50", 60), ("ISG80", 5)):
        page.click(".o_field_widget[name=line_ids] .o_field_x2many_list_row_add a")
        line = page.locator(LINE)
        choose(line, "product_id", product, page)
        line.locator(".o_field_widget[name=quantity] input").fill(str(quantity))
    screen.picture("2_entered")
    page.click(".o_form_button_save")
    page.wait_for_selector(".o_form_saved")
    (plan,) = company.search(
        ASSISTANT, DEMAND, ("date_from", "=", str(month)), ("kind", "=", "month")
    )
    return plan
