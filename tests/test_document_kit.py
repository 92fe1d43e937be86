"""[REV-1] [FRM-1] A document of another addon on the kit: ``tests/addons/order_visit``,
which docs/development.md shows."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from steps import (
    ASSISTANT,
    PANEL,
    SALESMAN,
    SUPERVISOR,
    approve,
    make_orders,
    ref,
    wait_for_lock,
)

from devkit import databases, odoo_run, odoo_tree, paths
from devkit.rpc import RpcError

ADDONS = paths.ROOT / "tests" / "addons"
EXAMPLE = ADDONS / "order_visit" / "models" / "order_visit.py"
PATH = ",".join([*odoo_tree.ensure().addons, str(paths.ROOT), str(ADDONS)])
OPTIONS = [f"--addons-path={PATH}"]
SERVER = {"options": OPTIONS}
LONGEST = 70


@pytest.fixture(scope="module")
def database():
    with databases.clone("demo", "document_kit") as clone:
        odoo_run.install(
            clone.name, ["order_visit"], paths.LOGS / "document-kit.log", OPTIONS
        )
        yield clone


@pytest.fixture
def visit(rpc, database):
    """A visit that the salesman has planned, of an order nobody has confirmed yet."""
    set_up(rpc("admin"), database)
    (order,) = make_orders(database, rpc(ASSISTANT))
    (visit,) = rpc(SALESMAN).call(
        "order.visit", "create", [{"order_id": order, "day": "2030-05-01"}]
    )
    return visit


def set_up(admin, database):
    """Let the sales department agree to visits, within a day; once."""
    if admin.call("order.review.route", "search", [("res_model", "=", "order.visit")]):
        return
    department = ref(database, "order_department_sales")
    company = ref(database, "demo_company")
    seat = {"source": "department", "department_id": department}
    stage = {"name": "业务", "seat_ids": [(0, 0, seat)]}
    admin.call(
        "order.review.route",
        "create",
        [
            {
                "name": "客户来访",
                "res_model": "order.visit",
                "company_id": company,
                "active": True,
                "submitter_policy": "allow",
                "stage_ids": [(0, 0, stage)],
            }
        ],
    )
    admin.call(
        "order.time.limit",
        "create",
        [
            {
                "name": "来访答复",
                "res_model": "order.visit",
                "company_id": company,
                "start_event": "submitted",
                "stop_event": "order.visit.agreed",
                "length": 24,
            }
        ],
    )


def read(session, visit, name):
    return session.call("order.visit", "read", [visit], [name])[0][name]


def decide(session, visit, decision="agree", opinion=""):
    """Decide on this person's seat."""
    (task,) = session.call(
        "order.review.task",
        "search_read",
        [
            ("is_mine", "=", True),
            ("document_name", "=", read(session, visit, "display_name")),
        ],
        ["review_id", "digest"],
    )
    seen = {str(task["review_id"][0]): task["digest"]}
    session.call(
        "order.review.task", "action_sign", [task["id"]], decision, seen, opinion
    )


def test_the_example_is_short():
    lines = EXAMPLE.read_text().splitlines()
    assert len(lines) <= LONGEST


def test_documentation_shows_it():
    guide = (paths.ROOT / "docs" / "development.md").read_text()
    blocks = re.findall(r"```python\n(.*?)```", guide, re.DOTALL)
    assert EXAMPLE.read_text() in blocks


def test_what_the_engine_keeps(rpc, visit):
    """Nobody enters where it stands, on any road, nor makes one that stands there."""
    salesman = rpc(SALESMAN)
    order = read(salesman, visit, "order_id")[0]
    for name, value in (("state", "held"), ("run", 7), ("review_state", "approved")):
        for method, *arguments in (
            ("write", [visit], {name: value}),
            ("create", [{"order_id": order, "day": "2030-05-02", name: value}]),
        ):
            with pytest.raises(RpcError, match="只能录入"):
                salesman.call("order.visit", method, *arguments)
    with pytest.raises(RpcError, match="只能录入"):
        salesman.call("order.visit", "write", [visit], {"order_id": order})
    assert read(salesman, visit, "state") == "draft"


