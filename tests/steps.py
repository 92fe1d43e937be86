"""Steps that several tests of the whole system take, with the people of the demo."""

import re
import subprocess
import time
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache, partial
from threading import Barrier

from devkit.rpc import RpcError, Session

ASSISTANT, SALESMAN, SUPERVISOR = "zhangli", "linhao", "limin"
# one user for each department that countersigns a standard order
COUNTERSIGNERS = ("wangzhiqiang", "zhaopin", "chenqihang", "sunping", "zhoujian")
SIGNERS = (SALESMAN, SUPERVISOR, *COUNTERSIGNERS)
# A transaction that comes second is refused by the database and retried by Odoo: two
# signers at once, or two pages of one person marking the same message as read.
RETRIED = ["could not serialize access", "deadlock detected"]
PANEL = ".o_order_review_panel"
PATIENCE = 60  # seconds until somebody comes to a row that is held
MOST_RUNS = 20


def check_log(server, expected=()):
    """Fail if a server that has ended logged an error."""
    problems = [
        entry
        for entry in server.problems()
        if not any(re.search(pattern, entry) for pattern in [*RETRIED, *expected])
    ]
    assert not problems, f"errors in {server.log}:\n" + "\n".join(problems)[:4000]


def session_of(server, login, password=None, screen=1):
    """Return the session of somebody: one for all tests of a server, for checking a
    password takes a third of a second.

    :param screen: whoever does two things at once sits at two screens
    """
    return _session(server.url, server.database.name, login, password, screen)


@cache
def _session(url, database, login, password, screen):
    return Session(url, database, login, password)


@cache
def ref(database, name):
    """Return the id of a record of the addon's data; each is asked for once."""
    rows = database.query(
        "SELECT res_id FROM ir_model_data "
        f"WHERE module = 'order_process_cn' AND name = '{name}'"
    )
    return int(rows[0][0])


def photograph(database, columns_of):
    """Return the rows of each table, as far as ``{table: columns}`` names them."""
    return {
        table: database.query(f"SELECT {columns} FROM {table} ORDER BY id")
        for table, columns in columns_of.items()
    }


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


def choose(place, field, words, page=None):
    """Pick a record in a many2one field by its name."""
    place.locator(f".o_field_widget[name={field}] input").fill(words)
    (page or place).click(f".o-autocomplete--dropdown-item:has-text('{words}')")


def pick_first(row, field):
    """Take the first choice of a selection in a row of a list.

    The choice itself is told that it was clicked, not a spot of the screen: a menu that
    moves with its row while something above is still drawn would give another.
    """
    row.locator(f"td[name={field}]").click()
    cell = row.locator(f".o_field_widget[name={field}]")
    cell.locator("select, input").first.click()
    choice = row.page.locator(".o_select_menu_item").first
    choice.dispatch_event("click")
    choice.wait_for(state="detached")


def press_counter(page, content):
    """Press the button above a form that has this in it. Those for which there is no
    room stand behind “More”; how many there are depends on what others have done."""
    button = page.locator(f"button:has({content})")
    more = page.locator(".o-form-buttonbox .o_button_more")
    button.or_(more).first.wait_for()
    if not button.count():
        more.click()
    button.click()


def read_names(session, database, **others):
    """Return how the configuration that the assistant chooses from is called.

    :param others: ``field=(model, record of the addon's data)``
    """
    records = {
        "partner_id": ("res.partner", "demo_customer_water"),
        "order_channel_id": ("order.channel", "order_channel_email"),
        "payment_term_id": ("account.payment.term", "demo_terms_monthly"),
        **others,
    }
    return {
        field: session.call(model, "read", [ref(database, name)], ["display_name"])[0][
            "display_name"
        ]
        for field, (model, name) in records.items()
    }


def begin_order(page, names):
    """Fill in a new order up to its lines; the requirements are open afterwards."""
    page.goto("/odoo/sales/new")
    page.wait_for_selector(".o_form_view .o_field_widget[name=partner_id] input")
    for field, name in names.items():
        choose(page, field, name)
    page.fill(".o_field_widget[name=wanted_date] input", "2030/05/20")
    page.click("a[role=tab][name=order_requirements]")
    page.fill(".o_field_widget[name=packing_requirements] textarea", "木箱包装")


def add_line(page, product, quantity, price=None, save=True):
    """Add a product; ``price`` is waited for as the list shows it."""
    page.click("a[role=tab][name=order_lines]")
    page.click(".o_field_x2many_list_row_add a >> nth=0")
    line = page.locator(".o_field_widget[name=order_line] tr.o_selected_row")
    choose(line, "product_template_id", product, page)
    if price:
        line.locator(f"td.o_list_number:has-text('{price}')").first.wait_for()
    line.locator(".o_field_widget[name=product_uom_qty] input").fill(str(quantity))
    if save:
        page.click(".o_form_button_save")


def submit(page):
    page.click("button[name=action_review_submit]:visible")
    page.wait_for_selector(f"{PANEL}[data-state=running]")


def read_number(page):
    return page.inner_text(".oe_title h1").strip()


