"""What the people of the demo company do in workshop, warehouse and purchasing."""

from contextlib import contextmanager
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from company import ADMINISTRATOR, PRODUCER, SYSTEM


def sign_paper(company, model, record, *signers, decision="agree", opinion=""):
    """Have these people decide one after another on a document that is no order."""
    for login in signers:
        decided = company.decide(login, model, record, decision, opinion)
        assert decided, f"{login} was not asked about {model} {record}"


def routes_to_make(company):
    """Return the routes of what is made when it is sold, switched on."""
    boss = company.as_(SYSTEM)
    names = (("stock", "route_warehouse0_mto"), ("mrp", "route_warehouse0_manufacture"))
    routes = [
        boss.call("ir.model.data", "check_object_reference", *name)[1] for name in names
    ]
    boss.call("stock.route", "write", routes, {"active": True})
    return routes


@contextmanager
def made_outside(company, product, vendor):
    """This vendor makes a product for the company, as the engineer has set up."""
    product = company.ref(product)
    template = company.read(SYSTEM, "product.product", product, "product_tmpl_id")[0]
    values = {
        "product_tmpl_id": template,
        "type": "subcontract",
        "subcontractor_ids": [(6, 0, [company.ref(vendor)])],
        "company_id": company.ref("demo_company"),
    }
    (bom,) = company.as_(PRODUCER).call("mrp.bom", "create", [values])
    try:
        yield
    finally:
        company.do(PRODUCER, "mrp.bom", "write", bom, {"active": False})


@contextmanager
def bought_on_request(company):
    """Nothing is ordered that was not asked for, as the administrator has set."""
    home = company.ref("demo_company")
    gate = "order_purchase_gate"
    company.do(SYSTEM, "res.company", "write", home, {gate: "storable"})
    try:
        yield
    finally:
        company.do(SYSTEM, "res.company", "write", home, {gate: "none"})


@contextmanager
def inspected(company, product, kind, *items):
    """Goods of this product wait for an inspection, as the administrator has set up.

    :param product: the name of one of the demo, or the id of another
    """
    point = {
        "name": f"{kind} {product}",
        "company_id": company.ref("demo_company"),
        "kind": kind,
        "product_ids": [
            (6, 0, [company.ref(product) if isinstance(product, str) else product])
        ],
        "item_ids": [(0, 0, {"name": name}) for name in items],
    }
    (point,) = company.as_(ADMINISTRATOR).call(
        "order.inspection.point", "create", [point]
    )
    try:
        yield
    finally:
        archived = {"active": False}
        company.do(ADMINISTRATOR, "order.inspection.point", "write", point, archived)


def find_production(company, order):
    """Return the production order that was caused by a sales order."""
    name = company.order(order, "name")
    (production,) = company.search(
        PRODUCER, "mrp.production", ("origin", "=", name), ("state", "!=", "cancel")
    )
    return production


def find_operations(company, production):
    """Return the operations of a production order, the first one first."""
    operations = company.read(PRODUCER, "mrp.production", production, "workorder_ids")
    found = company.as_(PRODUCER).call(
        "mrp.workorder", "read", operations, ["sequence", "card_code"]
    )
    return sorted(found, key=lambda row: (row["sequence"], row["id"]))


def report_work(company, code, **values):
    """Somebody scans an operation on a route card and says what was done."""
    model = "order.work.wizard"
    shown = {"code": {}, "workorder_id": {"fields": {}}, "problem": {}}
    scanned = company.as_(PRODUCER).call(
        model, "onchange", [], {"code": code}, ["code"], shown
    )["value"]
    assert not scanned.get("problem"), scanned
    page = {"code": code, "workorder_id": scanned["workorder_id"]["id"], **values}
    (page,) = company.as_(PRODUCER).call(model, "create", [page])
    company.do(PRODUCER, model, "action_report", page)


def report_all(company, production, quantity):
    """Everything is made, operation after operation."""
    for operation in find_operations(company, production):
        report_work(company, operation["card_code"], quantity_good=quantity)


def issued_copies(company, login, model, record):
    """Return the papers about a document that wait for somebody's receipt."""
    return company.search(
        login,
        "order.form.issue",
        ("res_model", "=", model),
        ("res_id", "=", record),
        ("waits_for_me", "=", True),
    )


@contextmanager
def issue_days(company):
    """Whatever day this runs on: nothing is issued before what is yielded is called."""
    boss = company.as_(ADMINISTRATOR)
    window = company.ref("order_issue_window_p10")
    names = [
        (date(2026, 1, 5) + timedelta(days=n)).strftime("%A").lower() for n in range(7)
    ]
    shipped = company.read(ADMINISTRATOR, "order.issue.window", window, *names)
    shipped.pop("id")
    # the next day too, in case midnight passes meanwhile
    today = datetime.now(ZoneInfo("Asia/Shanghai")).date()
    days = [today, today + timedelta(days=1)]
    home = company.ref("demo_company")
    off = [
        {"date": str(day), "kind": "day_off", "name": "停工", "company_id": home}
        for day in days
    ]
    model = "order.calendar.exception"
    known = company.search(
        ADMINISTRATOR,
        model,
        ("date", "in", [str(day) for day in days]),
        ("company_id", "=", home),
    )
    boss.call(model, "unlink", known)
    closed = boss.call(model, "create", off)

    def open_today():
        worked = {"kind": "make_up", "weekday": "0", "name": "调休上班"}
        boss.call(model, "write", closed, worked)
        opened = {day.strftime("%A").lower(): True for day in days}
        boss.call("order.issue.window", "write", [window], opened)

    try:
        yield open_today
    finally:
        boss.call(model, "unlink", closed)
        boss.call("order.issue.window", "write", [window], shipped)


def let_days_pass(company, order, days):
    """Set back what was stored about goods that wait: days cannot be waited for. The
    worker was going to come back on the day of the next tier, and it does."""
    company.database.query(
        f"""
        UPDATE sale_order
           SET goods_in_stock_on = goods_in_stock_on - {days},
               pickup_deadline = pickup_deadline - {days}
         WHERE id = {order};
        UPDATE order_recheck SET not_before = not_before - interval '{days} days'
         WHERE res_model = 'sale.order' AND res_id = {order}"""
    )
    company.work()


def run_cron(company, name):
    """The scheduler does its round."""
    company.do(SYSTEM, "ir.cron", "method_direct_trigger", company.ref(name))
