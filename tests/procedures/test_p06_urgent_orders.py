"""[PRC-5] P06 Urgent orders."""

from datetime import date, timedelta

from company import (
    ADMINISTRATOR,
    ASSISTANT,
    BUYER,
    DEPUTY,
    ENGINEER,
    PLANNER,
    PRODUCER,
    QUALITY,
    SALESMAN,
    SUPERVISOR,
    WAREHOUSE,
)
from factory import find_production, report_all
from making import goods, made_to_order

REASON = "客户生产线停机等泵抢修"
WIZARD, ANSWER = "order.review.sign.wizard", "order.review.sign.wizard.answer"
EVALUATORS = (SALESMAN, PRODUCER, ENGINEER, QUALITY)


def test_told_evaluated_answered_made(company, switched_on):
    """Sales receives it, the departments are told the same day and the team is named;
    sales, production, engineering and quality answer seven questions each that day; the
    deputy general manager signs the reply, which goes to the customer within two
    working days; production works longer, in three shifts and with a subcontractor,
    all of it in red and on the sheet of the order."""
    switched_on("P06")
    soon = str(date.today() + timedelta(days=5))
    urgent = {"is_urgent": True, "urgent_reason": REASON, "wanted_date": soon}
    pump = made_to_order(company, "P06-IH65", "ih65")
    order = company.enter(order_line=goods(pump, 2), **urgent)
    company.work()
    assert company.order(order, "urgent_told_on")
    assert len(company.order(order, "urgent_member_ids")) == 7
    told(company, order)
    assert runs(company, order, "notice", "met")
    company.submit(order)
    assert runs(company, order, "reply", "running")
    company.refused("", SUPERVISOR, "sale.order", "action_urgent_replied", order)
    for login in EVALUATORS:
        evaluate(company, login, order)
    company.refused("评审", SUPERVISOR, "sale.order", "action_confirm", order)
    company.sign(order, DEPUTY)
    company.work()
    # the type replies by itself
    assert company.order(order, "urgent_replied_on")
    assert runs(company, order, "reply", "met")
    company.confirm(order)
    production = find_production(company, order)
    hurry(company, production)
    sheet = company.paper(SUPERVISOR, "report_f04_urgent_order", order)
    for words in (company.order(order, "name"), REASON, "加班", "三班", "委外"):
        assert words in sheet, words
    for name in ("刘建国", "林浩", "王志强", "周建", "赵品", "孙萍"):
        assert name in sheet, name
    card = company.paper(PRODUCER, "report_f11_route_card", production)
    assert "急" in card
    report_all(company, production, 2)
    company.do(PRODUCER, "mrp.production", "button_mark_done", production)
    (transfer,) = company.ship(order)
    assert "急" in company.paper(WAREHOUSE, "report_f18_delivery_note", transfer)
    company.receive_signed(transfer)
    company.pay(company.invoice(order))
    assert company.order(order, "closed_on")


def told(company, order):
    """Everybody of the team finds the notice in his inbox."""
    number = company.order(order, "name")
    for login in (PRODUCER, QUALITY, ENGINEER, BUYER, DEPUTY):
        notices = company.search(
            login,
            "mail.message",
            ("needaction", "=", True),
            ("model", "=", "sale.order"),
            ("res_id", "=", order),
            ("subject", "like", number),
        )
        assert notices, login


def runs(company, order, name, state):
    rule = company.ref(f"order_time_limit_p06_{name}")
    return company.search(
        ADMINISTRATOR,
        "order.time.limit.run",
        ("rule_id", "=", rule),
        ("res_id", "=", order),
        ("state", "=", state),
    )


def evaluate(company, login, order):
    """Answer the seven questions on the page that asks them; a doubt is written down,
    an answer that is missing is refused."""
    (task,) = company.as_(login).call(
        "order.review.task",
        "search",
        [("is_mine", "=", True), ("review_id.res_id", "=", order)],
    )
    context = {"default_task_ids": [task]}
    fields = ["task_ids", "seen", "answer_ids", "decision"]
    page = company.as_(login).call(WIZARD, "default_get", fields, context=context)
    rows = page["answer_ids"]
    assert len(rows) == 7
    half = {**page, "answer_ids": [*rows]}
    (half,) = company.as_(login).call(WIZARD, "create", [half], context=context)
    company.refused("", login, WIZARD, "action_confirm", half)
    values = {"answer": "confirmed", "note": "已电话与客户确认"}
    page["answer_ids"] = [(0, 0, {**row[2], **values}) for row in rows]
    (page,) = company.as_(login).call(WIZARD, "create", [page], context=context)
    company.do(login, WIZARD, "action_confirm", page)


def hurry(company, production):
    """加班、三班倒、委外: what is done to be ready. What nobody can make outside
    yet is said in words, and asked of engineering."""
    assert company.read(PLANNER, "mrp.production", production, "is_urgent")
    today = str(date.today())
    measures = company.as_(PRODUCER).call(
        "order.measure",
        "create",
        [
            {
                "production_id": production,
                "kind": kind,
                "date_from": today,
                "date_to": today,
                "hours": hours,
                "quantity": quantity,
                "partner_id": company.ref("demo_vendor_foundry"),
            }
            for kind, hours, quantity in (
                ("overtime", 3, 0),
                ("shifts", 16, 0),
                ("outsourcing", 0, 1),
            )
        ],
    )
    company.refused(
        "物料清单", PRODUCER, "order.measure", "action_outsource", measures[-1:]
    )


def test_refused_with_a_reason(company, switched_on):
    """A department that cannot make it refuses, with its reason; the deputy general
    manager, who decides on the reply, is asked all the same."""
    switched_on("P06")
    order = company.enter(login=ASSISTANT, is_urgent=True, urgent_reason=REASON)
    company.submit(order)
    answers = {
        str(company.ref(f"order_review_question_{name}")): {"answer": "confirmed"}
        for name in (
            "name",
            "quantity",
            "price",
            "process",
            "date",
            "transport",
            "doubts",
        )
    }
    for login in EVALUATORS:
        no = login == PRODUCER
        (task,) = company.as_(login).call(
            "order.review.task",
            "search_read",
            [("is_mine", "=", True), ("review_id.res_id", "=", order)],
            ["review_id", "digest"],
        )
        seen = {str(task["review_id"][0]): task["digest"]}
        company.do(
            login,
            "order.review.task",
            "action_sign",
            [task["id"]],
            "decline" if no else "agree",
            seen,
            "五天内排不出产能" if no else "",
            answers=answers,
        )
    assert company.has_to_sign(DEPUTY, order)
    assert "排不出产能" in company.sheet(order)