def find_order(rpc, number):
    (order,) = rpc(SUPERVISOR).call("sale.order", "search", [("name", "=", number)])
    return order


def agree(page, number, opinion=""):
    """Agree as one's own seat asks for, through the button or with an opinion."""
    open_waiting(page, number)
    if not opinion:
        page.click("button[name=action_review_agree]:visible")
    else:
        page.click("button[name=action_review_decide]:visible")
        page.click(".modal .o_field_widget[name=decision] input[data-value=agree]")
        page.fill(".modal .o_field_widget[name=opinion] textarea", opinion)
        page.click(".modal footer button[name=action_confirm]")
    page.wait_for_selector("button[name=action_review_agree]", state="detached")


def confirm(page):
    """Confirm the order that is open."""
    page.click("button[name=action_confirm]:visible")
    page.wait_for_selector(
        ".o_field_widget[name=state] .o_arrow_button_current[data-value=sale]"
    )


def confirm_approved(page, order):
    page.goto(f"/odoo/sales/{order}")
    page.wait_for_selector(f"{PANEL}[data-state=approved]")
    confirm(page)


def draw_signature(page):
    """Sign with a finger in the dialog that is open."""
    page.click(".modal .o_field_widget[name=signature] .o_signature")
    page.click(".modal:has(.o_web_sign_name_and_signature) .o_web_sign_draw_button")
    box = page.locator("canvas").last.bounding_box()
    page.mouse.move(box["x"] + 40, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 120, box["y"] + 20, steps=8)
    page.mouse.move(box["x"] + 180, box["y"] + box["height"] - 20, steps=8)
    page.mouse.up()
    page.click(".modal:has(.o_web_sign_name_and_signature) footer .btn-primary")
    page.wait_for_selector(".modal .o_field_widget[name=signature] img")


def work(database, rpc):
    """Run the worker as the scheduler does: core ends a run that takes long, and calls
    the job again at once as long as something is left."""
    cron = ref(database, "order_recheck_cron")
    left = (
        "SELECT id FROM order_recheck "
        "WHERE state = 'waiting' AND attempts = 0 AND not_before IS NULL"
    )
    for _run in range(MOST_RUNS):
        rpc("admin").call("ir.cron", "method_direct_trigger", [cron])
        if not database.query(left):
            return
    raise AssertionError("the worker comes to no end")


def print_pdf(session, form, record, folder):
    """Print a form of ours into ``folder`` and return its text, see :func:`plain`."""
    file = folder / f"{form}.pdf"
    save_pdf(session, f"order_process_cn.report_{form}", [record], file)
    return read_pdf(file)


def save_pdf(session, report, records, file):
    status, pdf = session.get(f"/report/pdf/{report}/{','.join(map(str, records))}")
    assert status == 200 and pdf.startswith(b"%PDF"), pdf[:2000]
    file.write_bytes(pdf)


def read_pdf(file):
    return plain(run("pdftotext", file, "-"))


def plain(text):
    """Return text without spaces; fonts put look-alikes for some characters."""
    text = unicodedata.normalize("NFKC", text)
    text = text.translate(str.maketrans("戶⻩", "户黄"))
    return re.sub(r"\s", "", text)


def run(*command):
    return subprocess.run(
        list(map(str, command)), check=True, capture_output=True, text=True
    ).stdout


@contextmanager
def holding(connection, table, record):
    """Whoever changes this row has to wait; whoever only refers to it does not."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT 1 FROM {table} WHERE id = %s FOR NO KEY UPDATE", [record]
        )
        try:
            yield connection
        finally:
            connection.rollback()


def wait_for_lock(database, acts):
    """Return when each of the acts has come to its end, or to where it waits for a row
    that somebody holds: by then all have begun, none sees what another one does."""
    deadline = time.monotonic() + PATIENCE
    waiting = (
        "SELECT count(*) FROM pg_stat_activity "
        "WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    while True:
        ended = sum(act.done() for act in acts)
        if ended + int(database.query(waiting)[0][0]) >= len(acts):
            return
        assert time.monotonic() < deadline, "they neither end nor wait"


def at_once(*acts):
    """Run the acts at the same moment; return their results or refusals."""
    barrier = Barrier(len(acts))

    def run(act):
        barrier.wait()
        try:
            return act()
        except RpcError as error:
            return error

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def race(people, scenes, one, other):
    """Run two acts at the same moment on each scene; return their results or refusals,
    ``[(of one, of the other), …]``.

    Whoever comes second is tried again, and sleeps before: others go on meanwhile.

    :param people: pairs of sessions, as many as scenes run side by side
    :param one, other: called with a session and a scene
    """

    def take(pair, own):
        first, second = pair
        return [
            at_once(partial(one, first, scene), partial(other, second, scene))
            for scene in own
        ]

    shares = [scenes[number :: len(people)] for number in range(len(people))]
    with ThreadPoolExecutor(len(people)) as pool:
        taken = list(pool.map(take, people, shares))
    return [taken[n % len(people)][n // len(people)] for n in range(len(scenes))]
