"""[CHG-1] [CHG-5] What somebody does to an order at the moment its change is applied,
fifty times each on two connections: one wins, nothing is lost, nothing happens twice,
and the records verify. Beside it, two who draw up the plan of a project."""

import http.cookiejar
import re
import urllib.parse
import urllib.request

import pytest
from steps import race, work

from devkit import odoo_run, paths
from devkit.rpc import RpcError

DATABASE = "plain"
# how often each; whoever signs, and whoever ships, does one of two things
ROUNDS = {
    "apply": 50,
    "sign": 25,
    "take back": 25,
    "edit": 50,
    "ship": 25,
    "cancel": 25,
    "accept": 25,
    "plan": 25,
}
SERVER = {"cron_threads": 0}  # the test says when the worker runs

# Orders over four, approved and confirmed; a change of each to six, or for those that
# are shipped to two or to none. All but those to be signed are agreed to.
SETUP = """
from odoo import Command

company, me = env.company, env.ref("base.user_admin")
for name in {"stock_text_confirmation", "stock_move_sms_validation"}:
    if name in company._fields:
        company[name] = False
env["ir.config_parameter"].set_param("order_process_cn.notices", "False")
env["order.entry.rule"].search([]).active = False
env = env(user=me.id, context={"tracking_disable": True})
kind, asked, project = env["order.type"].create([
    {"name": "Reviewed"},
    {"name": "The customer agrees", "change_agreement": "always"},
    {"name": "Project"},
])
kinds = {"accept": asked, "plan": project}
seats = [Command.create({"source": "users", "user_ids": [Command.set(me.ids)]})]
for model in ("sale.order", "order.change.request"):
    env["order.review.route"].create({
        "name": model, "active": True, "res_model": model,
        "submitter_policy": "allow",
        "order_type_ids": [Command.set((kind + asked + project).ids)],
        "stage_ids": [Command.create({"name": "Check", "seat_ids": seats})],
    })
customer = env["res.partner"].create({"name": "Customer"})
pump = env["product.product"].create({"name": "Pump", "type": "consu"})
line = [Command.create({
    "product_id": pump.id, "product_uom_qty": 4, "price_unit": 100,
})]
orders = env["sale.order"].create([
    {
        "partner_id": customer.id, "order_type_id": kinds.get(scene, kind).id,
        "order_type_reason": "Changes are reviewed", "origin": scene,
        "order_line": line,
    }
    for scene, rounds in ROUNDS.items() for _round in range(rounds)
])

def sign(documents):
    tasks = documents._my_open_tasks()
    seen = {str(r.id): r.digest for r in documents.sudo().review_id}
    tasks.action_sign("agree", seen)

orders.action_review_submit()
sign(orders)
orders.action_confirm()
env.flush_all()
reason = env["order.change.reason"].search([], limit=1)
# people enter them by a button, one at a time
changes = env["order.change.request"].sudo().create([
    {
        "order_id": order.id, "reason_id": reason.id,
        "kind": "cancel" if order.origin == "cancel" else "change",
    }
    for order in orders
])
for change in changes:
    quantity = {"ship": 2, "cancel": 4}.get(change.order_id.origin, 6)
    change.line_ids.quantity = quantity
changes._look_ahead()
changes = changes.sudo(False)
changes.action_review_submit()
sign(changes.filtered(lambda c: c.order_id.origin != "sign"))
for change in changes.filtered(lambda c: c.order_id.origin == "accept"):
    change._portal_ensure_token()
# those that were confirmed before have no plan
project.write({
    "asks_project_plan": True,
    "project_pattern_ids": [Command.create({"name": "Design", "days": 10})],
})
env.cr.commit()
"""

