"""What leaves for the customer and comes back from him, said once for the walks:
packing, carriers, notices, service cases, the last papers."""

from datetime import date, timedelta

from company import FINANCE, QUALITY, SALESMAN, SUPERVISOR, SYSTEM, WAREHOUSE
from making import INSPECTOR, file_papers, runs_of, write_to_customer
from steps import plain

PICKING = "stock.picking"
CASE = "order.service.case"


def read_paper(company, login, report, record, *words):
    """Print a form; these words stand on it."""
    text = company.paper(login, report, record)
    for part in words:
        assert plain(part) in text, f"{report}: {part}\n{text}"
    return text


def limit(company, rule, document):
    """Return how a limit of a document stands, the last time that it ran."""
    return runs_of(company, rule, document)[0]["state"]


# -- agreed with the customer ----------------------------------------------------------


def terms(company, name, settlement=False):
    """Return payment terms of one customer; they say when goods leave, or leave it to
    his class."""
    values = {
        "name": name,
        "company_id": company.ref("demo_company"),
        "settlement": settlement,
    }
    (made,) = company.as_(SYSTEM).call("account.payment.term", "create", [values])
    return made


def send_confirmation(company, order, *words):
    """The confirmation F01 goes to the customer by mail."""
    number = company.order(order, "name")
    read_paper(
        company, SALESMAN, "report_f01_order_confirmation", order, number, *words
    )
    action = company.do(SALESMAN, "sale.order", "action_send_confirmation", order)
    write_to_customer(company, SALESMAN, action)


def pay_balance(company, order):
    """Finance registers what is still owed of an order, before its goods leave; return
    the payment."""
    action = company.do(FINANCE, "sale.order", "action_register_payment", order)
    payments, context = "account.payment", action["context"]
    (paid,) = company.as_(FINANCE).call(payments, "create", [{}], context=context)
    company.do(FINANCE, payments, "action_post", paid)
    company.work()
    return paid


def invoice_paid_before(company, order, payment):
    """The invoice of what is paid already: finance sets one off against the other."""
    invoice = company.invoice(order)
    (line,) = company.search(
        FINANCE,
        "account.move.line",
        ("payment_id", "=", payment),
        ("account_id.account_type", "=", "asset_receivable"),
    )
    offset = "js_assign_outstanding_line"
    company.do(FINANCE, "account.move", offset, invoice, line)
    company.work()


# -- leaving ---------------------------------------------------------------------------


def ready(company, order):
    """Return the transfer of an order whose goods the warehouse has ready."""
    (transfer,) = company.transfers(order)
    company.do(WAREHOUSE, PICKING, "action_assign", transfer)
    return transfer


def pack(company, transfer, quantity):
    """The warehouse counts what it has packed and compares the receiver."""
    model = "order.packing.wizard"
    page = {"picking_id": transfer, "is_receiver_right": True}
    (page,) = company.as_(WAREHOUSE).call(model, "create", [page])
    (line,) = company.read(WAREHOUSE, model, page, "line_ids")
    company.do(WAREHOUSE, f"{model}.line", "write", line, {"packed_qty": quantity})
    company.do(WAREHOUSE, model, "action_confirm", page)


def choose_carrier(company, transfer):
    """The warehouse compares what carriers cost and how long they take, and takes the
    cheapest; return his name."""
    action = company.do(WAREHOUSE, PICKING, "action_choose_carrier", transfer)
    lines = company.as_(WAREHOUSE).call(
        "order.carrier.choice.line",
        "search_read",
        [("choice_id", "=", action["res_id"])],
        ["carrier_id", "cost", "days", "is_cheapest", "is_fastest"],
    )
    assert len({line["cost"] for line in lines}) > 1 and all(
        line["days"] for line in lines if line["is_fastest"]
    )
    (cheapest,) = [line for line in lines if line["is_cheapest"]][:1]
    company.do(WAREHOUSE, "order.carrier.choice.line", "action_choose", cheapest["id"])
    return cheapest["carrier_id"][1]


def tell_customer(company, transfer, tracking, *words):
    """The customer learns by mail how the goods come and when (F19)."""
    arrival = f"{date.today() + timedelta(days=2)} 04:00:00"
    way = {"carrier_tracking_ref": tracking, "expected_arrival": arrival}
    company.do(WAREHOUSE, PICKING, "write", transfer, way)
    read_paper(
        company, WAREHOUSE, "report_f19_shipping_notice", transfer, tracking, *words
    )
    action = company.do(SALESMAN, PICKING, "action_notify_customer", transfer)
    write_to_customer(company, SALESMAN, action)
    assert company.read(WAREHOUSE, PICKING, transfer, "notified_on")
    company.work()


