"""[PRC-5] [MFG-1] [MFG-2] [MFG-4] [MFG-6] [MFG-7] [MFG-8] [MFG-10] P02 in the standard
web client, from the production instruction to the summary meeting, with the phone in
the workshop and the tablet in quality."""

from datetime import date

from company import ENGINEER, PLANNER, PRODUCER, QUALITY, SALESMAN, WAREHOUSE
from factory import (
    find_operations,
    find_production,
    inspected,
    sign_paper,
)
from making import INSPECTOR, goods, made_to_order
from screens import PHONE, TABLET, Screen
from steps import pick_first

SETS, PLANS, MEETINGS = "order.drawing.set", "order.production.plan", "order.meeting"
MADE, NOTICES = "mrp.production", "order.receipt.notice"


def test_from_instruction_to_meeting(company, switched_on, open_page):
    switched_on("P02")
    pump = made_to_order(company, "P02-320")
    with inspected(company, pump, "final", "外观"):
        order = company.approved(order_line=goods(pump, 2))
        company.confirm(order)
        production = find_production(company, order)
        workshop = Screen(open_page(PRODUCER), "p02")
        instruct(workshop, company, order)
        drawings = draw(workshop, company, production)
        plan(Screen(open_page(PLANNER), "p02"), company, production)
        hand_over(workshop, company, drawings, production)
        make(workshop, company, production)
        inspect(Screen(open_page(INSPECTOR), "p02"), company, production)
        company.do(PRODUCER, MADE, "button_mark_done", production)
        receive(Screen(open_page(WAREHOUSE), "p02"), company, production)
    company.work()
    company.ship(order)
    sum_up(workshop, Screen(open_page(SALESMAN), "p02"), company, order)


def instruct(screen, company, order):
    """① The workshop receives its copies of the instruction on the phone."""
    number = company.order(order, "name")
    screen.hold(PHONE).go("papers-to-receive", f".o_kanban_record:has-text('{number}')")
    screen.picture("1_papers")
    cards = screen.page.locator(f".o_kanban_record:has-text('{number}')")
    for _copy in range(cards.count()):
        left = cards.count()
        cards.first.locator("button[name=action_acknowledge]").click()
        cards.nth(left - 1).wait_for(state="detached")


def draw(screen, company, production):
    """② It asks for drawings on the production order; engineering draws them."""
    screen.hold(TABLET).open(MADE, production).picture("2_production")
    action = company.do(PRODUCER, MADE, "action_request_drawings", production)
    drawings = action["res_id"]
    sheet = {
        "number": "KT-65-01",
        "revision": "A",
        "title": "泵壳加工图",
        "kind": "part",
    }
    company.do(ENGINEER, SETS, "write", drawings, {"sheet_ids": [(0, 0, sheet)]})
    company.submit(drawings, ENGINEER, SETS)
    sign_paper(company, SETS, drawings, ENGINEER)
    # the workshop checks what was drawn, before it is handed out
    screen.open(SETS, drawings).sees("KT-65-01").picture("2_drawings")
    screen.press("action_review_agree")
    company.do(ENGINEER, SETS, "action_issue", drawings)
    return drawings


def plan(screen, company, production):
    """⑤ Planning gives the plan out, its copies are received."""
    values = {"line_ids": [(0, 0, {"production_id": production})]}
    (sheet,) = company.as_(PLANNER).call(PLANS, "create", [values])
    screen.open(PLANS, sheet).press("action_issue", gone=False).sure()
    screen.in_state("issued").sees("0 / 5").picture("5_plan")
    for login in (PRODUCER, PLANNER, WAREHOUSE, QUALITY):
        copies = company.search(
            login,
            "order.form.issue",
            ("res_model", "=", PLANS),
            ("res_id", "=", sheet),
            ("waits_for_me", "=", True),
        )
        company.do(login, "order.form.issue", "action_acknowledge", copies)
    screen.open(PLANS, sheet).sees("5 / 5")