FOUND = """
    SELECT change.id, change.order_id, line.id, task.id, review.id, review.digest,
           picking.id, change.access_token
      FROM order_change_request change
      JOIN sale_order ON sale_order.id = change.order_id
      JOIN sale_order_line line ON line.order_id = sale_order.id
      JOIN order_review review ON review.id = change.review_id
      JOIN order_review_task task ON task.review_id = review.id
      JOIN stock_picking picking ON picking.sale_id = sale_order.id
     WHERE sale_order.origin = '{}' ORDER BY change.id
"""
# what came of it: state of the change, quantity ordered, demand that is not cancelled,
# what has left, how often it was applied, price
OUTCOME = """
    SELECT change.state, line.product_uom_qty,
           COALESCE(SUM(move.product_uom_qty) FILTER (WHERE move.state <> 'cancel'), 0),
           COALESCE(SUM(move.quantity) FILTER (WHERE move.state = 'done'), 0),
           (SELECT count(*) FROM order_version WHERE change_id = change.id),
           line.price_unit
      FROM order_change_request change
      JOIN sale_order ON sale_order.id = change.order_id
      JOIN sale_order_line line ON line.order_id = sale_order.id
      JOIN stock_move move ON move.sale_line_id = line.id
     WHERE sale_order.origin = '{}' GROUP BY change.id, line.id
     ORDER BY change.id
"""


class Scene:
    """The documents of one round."""

    def __init__(self, *found):
        *ids, self.digest, self.picking, self.token = found
        self.change, self.order, self.line, self.task, self.review = map(int, ids)
        self.picking = int(self.picking)


@pytest.fixture(scope="module")
def database(database):
    code = f"ROUNDS = {ROUNDS}\n{SETUP}"
    odoo_run.script(database.name, code, paths.LOGS / "change-race.log")
    return database


@pytest.fixture
def run(database, people):
    """Run the rounds of a scene; return what came of each: what both acts returned or
    by what they were refused, and what is stored then."""

    def run(name, one, other):
        scenes = [Scene(*row) for row in database.query(FOUND.format(name))]
        assert len(scenes) == ROUNDS[name]
        results = race(people, scenes, one, other)
        stored = database.query(OUTCOME.format(name))
        return [
            (*result, state, *map(float, figures))
            for result, (state, *figures) in zip(results, stored, strict=True)
        ]

    return run


def apply(session, scene):
    return session.call("order.change.request", "action_apply", [scene.change])


def sign(session, scene):
    seen = {str(scene.review): scene.digest}
    return session.call("order.review.task", "action_sign", [scene.task], "agree", seen)


def take_back(session, scene):
    return session.call("order.review.task", "action_take_back", [scene.task], "Wait")


def edit(session, scene):
    values = {"price_unit": 90}
    return session.call("sale.order.line", "write", [scene.line], values)


def ship(session, scene):
    return session.call("stock.picking", "button_validate", [scene.picking])


def draw_up(session, scene):
    act = "action_draw_up"
    return session.call("order.project.plan", act, scene.order)["res_id"]


class Customer:
    """A visitor with the link of a change, who has read what it says."""

    def __init__(self, server, scene):
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        proxies = urllib.request.ProxyHandler({})
        self._opener = urllib.request.build_opener(cookies, proxies)
        self._answer = f"{server.url}/my/order_changes/{scene.change}/answer"
        page = f"/my/order_documents/order.change.request/{scene.change}"
        link = f"{server.url}{page}?access_token={scene.token}"
        with self._opener.open(link) as answer:
            page = answer.read().decode()
        (csrf,) = set(re.findall(r'name="csrf_token"[^>]*value="([^"]+)"', page))
        self._said = {"csrf_token": csrf, "access_token": scene.token}

    def accept(self):
        said = {**self._said, "answer": "accept", "name": "Mr Li"}
        body = urllib.parse.urlencode(said).encode()
        with self._opener.open(self._answer, body) as answer:
            return answer.status


def verify(database, people, name):
    """The records of the orders and their changes say what is there."""
    reviews = database.query(
        "SELECT review.id FROM order_review review JOIN sale_order ON sale_order.id = "
        "CASE review.res_model WHEN 'sale.order' THEN review.res_id ELSE (SELECT "
        "order_id FROM order_change_request WHERE id = review.res_id) END "
        f"WHERE sale_order.origin = '{name}'"
    )
    ids = [int(review) for (review,) in reviews]
    assert len(ids) == 2 * ROUNDS[name]
    check = people[0][0].call("order.review", "action_verify", ids)
    assert check["params"]["type"] == "success", check["params"]["message"]


def refused(result, *words):
    """Whether a person was told so, in one of these ways."""
    if not isinstance(result, RpcError):
        return False
    assert result.name == "odoo.exceptions.UserError", result.debug
    assert any(word in str(result) for word in words), result
    return True


