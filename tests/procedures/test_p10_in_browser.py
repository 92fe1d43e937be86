"""[PRC-5] [PLN-2] [PLN-3] [PLN-6] P10 sections 2 and 6.4 in the standard web client: a
region enters what it needs, what exceeds a cap is said and agreed to, the month is
divided into weeks, and how much of it came is seen."""

from datetime import date

import pytest
from company import ASSISTANT, SUPERVISOR
from dateutil.relativedelta import relativedelta
from screens import PHONE, Screen, print_paper
from steps import choose

DEMAND = "order.demand.plan"
LINES = ".o_field_widget[name=line_ids]"
ROW = f"{LINES} tr.o_selected_row"
NEEDED = (("ISG50", 60), ("ISG80", 5))


@pytest.fixture
def server(demo_company):
    """Pages are those of the company of these files."""
    return demo_company.server


def test_demand_is_entered_and_agreed_to(company, switched_on, open_page, tmp_path):
    switched_on("P10")
    region = Screen(open_page(ASSISTANT), "p10")
    plan = enter(region, company)
    # who signs is asked by the one button, that it is handed in by the other
    region.page.click("button[name=action_hand_in], button[name=action_review_submit]")
    region.in_state("handed").sees("ISG50").picture("2_over_cap")
    for button in ("action_break_down", "action_review_agree"):
        assert not region.page.locator(f"button[name={button}]:visible").count()

    sales = Screen(open_page(SUPERVISOR), "p10")
    sales.hold(PHONE).open(DEMAND, plan).sees("ISG50").picture("2_to_agree_phone")
    sales.press("action_review_agree")
    assert company.read(ASSISTANT, DEMAND, plan, "state") == "counts"
    text = print_paper(region.open(DEMAND, plan).page, "F15", tmp_path)
    for words in ("华东大区", "ISG50", "60", "李敏"):
        assert words in text, words
    divide(region)
    region.go(
        "action-order_process_cn.order_demand_report_action", ".o_pivot table tbody tr"
    )
    region.sees("华东大区").picture("3_fulfilment")


def enter(screen, company):
    """The region opens the plan of a month and enters two models."""
    month = date.today() + relativedelta(months=5, day=1)
    page = screen.page
    screen.go(
        "action-order_process_cn.order_demand_plan_action/new",
        ".o_field_widget[name=team_id] input",
    )
    choose(page, "team_id", "华东大区")
    page.wait_for_selector(".o_field_widget[name=user_id]:has-text('李敏')")
    page.click(".o_field_widget[name=kind] input")
    page.click(".o_select_menu_item:has-text('月')")
    page.locator(".o_field_widget[name=date_from] :is(button, input)").first.click()
    screen.fill("date_from", month.strftime("%Y/%m/%d"))
    page.keyboard.press("Enter")
    for number, (product, quantity) in enumerate(NEEDED):
        page.click(f"{LINES} .o_field_x2many_list_row_add a")
        page.wait_for_selector(f"{LINES} tr.o_data_row >> nth={number}")
        line = page.locator(ROW)
        choose(line, "product_id", product, page)
        line.locator(".o_field_widget[name=quantity] input").fill(str(quantity))
    screen.picture("2_entered")
    page.click(".o_form_button_save")
    page.wait_for_selector(".o_form_saved")
    day = page.locator(".o_field_widget[name=date_from]:visible")
    assert str(month.year) in day.inner_text()
    (plan,) = company.search(
        ASSISTANT, DEMAND, ("date_from", "=", str(month)), ("kind", "=", "month")
    )
    return plan


def divide(screen):
    """6.4 分解至每周: sales divides the month; each week is a plan of its own."""
    screen.press("action_break_down", gone=False)
    screen.page.wait_for_selector(".o_list_view tr.o_data_row >> nth=3")
    screen.picture("6_weeks")
    screen.page.click(".o_list_view tr.o_data_row >> nth=0 >> td[name=date_from]")
    screen.page.wait_for_selector(f"{LINES} tr.o_data_row >> nth=1")
    screen.sees("ISG50", "ISG80").picture("6_week")
