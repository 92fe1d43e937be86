"""[PRC-5] P10 Order management: demand, special orders, issue days, modifications."""

from datetime import date, timedelta

from company import (
    ADMINISTRATOR,
    ASSISTANT,
    DEPUTY,
    ENGINEER,
    FINANCE,
    GENERAL_MANAGER,
    PLANNER,
    SALESMAN,
    SUPERVISOR,
)
from dateutil.relativedelta import relativedelta
from factory import issue_days, let_days_pass, run_cron, sign_paper

DEMAND, CAPS = "order.demand.plan", "order.demand.cap"
FORFEITURES, CHANGES = "order.forfeiture", "order.change.request"


def test_demand_of_months_and_weeks(company, switched_on):
    """2, 6.4: the region says by the 20th 15:00 what it needs next month; what exceeds
    reasonable stock and the caps of a model, less what is on order, plus what a week
    sells, is approved by sales; it is divided into weeks, from which goods are shipped;
    who has not handed in is charged a hundred yuan."""
    switched_on("P10")
    month = date.today() + relativedelta(months=3, day=1)
    needed = [("demo_pump_isg50", 60, 10), ("demo_pump_isg80", 5, 6)]
    plan = enter_demand(company, month, "month", needed)
    company.do(ASSISTANT, DEMAND, "action_hand_in", plan)
    found = company.read(ASSISTANT, DEMAND, plan, "state", "is_over", "excess_words")
    assert found["state"] == "handed" and found["is_over"]
    assert "ISG50" in found["excess_words"] and "ISG80" not in found["excess_words"]
    company.refused("", ASSISTANT, DEMAND, "action_break_down", plan)
    sign_paper(company, DEMAND, plan, SUPERVISOR)
    assert company.read(ASSISTANT, DEMAND, plan, "state") == "counts"
    assert company.read(ASSISTANT, DEMAND, plan, "timeliness") == "on_time"
    paper = company.paper(SUPERVISOR, "report_f15_demand_plan", plan)
    for words in ("华东大区", "ISG50-160", "60"):
        assert words in paper, words

    action = company.do(SUPERVISOR, DEMAND, "action_break_down", plan)
    weeks = company.search(SUPERVISOR, DEMAND, *action["domain"])
    assert len(weeks) >= 4
    company.do(ASSISTANT, DEMAND, "action_hand_in", weeks[0])
    if company.read(ASSISTANT, DEMAND, weeks[0], "state") == "handed":
        sign_paper(company, DEMAND, weeks[0], SUPERVISOR)
    assert "需求" in company.paper(SUPERVISOR, "report_f15_demand_plan", weeks[0])
    action = company.do(SUPERVISOR, DEMAND, "action_make_shipment_plan", weeks[0])
    assert action["res_model"] == "order.shipment.plan"
    charge_what_is_missing(company)


def enter_demand(company, first, kind, needed):
    values = {
        "team_id": company.ref("demo_team_east"),
        "kind": kind,
        "date_from": str(first),
        "line_ids": [
            (
                0,
                0,
                {
                    "product_id": company.ref(product),
                    "quantity": quantity,
                    "expected_week_sales": sold,
                },
            )
            for product, quantity, sold in needed
        ],
    }
    (plan,) = company.as_(ASSISTANT).call(DEMAND, "create", [values])
    return plan


def charge_what_is_missing(company):
    """6.4: a plan that was due and is not there; the ledger proposes the fine."""
    first = date.today() + relativedelta(months=4, day=1)
    late = enter_demand(company, first, "month", [("demo_pump_isg50", 1, 1)])
    company.database.query(
        "UPDATE order_demand_plan SET due_at = NOW() AT TIME ZONE 'UTC' "
        f"- interval '1 hour' WHERE id = {late}"
    )
    run_cron(company, "order_demand_cron")
    assert company.read(ASSISTANT, DEMAND, late, "timeliness") == "missing"
    assert 100 in find_fines(company, "demand")


def find_fines(company, rule):
    run_cron(company, "order_ledger_cron")
    rows = company.as_(ADMINISTRATOR).call(
        "order.ledger.entry",
        "search_read",
        [("rule_id", "=", company.ref(f"order_ledger_rule_{rule}"))],
        ["amount"],
    )
    return [row["amount"] for row in rows]


