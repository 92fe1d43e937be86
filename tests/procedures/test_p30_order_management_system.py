"""[PRC-5] P30 Order management system (004 订单管理系统流程)."""

from ast import literal_eval

from company import (
    ASSISTANT,
    COUNTERSIGNERS,
    DEPUTY,
    FINANCE,
    SALESMAN,
    SUPERVISOR,
    SYSTEM,
    WAREHOUSE,
)
from customer import Customer
from making import file_papers, goods, new_product
from selling import (
    CASE,
    agree_to_case,
    bring_back,
    limit,
    open_case,
    opened_by,
    read_paper,
    read_statement,
    settle_case,
)

ORDER = "sale.order"


def test_records_that_cannot_be_changed(company, switched_on):
    """Approval, stock and payment leave records in a chain; the auditor proves them
    sound, and whoever changed a row in the database is found out. Prepaid, the order
    waits for its money; it leaves with its note, and the customer finds on his page how
    far it is. He asks to send one back: customer service sees whether the conditions
    are met, quality whether it is a fault; the warehouse collects it, it is inspected
    in a day, before that nothing is refunded. He complains as well and is answered. The
    statement comes out even, nobody deletes the order, and the figures tell of it."""
    switched_on("P30")
    pump = new_product(company, "P30-160")
    order = company.approved(
        order_line=goods(pump), payment_term_id=company.ref("demo_terms_prepaid")
    )
    number = company.order(order, "name")
    assert number in company.sheet(order)
    proven(company, order)

    company.stock(pump, 3)
    company.confirm(order)
    assert company.order(order, "effect_state") == "held"
    assert company.transfers(order) == []
    company.pay_deposit(order)
    assert company.order(order, "effect_state") == "effective"
    (transfer,) = company.ship(order)
    read_paper(
        company, WAREHOUSE, "report_f18_delivery_note", transfer, number, "P30-160"
    )
    company.work()
    customer = Customer(company, order, SUPERVISOR)
    assert number in customer.look()
    customer.send("confirm_receipt")
    company.work()
    company.invoice(order)  # all of it was paid before
    sent_back(company, customer, order, number)
    complained(company, order, number)
    read_statement(company, order)
    company.refused("", ASSISTANT, ORDER, "unlink", order)
    file_papers(company, SALESMAN, order)
    counted(company, order, pump)


def proven(company, order):
    """Whoever changes what was signed is found out."""
    review = company.review_of(order)

    def verify():
        answer = company.do(DEPUTY, "order.review", "action_verify", review)
        return answer["params"]["type"]

    assert verify() == "success"
    ((row,),) = company.database.query(
        "SELECT id FROM order_review_signature "
        f"WHERE review_id = {review} AND act = 'agree' ORDER BY id LIMIT 1"
    )
    change = "UPDATE order_review_signature SET opinion = {} WHERE id = {}"
    company.database.query(change.format("'改过的意见'", row))
    assert verify() == "danger"
    company.database.query(change.format("NULL", row))
    assert verify() == "success"


def sent_back(company, customer, order, number):
    """3.1–3.6 退换货: asked for, agreed to, collected, accepted, refunded."""
    said = ("return", "机封渗漏，退一台", "quality", 1)
    case = opened_by(company, customer, order, *said)
    company.refused("", SALESMAN, CASE, "action_collect", case)
    agree_to_case(company, case)
    company.refused("验收", SALESMAN, CASE, "action_settle", case)
    returns = bring_back(company, case)
    assert limit(company, "service_inspect", case) == "met"
    read_paper(company, WAREHOUSE, "report_f32_return_note", returns[0], number)
    settle_case(company, case, "退款三日内到账")
    words = (number, "机封渗漏", "李敏", "赵品", "三日内到账")
    read_paper(company, SALESMAN, "report_f26_service_case", case, *words)
    (note,) = company.read(SALESMAN, CASE, case, "credit_note_ids")
    company.do(FINANCE, "account.move", "action_post", note)
    company.pay(note)


def complained(company, order, number):
    """投诉: it has somebody in charge, and an answer."""
    case = open_case(company, order, "complaint", "late", "送货比约定晚一天")
    agree_to_case(company, case)
    company.refused("", SALESMAN, CASE, "action_settle", case)
    settle_case(company, case, "已更换承运商")
    read_paper(company, SALESMAN, "report_f26b_complaint", case, number, "已更换承运商")


def counted(company, order, pump):
    """9 数据分析: orders, customers and goods; 退货率, steps, and who approved."""
    number, mine = company.order(order, "name"), [("order_id", "=", order)]
    lines = company.search(
        SUPERVISOR, "sale.order.line", *mine, ("product_id", "=", pump)
    )
    left = company.read(SUPERVISOR, "sale.order.line", lines[0], "product_uom_qty")
    for group, value in (
        ("order_type_id", company.order(order, "order_type_id")[1]),
        ("partner_id", company.order(order, "partner_id")[1]),
        ("product_id", "P30-160"),
    ):
        (row,) = figures(
            company,
            "sale_report_action_types",
            [("name", "=", number), ("product_id", "=", pump)],
            [group],
            ["product_uom_qty:sum"],
        )
        assert value in row[group][1] and row["product_uom_qty:sum"] == left, row

    (row,) = figures(
        company,
        "order_process_report_action",
        mine,
        ["order_type_id"],
        ["return_rate:avg", "case_count:sum"],
    )
    assert row["return_rate:avg"] == 1, "one of its pumps came back"
    assert row["case_count:sum"] == 2, "and it was complained about"

    rows = figures(
        company, "order_step_report_action", mine, ["process_step"], ["__count"]
    )
    steps = {row["process_step"] for row in rows}
    assert {"shipped", "archived"} <= steps, steps

    rows = figures(
        company,
        "order_seat_report_action",
        [("review_id", "=", company.review_of(order))],
        ["signer_id"],
        ["__count", "decline_rate:avg"],
    )
    assert len(rows) == 2 + len(COUNTERSIGNERS), "everybody who signed"
    assert not any(row["decline_rate:avg"] for row in rows)


def figures(company, action, domain, groupby, aggregates):
    """Return the rows of a page of figures as the head of sales sees them, narrowed to
    one order."""
    (page,) = company.as_(SYSTEM).call(
        "ir.actions.act_window", "read", [company.ref(action)], ["res_model", "domain"]
    )
    told = literal_eval(page["domain"]) if page["domain"] else []
    return company.as_(SUPERVISOR).call(
        page["res_model"], "formatted_read_group", told + domain, groupby, aggregates
    )
