"""[PRC-5] P02 Order handling of an enterprise: thirteen steps, each with its paper."""

from datetime import date

from company import (
    ADMINISTRATOR,
    BUYER,
    CLERK,
    ENGINEER,
    GENERAL_MANAGER,
    PLANNER,
    PRODUCER,
    QUALITY,
    SALESMAN,
    SUPERVISOR,
    WAREHOUSE,
)
from factory import (
    bought_on_request,
    find_operations,
    find_production,
    inspected,
    issued_copies,
    made_outside,
    report_work,
    sign_paper,
)
from making import goods, made_to_order

INSPECTOR = "fengjian"
SETS, REQUESTS, PLANS = (
    "order.drawing.set",
    "order.purchase.request",
    "order.production.plan",
)
INSPECTIONS, MEETINGS = "order.inspection", "order.meeting"


def test_thirteen_steps(company, switched_on):
    """① The order in three copies to production and sales. ② Engineering draws, what is
    wrong goes back to be corrected; nothing starts before. ③ What is missing is asked
    for, the general manager approves, and only that is ordered. ④ Castings are made
    outside, planned in two copies. ⑤ Six copies of the production plan. ⑥ ⑦ The head
    of the workshop signs for the drawings. ⑧ The route card goes with the parts and is
    scanned. ⑨ Drawings come back. ⑩ What failed is let through by those who may; the
    notice goes to the warehouse, ⑪ ⑫ which tells sales. ⑬ The summary meeting."""
    switched_on("P02")
    pump = made_to_order(company, "P02-IH65", "ih65")
    with inspected(company, pump, "final", "外观"):
        order = company.approved(order_line=goods(pump, 2))
        company.confirm(order)
        number = company.order(order, "name")
        production = find_production(company, order)
        instruct(company, order)
        drawings = draw(company, production)
        with (
            bought_on_request(company),
            made_outside(company, "demo_part_casing", "demo_vendor_foundry"),
        ):
            buy(company, production)
        plan(company, production, number)
        hand_over(company, drawings, production)
        make(company, production)
        company.do(PRODUCER, SETS, "action_recover", drawings)
        assert company.read(PRODUCER, SETS, drawings, "state") == "recovered"
        inspect(company, production)
    company.work()
    (transfer,) = company.ship(order)
    assert number in company.paper(WAREHOUSE, "report_f18_delivery_note", transfer)
    sum_up(company, order)
    company.receive_signed(transfer)
    company.pay(company.invoice(order))
    file_papers(company, order)
    assert company.order(order, "progress") == "archived"


def instruct(company, order):
    """① 生产指令单: three copies without prices: two of production, one of sales."""
    text = company.paper(SUPERVISOR, "report_f05_production_instruction", order)
    assert company.order(order, "name") in text
    assert f"{company.order(order, 'amount_total'):,.2f}" not in text
    for login, count in ((PRODUCER, 2), (SALESMAN, 1)):
        copies = issued_copies(company, login, "sale.order", order)
        assert len(copies) == count, f"{login}: {copies}"
        company.do(login, "order.form.issue", "action_acknowledge", copies)


def draw(company, production):
    """② 出图、审核、校正: production asks, finds a fault, signs what was corrected."""
    company.refused("图纸", PRODUCER, "mrp.production", "action_start", production)
    action = company.do(
        PRODUCER, "mrp.production", "action_request_drawings", production
    )
    drawings = action["res_id"]
    sheets = [
        (0, 0, {"number": number, "revision": "A", "title": title, "kind": kind})
        for number, title, kind in (
            ("KT-65-01", "泵壳加工图", "part"),
            ("DZ-65-02", "底座焊接图", "weld"),
            ("ZJ-65-03", "铸件毛坯图", "outside"),
        )
    ]
    company.do(ENGINEER, SETS, "write", drawings, {"sheet_ids": sheets})
    company.submit(drawings, ENGINEER, SETS)
    sign_paper(company, SETS, drawings, ENGINEER)
    sign_paper(
        company, SETS, drawings, PRODUCER, decision="decline", opinion="孔距标注错误"
    )
    company.refused("", ENGINEER, SETS, "action_issue", drawings)
    (sheet, *_others) = company.read(ENGINEER, SETS, drawings, "sheet_ids")
    company.do(
        ENGINEER,
        SETS,
        "write",
        drawings,
        {"sheet_ids": [(1, sheet, {"revision": "B"})]},
    )
    company.submit(drawings, ENGINEER, SETS)
    sign_paper(company, SETS, drawings, ENGINEER, PRODUCER)
    return drawings