def hand_over(screen, company, drawings, production):
    """⑥ ⑦ The head of the workshop signs for the drawings, on the phone."""
    name = company.read(PRODUCER, SETS, drawings, "name")
    card = f".o_kanban_record:has-text('{name}')"
    screen.hold(PHONE).go(
        "action-order_process_cn.order_drawing_handover_action",
        f"{card} button[name=action_receive]",
    )
    screen.picture("6_drawings")
    waiting = screen.page.locator(f"{card} button[name=action_receive]")
    while left := waiting.count():
        waiting.first.click()
        waiting.nth(left - 1).wait_for(state="detached")
    # what he keeps is no paper that comes back
    model = "order.drawing.handover"
    rest = company.search(
        PRODUCER, model, ("set_id", "=", drawings), ("waits_for_me", "=", True)
    )
    if rest:
        company.do(PRODUCER, model, "action_receive", rest)
    company.do(PRODUCER, MADE, "action_start", production)


def make(screen, company, production):
    """⑧ Each operation is scanned on the phone and reported."""
    for number, operation in enumerate(find_operations(company, production), 1):
        screen.go("report-work", ".o_field_widget[name=code] input")
        box = screen.page.locator(".o_field_widget[name=code] input")
        box.fill(operation["card_code"])
        box.press("Enter")
        box.press("Tab")
        screen.page.wait_for_selector("button[name=action_report]:visible")
        screen.page.click(".o_field_widget[name=is_all] input")
        screen.picture(f"8_report_{number}")
        screen.press("action_report", gone=False)
        screen.page.wait_for_selector(".alert-success")


def inspect(screen, company, production):
    """⑩ Quality decides on the tablet; item by item, then for all of it."""
    company.do(PRODUCER, MADE, "action_request_inspection", production)
    (sheet,) = company.search(
        INSPECTOR, "order.inspection", ("production_id", "=", production)
    )
    screen.hold(TABLET).open("order.inspection", sheet).sees("外观")
    screen.picture("10_inspection")
    row = screen.page.locator(".o_field_widget[name=line_ids] tr.o_data_row").first
    pick_first(row, "verdict")
    row.locator("td[name=result] :text-is('合格')").wait_for()
    screen.press("action_pass_all").in_state("done").picture("10_passed")


def receive(screen, company, production):
    """⑩–⑫ The warehouse receives what the notice says, on the phone."""
    (notice,) = company.search(
        WAREHOUSE,
        "order.receipt.notice",
        ("state", "=", "issued"),
        ("quantity", "=", 2),
    )
    name = company.read(WAREHOUSE, NOTICES, notice, "name")
    screen.hold(PHONE).go(
        "action-order_process_cn.order_receipt_notice_action",
        f".o_kanban_record:has-text('{name}')",
    )
    screen.picture("11_notice")
    card = screen.page.locator(f".o_kanban_record:has-text('{name}')")
    button = card.locator("button[name=action_receive]")
    button.click()
    button.wait_for(state="detached")
    state = company.read(WAREHOUSE, NOTICES, notice, "state")
    assert state == "received"


def sum_up(chair, sales, company, order):
    """⑬ The meeting is drafted by itself; what is said goes out and is confirmed."""
    (meeting,) = company.search(PRODUCER, MEETINGS, ("order_ids", "in", [order]))
    improvement = {
        "name": "喷涂前加保护膜",
        "owner_id": company.as_(PRODUCER).uid,
        "due_on": str(date.today()),
    }
    said = {"improvement_ids": [(0, 0, improvement)]}
    company.do(PRODUCER, MEETINGS, "write", meeting, said)
    chair.hold(TABLET).open(MEETINGS, meeting)
    chair.fill("efficiency", "比计划快半天").fill("quality", "一次检验合格")
    chair.fill("process", "夹具定位需改进")
    chair.picture("13_meeting").press("action_send_minutes").in_state("held")
    sales.open(MEETINGS, meeting).sees("比计划快半天")
    sales.press("action_confirm_minutes").picture("13_confirmed")
    company.do(PRODUCER, MEETINGS, "action_confirm_minutes", meeting)
    assert company.read(PRODUCER, MEETINGS, meeting, "state") == "closed"