def test_numbers_of_two_at_once(server, rpc, visit, database, connections):
    """Two visits of the same order are planned at once: each gets its number, nobody
    is told that his document exists already. K5"""
    order = read(rpc(SALESMAN), visit, "order_id")[0]
    values = {"order_id": order, "day": "2030-05-02"}
    sessions = [rpc(SALESMAN) for _screen in range(2)]
    holder = connections()
    # the next number is taken until both have begun, and then it is free again
    holder.cursor().execute(
        "INSERT INTO order_visit (order_id, run, state, day) "
        "SELECT order_id, run + 1, state, day FROM order_visit WHERE id = %s",
        [visit],
    )
    with ThreadPoolExecutor(len(sessions)) as pool:
        made = [
            pool.submit(session.call, "order.visit", "create", [values])
            for session in sessions
        ]
        wait_for_lock(database, made)
        holder.rollback()
        visits = [visit, *(number for result in made for number in result.result())]
    found = rpc(SALESMAN).call("order.visit", "read", visits, ["run"])
    assert sorted(row["run"] for row in found) == [1, 2, 3]


def test_from_plan_to_paper(rpc, visit, database, tmp_path):
    """Submitted, declined, corrected, agreed; held when its order is confirmed."""
    salesman, supervisor = rpc(SALESMAN), rpc(SUPERVISOR)
    with pytest.raises(RpcError, match="不能变为"):
        salesman.call("order.visit", "action_hold", [visit])
    salesman.call("order.visit", "action_review_submit", [visit])
    decide(supervisor, visit, "decline", "那天没有人")
    assert read(salesman, visit, "review_state") == "declined"
    salesman.call("order.visit", "write", [visit], {"day": "2030-05-03"})
    salesman.call("order.visit", "action_review_submit", [visit])
    decide(supervisor, visit)
    assert read(salesman, visit, "state") == "agreed"
    with pytest.raises(RpcError, match="已结束"):
        salesman.call("order.visit", "write", [visit], {"day": "2030-05-04"})
    # the gate stands behind the button, and asks the order too
    order, number = read(salesman, visit, "order_id")
    with pytest.raises(RpcError, match=number):
        salesman.call("order.visit", "action_hold", [visit])
    rpc(ASSISTANT).call("sale.order", "action_review_submit", [order])
    approve(rpc, [order])
    supervisor.call("sale.order", "action_confirm", [order])
    salesman.call("order.visit", "action_hold", [visit])
    assert read(salesman, visit, "state") == "held"
    met = database.query(
        "SELECT state, is_late FROM order_time_limit_run "
        f"WHERE res_model = 'order.visit' AND res_id = {visit} ORDER BY id"
    )
    assert ["met", "f"] in met
    happened = database.query(
        "SELECT code FROM order_event "
        f"WHERE res_model = 'order.visit' AND res_id = {visit} ORDER BY id"
    )
    codes = [code for (code,) in happened]
    story = ["created", "submitted", "declined", "resubmitted", "approved"]
    story += ["order.visit.agreed", "order.visit.held"]
    assert [code for code in codes if code in story] == story
    paper = salesman.get(f"/report/pdf/order_visit.report_visit/{visit}")
    assert paper[0] == 200 and paper[1].startswith(b"%PDF")


def test_the_customer_sees_it(rpc, visit, page):
    """[ANA-2] by its link on the page of his order; not without the link."""
    order = read(rpc(SALESMAN), visit, "order_id")[0]
    action = rpc(SUPERVISOR).call("sale.order", "action_preview_sale_order", [order])
    page.goto(action["url"])
    page.click(f"a[href*='/my/order_documents/order.visit/{visit}?']")
    page.wait_for_selector("dd:has-text('05/01/2030'), dd:has-text('2030')")
    page.goto(f"/my/order_documents/order.visit/{visit}")
    assert "/order_documents/" not in page.url


def test_in_the_web_client(rpc, visit, open_page):
    """One template gives every form its buttons, its panel and the checklist."""
    page = open_page(SALESMAN)
    page.goto(f"/odoo/order.visit/{visit}")
    page.click("button[name=action_review_submit]:visible")
    page.wait_for_selector(f"{PANEL}[data-state=running]")
    page = open_page(SUPERVISOR)
    page.goto(f"/odoo/order.visit/{visit}")
    page.click("button[name=action_review_agree]:visible")
    page.wait_for_selector(f"{PANEL}[data-state=approved]")
    page.screenshot(path=paths.SCREENSHOTS / "document_kit.png")
    assert read(rpc(SALESMAN), visit, "state") == "agreed"