def buy(company, production):
    """③ ④ 采购申请单、外协计划单: nothing is ordered that was not approved."""
    vendor = company.ref("demo_vendor_foundry")
    own = {
        "partner_id": vendor,
        "order_line": [
            (0, 0, {"product_id": company.ref("demo_part_seal"), "product_qty": 5})
        ],
    }
    (alone,) = company.as_(BUYER).call("purchase.order", "create", [own])
    company.refused("申请", BUYER, "purchase.order", "button_confirm", alone)
    asked = request(company, {"production_ids": [(6, 0, [production])]})
    company.do(PRODUCER, REQUESTS, "action_fill", asked)
    lines = company.read(PRODUCER, REQUESTS, asked, "line_ids")
    assert len(lines) == 4, "castings are on their way already"
    company.do(
        PRODUCER, "order.purchase.request.line", "write", lines, {"partner_id": vendor}
    )
    outside = request(
        company,
        {
            "kind": "outsourcing",
            "line_ids": [
                (
                    0,
                    0,
                    {
                        "product_id": company.ref("demo_part_casing"),
                        "quantity": 2,
                        "partner_id": vendor,
                        "use": "ZJ-65-03",
                    },
                )
            ],
        },
    )
    for sheet, paper, words in (
        (asked, "report_f08_purchase_request", "黄卫东"),
        (outside, "report_f09_subcontracting_plan", "常州铸诚"),
    ):
        company.submit(sheet, PRODUCER, REQUESTS)
        company.refused("", BUYER, REQUESTS, "action_make_rfqs", sheet)
        sign_paper(company, REQUESTS, sheet, GENERAL_MANAGER)
        text = company.paper(PRODUCER, paper, sheet)
        assert company.read(PRODUCER, REQUESTS, sheet, "name") in text
        assert words in text, paper
        action = company.do(BUYER, REQUESTS, "action_make_rfqs", sheet)
        orders = company.search(BUYER, "purchase.order", *action["domain"])
        company.do(BUYER, "purchase.order", "button_confirm", orders)
        bought = company.read(BUYER, "purchase.order", orders[0], "state")
        assert bought == "purchase"


def request(company, values):
    (found,) = company.as_(PRODUCER).call(REQUESTS, "create", [values])
    return found


def plan(company, production, number):
    """⑤ 生产计划单一式六份: each department confirms its copy."""
    values = {
        "date_from": str(date.today()),
        "line_ids": [(0, 0, {"production_id": production})],
    }
    (sheet,) = company.as_(PLANNER).call(PLANS, "create", [values])
    company.do(PLANNER, PLANS, "action_issue", sheet)
    copies = company.search(
        PLANNER, "order.form.issue", ("res_model", "=", PLANS), ("res_id", "=", sheet)
    )
    assert len(copies) == 6
    assert number in company.paper(PLANNER, "report_f06_production_plan", sheet)
    for login in (PRODUCER, PLANNER, WAREHOUSE, QUALITY):
        mine = issued_copies(company, login, PLANS, sheet)
        assert mine, login
        company.do(login, "order.form.issue", "action_acknowledge", mine)
    assert company.read(PLANNER, PLANS, sheet, "copies_received") == "5 / 5"


def hand_over(company, drawings, production):
    """⑥ ⑦ 图纸交接表: one set is kept, one is split; production starts when the head of
    the workshop has signed for it."""
    company.do(ENGINEER, SETS, "action_issue", drawings)
    company.refused("图纸", PRODUCER, "mrp.production", "action_start", production)
    model = "order.drawing.handover"
    for login, count in ((PRODUCER, 3), (ENGINEER, 1), (BUYER, 1)):
        mine = company.search(
            login, model, ("set_id", "=", drawings), ("waits_for_me", "=", True)
        )
        assert len(mine) == count, login
        company.do(login, model, "action_receive", mine)
    text = company.paper(ENGINEER, "report_f10_drawing_handover", drawings)
    for words in ("KT-65-01", "DZ-65-02", "周建", "孙萍"):
        assert words in text, words
    company.do(PRODUCER, "mrp.production", "action_start", production)


