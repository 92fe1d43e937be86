"""Steps that several tests of the whole system take, with the people of the demo."""

import subprocess
import unicodedata

ASSISTANT, SALESMAN, SUPERVISOR = "zhangli", "linhao", "limin"
# one user for each department that countersigns a standard order
COUNTERSIGNERS = ("wangzhiqiang", "zhaopin", "chenqihang", "sunping", "zhoujian")
SIGNERS = (SALESMAN, SUPERVISOR, *COUNTERSIGNERS)
# A transaction that comes second is refused by the database and retried by Odoo: two
# signers at once, or two pages of one person marking the same message as read.
RETRIED = ["could not serialize access", "deadlock detected"]


def ref(database, name):
    """Return the id of a record of the addon's data."""
    rows = database.query(
        "SELECT res_id FROM ir_model_data "
        f"WHERE module = 'order_process_cn' AND name = '{name}'"
    )
    return int(rows[0][0])


def make_orders(database, session, count=1, **values):
    """Return the ids of new standard orders, complete and not yet submitted."""
    common = {
        "partner_id": ref(database, "demo_customer_water"),
        "user_id": ref(database, "demo_user_salesman"),
        "order_channel_id": ref(database, "order_channel_email"),
        "payment_term_id": ref(database, "demo_terms_monthly"),
        "packing_requirements": "木箱包装",
        "wanted_date": "2030-05-20",
        **values,
    }
    line = {"product_id": ref(database, "demo_pump_isg50"), "product_uom_qty": 3}
    return session.call(
        "sale.order", "create", [{**common, "order_line": [(0, 0, line)]}] * count
    )


def my_tasks(session, orders):
    """Return the seats of these orders that wait for this person, and what he sees."""
    tasks = session.call(
        "order.review.task",
        "search_read",
        [("is_mine", "=", True), ("review_id.res_id", "in", orders)],
        ["review_id", "digest"],
    )
    seen = {str(task["review_id"][0]): task["digest"] for task in tasks}
    return [task["id"] for task in tasks], seen


def sign(session, orders, decision="agree", opinion=""):
    """Decide on every seat of this person in these orders; return how many."""
    tasks, seen = my_tasks(session, orders)
    session.call("order.review.task", "action_sign", tasks, decision, seen, opinion)
    return len(tasks)


def approve(rpc, orders, signers=SIGNERS):
    """Have these people agree one after another."""
    for login in signers:
        assert sign(rpc(login), orders) == len(orders), f"{login} was not asked"


def read_order(session, order, *fields):
    """Return one order's fields as a dictionary."""
    return session.call("sale.order", "read", [order], list(fields))[0]


def open_waiting(page, number):
    """Open a document in the browser from the list of what waits for me."""
    page.goto("/odoo/my-signatures")
    page.click(f"tr.o_data_row:has-text('{number}') td[name=document_name]")
    page.wait_for_selector(f".oe_title:has-text('{number}')")


def work(database, rpc):
    """Run the worker as the scheduler does."""
    cron = ref(database, "order_recheck_cron")
    rpc("admin").call("ir.cron", "method_direct_trigger", [cron])


def print_pdf(session, form, record, folder):
    """Print a form into ``folder`` and return its text."""
    status, pdf = session.get(f"/report/pdf/order_process_cn.report_{form}/{record}")
    assert status == 200 and pdf.startswith(b"%PDF")
    path = folder / f"{form}.pdf"
    path.write_bytes(pdf)
    text = subprocess.run(
        ["pdftotext", "-layout", str(path), "-"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return plain(text)


def plain(text):
    """Return ``text`` without the look-alikes that fonts put for some characters."""
    return unicodedata.normalize("NFKC", text).replace("戶", "户")
