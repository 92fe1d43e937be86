"""[PRC-5] [PLN-5] [MFG-9] P18 in the standard web client: production is asked before a
date is promised, and a delay is reported from the workshop and told to the customer."""

from datetime import date, timedelta

from company import PRODUCER, SALESMAN, SUPERVISOR
from factory import find_production
from making import goods, made_to_order
from screens import TABLET, Screen
from steps import choose, press_counter

DELAY = "order.delay.report"


def test_asked_promised_and_told(company, switched_on, open_page):
    switched_on("P18")
    tomorrow = str(date.today() + timedelta(days=1))
    pump = made_to_order(company, "P18-320")
    order = company.approved(order_line=goods(pump, 40), wanted_date=tomorrow)
    sales = Screen(open_page(SALESMAN), "p18").open("sale.order", order)
    ask(sales)
    sales.press("action_keep", gone=False, within=".modal")
    sales.page.wait_for_selector(".modal .o_field_widget[name=reason_id]")
    sales.picture("2_kept")
    company.refused("产能", SUPERVISOR, "sale.order", "action_confirm", order)
    workshop = Screen(open_page(PRODUCER), "p18").hold(TABLET)
    promise(workshop.open("sale.order", order))
    company.confirm(order)
    lines = company.order(order, "order_line", login=SALESMAN)
    decision = {"short_decision": "later", "short_note": "客户同意分批晚交"}
    company.do(SALESMAN, "sale.order.line", "write", lines, decision)
    company.work()
    report(workshop, company, find_production(company, order))
    (delay,) = company.search(SALESMAN, DELAY, ("order_id", "=", order))
    sales.open(DELAY, delay).picture("5_delay")
    sales.press("action_note_told").picture("5_told")
    assert company.read(SALESMAN, DELAY, delay, "customer_told_on")


def ask(screen):
    """The answer says what each work center needs and has."""
    press_counter(screen.page, ".fa-industry")
    dialog = screen.page.locator(".modal")
    for words in ("数控加工组", "装配组", "试压检测组"):
        dialog.locator(f":text('{words}')").first.wait_for()
    screen.picture("1_capacity")


def promise(screen):
    """Production adds hours, and says so."""
    ask(screen)
    choose(screen.page.locator(".modal"), "reason_id", "加班", screen.page)
    screen.fill("remark", "两班加班")
    screen.picture("3_promised").press("action_pass", within=".modal")


def report(screen, company, production):
    """The workshop says at once what is late, why, and until when."""
    cause = company.ref("order_delay_cause_machine")
    values = {
        "production_id": production,
        "cause_id": cause,
        "remedy": "备用机床加班",
        "new_date": str(date.today() + timedelta(days=40)),
    }
    (delay,) = company.as_(PRODUCER).call(DELAY, "create", [values])
    screen.open(DELAY, delay).picture("4_delay")
    screen.press("action_report").picture("4_reported")