def make(company, production):
    """⑧ 工序流转单: what is done is scanned, one piece is done again; nothing is
    reported that has not come from the operation before."""
    card = company.paper(PRODUCER, "report_f11_route_card", production)
    first, *others = find_operations(company, production)
    for operation in (first, *others):
        assert operation["card_code"] in card
    with company.refusal():
        report_work(company, others[0]["card_code"], quantity_good=2)
    report_work(
        company,
        first["card_code"],
        quantity_good=1,
        quantity_rework=1,
        remark="内孔超差",
    )
    report_work(company, first["card_code"], quantity_good=1)
    for operation in others:
        report_work(company, operation["card_code"], quantity_good=2)


def inspect(company, production):
    """⑩ 检验单、进仓通知单: nothing enters stock before; ⑪ ⑫ sales is told."""
    model = "mrp.production"
    company.do(PRODUCER, model, "action_request_inspection", production)
    company.refused("", PRODUCER, model, "button_mark_done", production)
    (sheet,) = company.search(
        INSPECTOR, INSPECTIONS, ("production_id", "=", production)
    )
    lines = company.read(INSPECTOR, INSPECTIONS, sheet, "line_ids")
    found = {
        "line_ids": [(1, line, {"verdict": "fail"}) for line in lines],
        "faulty": 1,
        "finding": "一台漆面划伤",
        "quantity_passed": 1,
        "quantity_concession": 1,
    }
    company.do(INSPECTOR, INSPECTIONS, "write", sheet, found)
    company.do(INSPECTOR, INSPECTIONS, "action_done", sheet)
    company.submit(sheet, INSPECTOR, INSPECTIONS)
    sign_paper(company, INSPECTIONS, sheet, ENGINEER, PRODUCER, QUALITY)
    assert company.read(INSPECTOR, INSPECTIONS, sheet, "state") == "done"
    text = company.paper(INSPECTOR, "report_f12_inspection", sheet)
    assert "漆面划伤" in text
    notices = company.read(INSPECTOR, INSPECTIONS, sheet, "notice_ids")
    for notice in notices:
        text = company.paper(WAREHOUSE, "report_f13_receipt_notice", notice)
        assert company.read(INSPECTOR, INSPECTIONS, sheet, "name") in text
    company.do(PRODUCER, model, "button_mark_done", production)
    assert company.read(PRODUCER, model, production, "state") == "done"
    company.do(WAREHOUSE, "order.receipt.notice", "action_receive", notices)


def sum_up(company, order):
    """⑬ 订单总结会: drafted by itself, within three days, with what will be better."""
    limit = company.ref("order_time_limit_p02_summary")

    def runs(state):
        return company.search(
            ADMINISTRATOR,
            "order.time.limit.run",
            ("rule_id", "=", limit),
            ("res_id", "=", order),
            ("state", "=", state),
        )

    assert runs("running")
    (meeting,) = company.search(PRODUCER, MEETINGS, ("order_ids", "in", [order]))
    said = {
        "efficiency": "比计划快半天",
        "quality": "一台让步接收",
        "process": "夹具定位需改进",
        "improvement_ids": [
            (
                0,
                0,
                {
                    "name": "喷涂前加保护膜",
                    "owner_id": company.ref("demo_user_producer"),
                    "due_on": str(date.today()),
                },
            )
        ],
    }
    company.do(PRODUCER, MEETINGS, "write", meeting, said)
    company.do(PRODUCER, MEETINGS, "action_send_minutes", meeting)
    assert runs("met")
    for login in (PRODUCER, SALESMAN):
        company.do(login, MEETINGS, "action_confirm_minutes", meeting)
    assert company.read(PRODUCER, MEETINGS, meeting, "state") == "closed"
    text = company.paper(PRODUCER, "report_f24_meeting_minutes", meeting)
    assert "喷涂前加保护膜" in text


def file_papers(company, order):
    """The clerk files what is missing, then the papers of the order."""
    items = company.as_(CLERK).call(
        "order.archive.item", "search_read", [("kind", "=", "file")], ["name"]
    )
    for item in items:
        page = {
            "order_id": order,
            "mode": "file",
            "item_id": item["id"],
            "evidence_ids": [(6, 0, [company.scan(CLERK)])],
        }
        (page,) = company.as_(CLERK).call("order.archive.wizard", "create", [page])
        company.do(CLERK, "order.archive.wizard", "action_confirm", page)
    company.do(CLERK, "sale.order", "action_archive_papers", order)