# -- after-sales -----------------------------------------------------------------------


def open_case(company, order, kind, reason, description):
    """Sales notes what a customer comes back with; return the case."""
    action = company.as_(SALESMAN).call(CASE, "action_open", order, kind)
    case = action["res_id"]
    explain(company, case, reason, description=description)
    return case


def goods_key(company, order):
    """Return by what the forms on the page of an order name its goods."""
    lines = "sale.order.line"
    mine = (("order_id", "=", order), ("is_downpayment", "=", False))
    (line,) = company.search(SUPERVISOR, lines, *mine, ("display_type", "=", False))
    product = company.read(SUPERVISOR, lines, line, "product_id")[0]
    return f"{line}_{product}"


def opened_by(company, customer, order, kind, description, reason, quantity=0):
    """The customer asks on the page of his order; sales says why he comes; return the
    case."""
    wish = {f"quantity_{goods_key(company, order)}": quantity}
    customer.send("open_case", kind=kind, description=description, **wish)
    (case,) = company.search(
        SALESMAN,
        CASE,
        ("order_id", "=", order),
        ("state", "=", "draft"),
        ("is_from_portal", "=", True),
    )
    explain(company, case, reason)
    return case


def explain(company, case, reason, **values):
    reason = company.ref(f"order_service_reason_{reason}")
    company.do(SALESMAN, CASE, "write", case, {"reason_id": reason, **values})


def agree_to_case(company, case):
    """Sales asks; customer service and quality agree that the conditions are met."""
    company.do(SALESMAN, CASE, "action_request", case)
    for login in (SUPERVISOR, QUALITY):
        assert company.decide(login, CASE, case), f"{login} was not asked"
    assert company.read(SALESMAN, CASE, case, "state") == "approved"


def bring_back(company, case, **found):
    """The warehouse collects the goods, quality looks at them; return the transfers.

    :param found: what quality found, by default that all of it has passed
    """
    company.do(SALESMAN, CASE, "action_collect", case)
    transfers = company.read(SALESMAN, CASE, case, "return_picking_ids")
    company.do(WAREHOUSE, PICKING, "button_validate", transfers)
    model = "order.inspection"
    (inspection,) = company.search(
        INSPECTOR, model, ("case_line_id.case_id", "=", case)
    )
    if not found:
        quantity = company.read(INSPECTOR, model, inspection, "quantity")
        found = {"quantity_passed": quantity}
    company.do(INSPECTOR, model, "write", inspection, found)
    company.do(INSPECTOR, model, "action_done", inspection)
    return transfers


def settle_case(company, case, answer):
    company.do(SALESMAN, CASE, "write", case, {"answer_text": answer})
    company.do(SALESMAN, CASE, "action_settle", case)
    assert company.read(SALESMAN, CASE, case, "state") == "settled"


def one_comes_back(company, order, description, decision="replace"):
    """One piece is sent back for a fault, and settled as was decided; return the
    case."""
    case = open_case(company, order, "return", "quality", description)
    lines = company.search(SALESMAN, f"{CASE}.line", ("case_id", "=", case))
    wish = {"quantity": 1, "decision": decision}
    company.do(SALESMAN, f"{CASE}.line", "write", lines, wish)
    agree_to_case(company, case)
    bring_back(company, case)
    settle_case(company, case, "已按约定处理")
    company.work()
    return case


# -- the last papers -------------------------------------------------------------------


def close(company, order, *words, payment=None):
    """Invoiced and paid; the statement is even, and the papers are filed.

    :param payment: with what it was paid before its goods left
    """
    if payment:
        invoice_paid_before(company, order, payment)
    else:
        company.pay(company.invoice(order))
    read_statement(company, order, *words)
    file_papers(company, SALESMAN, order)


def read_statement(company, order, *words):
    """The statement F30 names the order and what it comes to."""
    number, total = company.order(order, "name"), company.order(order, "amount_total")
    read_paper(
        company,
        FINANCE,
        "report_f30_settlement_statement",
        order,
        number,
        f"{total:,.2f}",
        *words,
    )