def test_two_apply(database, people, run):
    for one, other, *stored in run("apply", apply, apply):
        assert sorted(refused(r, "is closed and cannot") for r in (one, other)) == [
            False,
            True,
        ], (one, other)
        assert stored == ["applied", 6, 6, 0, 1, 100]
    verify(database, people, "apply")


def test_take_back_and_apply(database, people, run):
    """Never applied without the signature, never taken back from what was applied."""
    for taken, applied, *stored in run("take back", take_back, apply):
        too_late = isinstance(taken, RpcError)
        assert too_late != refused(applied, "not agreed to yet"), (taken, applied)
        assert stored == (
            ["applied", 6, 6, 0, 1, 100] if too_late else ["requested", 4, 4, 0, 0, 100]
        )
    verify(database, people, "take back")


def test_edit_and_apply(database, people, run):
    """An edit comes before, and the change has to be entered anew, or after it."""
    for edited, applied, *stored in run("edit", edit, apply):
        assert not isinstance(edited, RpcError), edited
        before = refused(applied, "changed meanwhile", "Signatures")
        assert stored == (
            ["agreed", 4, 4, 0, 0, 90] if before else ["applied", 6, 6, 0, 1, 90]
        )
    verify(database, people, "edit")


def test_ship_and_apply(database, people, run):
    """What has left is not taken off the order, what was taken off does not leave."""
    for shipped, applied, *stored in run("ship", ship, apply):
        assert not isinstance(shipped, RpcError), shipped
        assert stored == (
            ["agreed", 4, 4, 4, 0, 100]
            if refused(applied, "delivered already")
            else ["applied", 2, 2, 2, 1, 100]
        )
    verify(database, people, "ship")


def test_ship_and_cancel(database, people, run):
    for shipped, applied, *stored in run("cancel", ship, apply):
        too_late = isinstance(shipped, RpcError)
        assert too_late != refused(applied, "delivered in part"), (shipped, applied)
        assert stored == (
            ["applied", 4, 0, 0, 1, 100] if too_late else ["agreed", 4, 4, 4, 0, 100]
        )
    verify(database, people, "cancel")


def test_accept_and_apply(database, server, people, run):
    """[CHG-1] who applies before the customer agrees is told; what he said stays."""
    rows = database.query(FOUND.format("accept"))
    customers = {int(row[0]): Customer(server, Scene(*row)) for row in rows}

    def accept(_session, scene):
        return customers[scene.change].accept()

    for accepted, applied, *stored in run("accept", accept, apply):
        assert accepted == 200
        early = refused(applied, "Agreement of the customer")
        assert stored == (
            ["agreed", 4, 4, 0, 0, 100] if early else ["applied", 6, 6, 0, 1, 100]
        )
    said = database.query(
        "SELECT count(*), count(DISTINCT change_id) FROM order_statement "
        "WHERE change_id IS NOT NULL"
    )
    assert [tuple(map(int, row)) for row in said] == [(25, 25)]
    verify(database, people, "accept")


def test_two_draw_up_a_plan(database, run):
    """[P13] both get the same one."""
    for one, other, *_stored in run("plan", draw_up, draw_up):
        assert one == other, (one, other)
    plans = database.query(
        "SELECT count(*), count(DISTINCT order_id) FROM order_project_plan"
    )
    assert [tuple(map(int, row)) for row in plans] == [(25, 25)]


def test_sign_and_apply(database, people, run):
    """The signature counts; who was too early is told, and the worker applies it."""
    for signed, applied, *stored in run("sign", sign, apply):
        assert not isinstance(signed, RpcError), signed
        early = refused(applied, "not agreed to yet")
        assert stored == (
            ["agreed", 4, 4, 0, 0, 100] if early else ["applied", 6, 6, 0, 1, 100]
        )
    # the last scene: the worker applies whatever is left of the others, too
    work(database, lambda _login: people[0][0])
    work(database, lambda _login: people[0][0])
    for name in ("sign", "accept"):
        stored = database.query(OUTCOME.format(name))
        assert stored == [stored[0]] * ROUNDS[name]
        assert stored[0][0] == "applied" and float(stored[0][4]) == 1
    verify(database, people, "sign")
