"""A company that runs version 19.0.1.0.0 upgrades: what was decided stays decided."""

import json
import subprocess

import pytest
from steps import photograph

from devkit import (
    databases,
    install_log,
    odoo_run,
    paths,
    templates,
    workspace,
)

# the last commit of version 19.0.1.0.0
OLD = "16c0fda"
LOG = paths.LOGS / "upgrade-tests.log"

# what the demo does not have: a countersign under way, a copy in somebody's hands
LIFE = """
production = env["mrp.production"].search([("state", "=", "confirmed")], limit=1)
env.ref("order_process_cn.order_review_route_work_order").active = True
copied = production.copy()
copied.bom_id.is_released = True
copied.action_review_submit()
assert copied.review_state == "running", copied.review_state
held = env["sale.order"].search([("effect_state", "=", "held")], limit=1)
held._issue_form("F01")
env.cr.commit()
"""

# what stands before and after, asked by the code of that time
ASK = """
import json
from odoo.exceptions import UserError

orders = env["sale.order"].search([], order="id")
tasks = env["order.review.task"]
told = {"confirmable": [], "submittable": [], "counters": {}}
for order in orders.filtered(lambda order: order.state in ("draft", "sent")):
    for question, act in (
        ("confirmable", "action_confirm"), ("submittable", "action_review_submit")
    ):
        savepoint = env.cr.savepoint()
        try:
            getattr(order, act)()
            env.flush_all()
            told[question].append(order.name)
        except UserError:
            pass
        env.clear()
        savepoint.close(rollback=True)
for user in env["res.users"].search([("share", "=", False)], order="login"):
    told["counters"][user.login] = tasks.with_user(user).search_count(
        [("is_mine", "=", True)]
    )
reviews = env["order.review"].search([])
told["tampering"] = [
    f"{review.display_name}: {why}"
    for review, why in reviews._find_tampering().items()
]
with open("%s", "w", encoding="utf-8") as file:
    json.dump(told, file)
"""

# every open seat of each running review is signed by one of its holders
SIGN = """
for review in env["order.review"].search([("state", "=", "running")]):
    for turn in range(20):
        tasks = review.task_ids.filtered(lambda task: task.state == "open")
        if not tasks:
            break
        task = tasks[0]
        signer = next(
            user
            for user in env["res.users"].search([("share", "=", False)])
            if task.with_user(user).is_mine
        )
        answers = {
            question["id"]: {"answer": "confirmed"}
            for question in task._stage()["questions"]
        }
        task.with_user(signer).action_sign(
            "agree", review.digest, "seen", answers=answers
        )
    assert review.state == "approved", (review.display_name, review.state)
reviews = env["order.review"].search([])
assert not reviews._find_tampering(), reviews._find_tampering()
env.cr.commit()
"""

# columns that the upgrade leaves as they were
KEPT = {
    "sale_order": "id, name, state, review_state, effect_state, progress, closed_on, "
    "deposit_required, deposit_state, amount_total, order_type_id",
    "sale_order_line": "id, product_uom_qty, qty_delivered, price_total",
    "order_review": "id, res_model, res_id, state, round, head, digest",
    "order_review_task": "id, review_id, state",
    "order_review_signature": "id, review_id, number, act, hash",
    "order_time_limit_run": "id, state, started_at, due_at, stopped_at",
    "order_form_issue": "id, form_id, res_model, res_id",
    "mrp_production": "id, name, state, review_state, product_qty",
    "stock_move": "id, state, product_uom_qty, quantity",
    "stock_picking": "id, name, state",
    "account_move": "id, state, amount_total, payment_state",
    "mail_activity": "id, user_id, res_model, res_id, date_deadline",
}


@pytest.fixture(scope="module")
def old_code(tmp_path_factory):
    """The addon as it was, out of the history of this repository."""
    folder = tmp_path_factory.mktemp("old")
    archive = folder / "addon.tar"
    git = ["git", "-C", str(paths.ROOT)]
    if subprocess.run([*git, "cat-file", "-e", f"{OLD}^{{commit}}"]).returncode:
        pytest.skip(f"commit {OLD} is not in this clone: it was made without history")
    subprocess.run([*git, "archive", "-o", str(archive), OLD, paths.ADDON], check=True)
    subprocess.run(["tar", "-xf", archive, "-C", folder], check=True)
    return folder


@pytest.fixture(scope="module")
def old_options(old_code):
    addons = ",".join([*workspace.current().odoo.addons, str(old_code)])
    return ["--addons-path", addons]


@pytest.fixture(scope="module")
def old_database(old_options):
    """A demo database made by the old code, with some more life in it."""
    with databases.clone("core", "upgrade") as database:
        database.query(templates.PRETEND_DEMO)
        odoo_run.install(database.name, [paths.ADDON], LOG, old_options)
        database.query(templates.END_PRETENCE)
        odoo_run.script(database.name, LIFE, LOG, old_options)
        yield database


@pytest.fixture(scope="module")
def both(old_database, old_options, tmp_path_factory):
    """What stood before the upgrade and what stands after it: (tables, answers)."""
    folder = tmp_path_factory.mktemp("answers")
    before = photograph(old_database, KEPT)
    told = ask(old_database, folder / "before.json", old_options)
    start = LOG.stat().st_size
    odoo_run.upgrade(old_database.name, [paths.ADDON], LOG)
    # core warns of views that it checks when half of them are still the old ones
    install_log.check(LOG, start, strict=False)
    after = photograph(old_database, KEPT)
    return (before, told), (after, ask(old_database, folder / "after.json"))


def ask(database, file, options=()):
    odoo_run.script(database.name, ASK % file, LOG, options)
    return json.loads(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("table", KEPT)
def test_nothing_changes(both, table):
    """[REV-5] [SEC-2] states, signatures, limits, deposits, copies, goods: equal."""
    (before, _told), (after, _told_after) = both
    assert after[table] == before[table]


def test_the_old_database_has_something_to_lose(both):
    """Else the comparison would prove nothing."""
    (tables, told), _after = both
    assert all(tables.values())
    assert told["confirmable"] and told["submittable"]
    assert sum(told["counters"].values()) > 10


def test_answers_are_the_same(both):
    """[REV-5] [REV-6] [SEC-2] who may sign what, what can be confirmed or submitted:
    equal; the chains hold."""
    (_tables, before), (_tables_after, after) = both
    assert before["tampering"] == after["tampering"] == []
    # whom the newer demo has besides is asked by nobody before
    known = before["counters"].keys()
    asked = {login: after["counters"].get(login) for login in known}
    assert {**after, "counters": asked} == before


def test_life_goes_on(both, old_database):
    """[REV-5] reviews begun before the upgrade are signed to their end after it."""
    odoo_run.script(old_database.name, SIGN, LOG)
    open_reviews = "SELECT count(*) FROM order_review WHERE state = 'running'"
    assert old_database.query(open_reviews) == [["0"]]
