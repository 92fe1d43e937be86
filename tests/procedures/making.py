"""What planning, workshop, quality and sales do beside an order, said once for the
walks through procedures; and the clock."""

from company import ADMINISTRATOR, PLANNER, PRODUCER, SUPERVISOR, SYSTEM
from factory import issued_copies, routes_to_make

INSPECTOR = "fengjian"
MADE = "mrp.production"
RUNS = "order.time.limit.run"
# what is set back of a limit when its clock is moved
MOMENTS = ("started_at", "due_at", "remind_at", "escalate_at", "next_check")


def goods(product, quantity=3):
    """Return the line of an order for a product of one's own."""
    return [(0, 0, {"product_id": product, "product_uom_qty": quantity})]


def new_product(company, code, model="isg50", **values):
    """Return a pump of its own for one walk: what is on stock of the others, and what
    the other walks do with it, does not concern it."""
    boss = company.as_(SYSTEM)
    (made,) = boss.call(
        "product.product",
        "copy",
        [company.ref(f"demo_pump_{model}")],
        {"name": f"立式管道离心泵 {code}", "default_code": code, **values},
    )
    return made


def made_to_order(company, code, model="isg50"):
    """Return a pump of its own that is made, by three operations, when it is sold."""
    boss, routes = company.as_(SYSTEM), routes_to_make(company)
    product = new_product(company, code, model, route_ids=[(6, 0, routes)])
    template = company.read(SYSTEM, "product.product", product, "product_tmpl_id")[0]
    values = {"product_tmpl_id": template, "product_id": False}
    boss.call("mrp.bom", "copy", [company.ref(f"demo_bom_{model}")], values)
    return product


def produce(company, production):
    """The workshop makes all of it; return what it is told."""
    return company.do(PRODUCER, MADE, "button_mark_done", production)


def name_owners(company, production, owner=PRODUCER):
    """Each operation gets somebody who answers for it, and planning a date."""
    steps = company.read(PLANNER, MADE, production, "workorder_ids")
    user = company.as_(owner).uid
    company.do(PLANNER, "mrp.workorder", "write", steps, {"responsible_id": user})
    company.do(PLANNER, MADE, "button_plan", production)
    return steps


def inspection_of(company, production):
    """Return the open inspection of what is made."""
    (inspection,) = company.search(
        INSPECTOR,
        "order.inspection",
        ("production_id", "=", production),
        ("state", "=", "draft"),
    )
    return inspection


def pass_inspection(company, production, *words):
    """What is made is looked at and has passed: only then does it enter stock; these
    words stand on F12."""
    produce(company, production)
    assert company.read(PLANNER, MADE, production, "state") != "done"
    inspection = inspection_of(company, production)
    look_at(company, inspection)
    company.do(INSPECTOR, "order.inspection", "action_pass_all", inspection)
    text = company.paper(INSPECTOR, "report_f12_inspection", inspection)
    for part in words:
        assert part in text, text
    produce(company, production)
    assert company.read(PLANNER, MADE, production, "state") == "done"
    company.work()


def look_at(company, inspection):
    """The inspector looks at every item: all are in order."""
    model = "order.inspection"
    lines = company.read(INSPECTOR, model, inspection, "line_ids")
    seen = [(1, line, {"verdict": "pass"}) for line in lines]
    company.do(INSPECTOR, model, "write", inspection, {"line_ids": seen})


def report_day(company):
    """Production hands in what was made today; return the text of F31. A day has one
    report: that of a walk before this one is put before all others."""
    days = "order.daily.report"
    company.database.query(
        """
        UPDATE order_daily_report SET date = (SELECT MIN(date) FROM order_daily_report)
            - 1 WHERE date >= CURRENT_DATE - 1"""
    )
    (day,) = company.as_(PRODUCER).call(days, "create", [{}])
    company.do(PRODUCER, days, "action_fill", day)
    company.do(PRODUCER, days, "action_hand_in", day)
    return company.paper(SUPERVISOR, "report_f31_daily_report", day)


def write_to_customer(company, login, action, **values):
    """Send the message that a button has opened, as the page does."""
    context = action["context"]
    model = "mail.compose.message"
    (page,) = company.as_(login).call(model, "create", [values], context=context)
    company.do(login, model, "action_send_mail", page, context=context)


def receive_papers(company, login, document, model="sale.order"):
    """Somebody confirms what he was given of a document; return how many papers."""
    papers = issued_copies(company, login, model, document)
    if papers:
        company.do(login, "order.form.issue", "action_acknowledge", papers)
    return len(papers)


def runs_of(company, rule, document, *fields):
    """Return what became of a limit of a document, the last first."""
    return company.as_(SYSTEM).call(
        RUNS,
        "search_read",
        [
            ("rule_id", "=", company.ref(f"order_time_limit_{rule}")),
            ("document_id", "=", document),
        ],
        ["state", "is_late", "user_id", "due_at", "started_at", *fields],
    )


def let_time_pass(company, runs, days):
    """Set the clock of these limits forward: days cannot be waited for, so what was
    stored about them is set back; then the scheduler looks at them."""
    back = ", ".join(f"{name} = {name} - interval '{days} days'" for name in MOMENTS)
    ids = ", ".join(str(run["id"]) for run in runs)
    company.database.query(
        f"UPDATE order_time_limit_run SET {back} WHERE id IN ({ids})"
    )
    cron = company.ref("order_time_limit_cron")
    company.as_(SYSTEM).call("ir.cron", "method_direct_trigger", [cron])


def file_papers(company, login, order):
    """File the signed contract of an order, then all of its papers."""
    company.refused("合同", login, "sale.order", "action_archive_papers", order)
    model = "order.archive.wizard"
    asked = (("kind", "=", "file"), ("active", "=", True))
    for item in company.search(ADMINISTRATOR, "order.archive.item", *asked):
        page = {
            "order_id": order,
            "mode": "file",
            "item_id": item,
            "evidence_ids": [(6, 0, [company.scan(login, "合同.png")])],
        }
        (page,) = company.as_(login).call(model, "create", [page])
        company.do(login, model, "action_confirm", page)
    company.do(login, "sale.order", "action_archive_papers", order)
    assert company.order(order, "progress") == "archived"
