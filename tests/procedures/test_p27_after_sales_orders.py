"""[PRC-5] P27 After-sales orders (003 售后下单管理)."""

from datetime import date, timedelta

import pytest
from company import (
    ADMINISTRATOR,
    ASSISTANT,
    CLERK,
    FINANCE,
    GENERAL_MANAGER,
    SALESMAN,
    SUPERVISOR,
    WAREHOUSE,
)
from factory import run_cron
from making import file_papers, goods, new_product
from selling import limit, read_paper, read_statement, ready, terms

RELEASE, SHEET = "order.shipping.release", "order.score.sheet"
SCORED = "order_score_role_entry"


@pytest.fixture
def scored(company):
    """The order clerk is scored each month; the role is in force long enough."""
    role = company.ref(SCORED)
    who = {"user_ids": [(6, 0, [company.as_(ASSISTANT).uid])]}
    company.do(ADMINISTRATOR, "order.score.role", "write", role, who)
    yield role
    nobody = {"user_ids": [(6, 0, [])]}
    company.do(ADMINISTRATOR, "order.score.role", "write", role, nobody)


def test_from_the_notice_to_the_score(company, switched_on, scored):
    """The salesperson agrees brand, model, quantity and price with the customer and
    hands them in in writing; the clerk enters the order sheet the same day. The general
    manager signs it, nobody else is asked, and before that nothing is confirmed. The
    delivery is arranged the next day: it is not released before the salesperson has
    told the customer to have the payment ready. The deliverer collects it on handover,
    within three days; finance books it. At the end of the month the clerk is scored by
    what was found, by herself and by the head of her department."""
    switched_on("P27")
    pump = new_product(company, "P27-160")
    order = company.of_type(
        "aftersales",
        "售后补件",
        order_line=goods(pump, 2),
        payment_term_id=terms(company, "货到付款", "on_delivery"),
    )
    number, total = company.order(order, "name"), company.order(order, "amount_total")
    assert limit(company, "p27_entered", order) == "running"
    company.submit(order, SUPERVISOR)
    assert limit(company, "p27_entered", order) == "met"
    company.refused("评审", SUPERVISOR, "sale.order", "action_confirm", order)
    company.sign(order, GENERAL_MANAGER)
    company.confirm(order)
    read_paper(
        company,
        SUPERVISOR,
        "report_f29_order_sheet",
        order,
        number,
        "P27-160",
        f"{total:,.2f}",
        "黄卫东",
    )

    company.stock(pump, 2)
    arranged(company, order, number)
    transfer = ready(company, order)
    assert company.read(WAREHOUSE, "stock.picking", transfer, "collect_amount") == total
    company.ship(order)
    read_paper(company, WAREHOUSE, "report_f18_delivery_note", transfer, number)
    handed_over(company, transfer, total)
    assert limit(company, "p27_arrived", order) == "met"
    company.pay(company.invoice(order))
    read_statement(company, order)
    file_papers(company, SALESMAN, order)
    judged(company, scored)


def arranged(company, order, number):
    """跟单岗: the customer has the payment ready before the goods are let go."""
    assert limit(company, "p27_arranged", order) == "running"
    release = company.release(order, FINANCE)
    assert company.read(FINANCE, RELEASE, release, "state") != "released"
    company.do(SALESMAN, RELEASE, "action_announce_payment", release)
    company.work()
    assert company.read(FINANCE, RELEASE, release, "state") == "released"
    assert limit(company, "p27_arranged", order) == "met"
    read_paper(
        company, FINANCE, "report_f17_shipping_release", release, number, "郑彩虹"
    )


def handed_over(company, transfer, total):
    """送货员: the customer signs and pays."""
    model = "order.delivery.receipt.wizard"
    page = {
        "picking_id": transfer,
        "received_by": "陈建军",
        "collected_amount": total,
        "evidence_ids": [(6, 0, [company.scan(CLERK, "回单.png")])],
    }
    (page,) = company.as_(CLERK).call(model, "create", [page])
    company.do(CLERK, model, "action_confirm", page)
    company.work()
    read_paper(company, WAREHOUSE, "report_f20_delivery_receipt", transfer, "陈建军")
    told = company.search(
        FINANCE, "mail.activity", ("user_id", "=", company.as_(FINANCE).uid)
    )
    assert told, "finance books what was collected"


def judged(company, role):
    """绩效考核: full score 3 + 5 + 5, one point off for a finding; F25B."""
    begun = date.today().replace(day=1) - timedelta(days=40)
    company.database.query(
        f"UPDATE order_score_role SET in_force_since = '{begun}' WHERE id = {role}"
    )
    run_cron(company, "order_score_cron")
    (sheet,) = company.search(ASSISTANT, SHEET, ("role_id", "=", role))
    lines = company.read(ASSISTANT, SHEET, sheet, "line_ids")
    parts = company.as_(ASSISTANT).call(
        "order.score.line", "read", lines, ["max_points", "per_finding"]
    )
    assert [part["max_points"] for part in parts] == [3, 5, 5]
    for part in parts:
        own = {"self_points": part["max_points"]}
        company.do(ASSISTANT, "order.score.line", "write", part["id"], own)
    company.do(ASSISTANT, SHEET, "action_hand_in", sheet)
    finding = {
        "sheet_id": sheet,
        "line_id": parts[0]["id"],
        "reason": "型号未与业务员核对",
    }
    company.as_(SUPERVISOR).call("order.score.finding", "create", [finding])
    for part in parts:
        if not part["per_finding"]:
            given = {"manager_points": 4}
            company.do(SUPERVISOR, "order.score.line", "write", part["id"], given)
    company.do(SUPERVISOR, SHEET, "action_confirm", sheet)
    read_paper(
        company,
        SUPERVISOR,
        "report_f25b_score_sheet",
        sheet,
        "张莉",
        "型号未与业务员核对",
    )