def test_special_order_on_issue_day(company, switched_on):
    """6.2, 6.3: signed by the head of sales and the deputy, paid by 30 percent, and in
    force only then; issued on Monday and Thursday with whatever else is ready, and no
    scattered order between them. Goods that are not taken cost a tenth after a week,
    30 percent after two, which is decided by people, and the region 200 yuan."""
    switched_on("P10")
    with issue_days(company) as open_today:
        order = company.of_type("special", "区域客户特殊需求", quantity=3)
        company.do(
            SUPERVISOR,
            "sale.order",
            "write",
            order,
            {"team_id": company.ref("demo_team_east")},
        )
        company.submit(order)
        company.sign(order, SUPERVISOR, DEPUTY)
        company.confirm(order)
        total = company.order(order, "amount_total")
        assert round(company.order(order, "deposit_required"), 2) == round(
            total * 0.3, 2
        )
        standard = company.enter()
        company.confirm(standard)
        for held in (order, standard):
            assert company.order(held, "effect_state") == "held"
        company.stock()
        company.pay_deposit(order)
        company.work()
        batch = issue(company, [order, standard])
        assert company.order(order, "effect_state") == "held", "no issue day"
        open_today()
        company.work()
        batch = issue(company, [order, standard])
        for held in (order, standard):
            assert company.order(held, "effect_state") == "effective"
    text = company.paper(PLANNER, "report_f14_release_list", batch)
    for held in (order, standard):
        assert company.order(held, "name") in text
    company.work()
    fetch_too_late(company, order, total)
    modify(company, standard)


def issue(company, orders):
    """The desk issues what it chose; the release list says what became of each."""
    action = company.do(PLANNER, "sale.order", "action_issue", orders)
    company.work()
    return action["res_id"]


def fetch_too_late(company, order, total):
    assert company.order(order, "goods_in_stock_on")
    for days, percent in ((8, 10), (8, 30)):
        let_days_pass(company, order, days)
        (forfeiture,) = company.order(order, "forfeiture_ids", login=FINANCE)
        found = company.read(FINANCE, FORFEITURES, forfeiture, "percent", "fine_amount")
        assert found["percent"] == percent, found
    assert found["fine_amount"] == 200
    assert 200 in find_fines(company, "pickup")
    company.ship(order)
    company.submit(forfeiture, SUPERVISOR, FORFEITURES)
    sign_paper(company, FORFEITURES, forfeiture, FINANCE, SUPERVISOR, GENERAL_MANAGER)
    amount = company.read(FINANCE, FORFEITURES, forfeiture, "amount")
    # by law a fifth of the total is a deposit: no more is forfeited
    assert round(amount, 2) == round(total * 0.2, 2)
    company.pay(company.invoice(order))
    assert company.read(FINANCE, FORFEITURES, forfeiture, "state") == "settled"
    assert company.order(order, "closed_on")


def modify(company, order):
    """6.1: nobody changes the product by himself: sales and deputy sign, R&D says by
    when, and it stands on F22."""
    action = company.as_(SALESMAN).call(CHANGES, "action_open", order)
    change = action["res_id"]
    (line,) = company.read(SALESMAN, CHANGES, change, "line_ids")
    wish = {
        "kind": "product",
        "wish": "机械密封改为双端面",
        "line_ids": [(1, line, {"specification": "双端面机械密封"})],
        "reason_id": company.ref("order_change_reason_design"),
    }
    company.do(SALESMAN, CHANGES, "write", change, wish)
    company.do(SALESMAN, CHANGES, "action_request", change)
    sign_paper(company, CHANGES, change, SUPERVISOR, DEPUTY)
    company.work()
    assert company.read(SALESMAN, CHANGES, change, "state") == "agreed"
    company.refused("", SALESMAN, CHANGES, "action_apply", change)
    company.refused(
        "", SALESMAN, CHANGES, "write", change, {"rd_finish_date": str(date.today())}
    )
    day = str(date.today() + timedelta(days=20))
    company.do(ENGINEER, CHANGES, "write", change, {"rd_finish_date": day})
    company.work()
    assert company.read(SALESMAN, CHANGES, change, "state") == "applied"
    text = company.paper(SALESMAN, "report_f22_product_modification", change)
    for words in ("机械密封改为双端面", "李敏", "刘建国"):
        assert words in text, words
