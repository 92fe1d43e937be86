"""[SEC-1] [SEC-2] [REV-6] What everybody could try through the web client's own door:
refused as each role of the demo, and afterwards nothing has changed."""

import json
import re

import pytest
from steps import (
    ASSISTANT,
    SALESMAN,
    SUPERVISOR,
    approve,
    make_orders,
    my_tasks,
    ref,
    sign,
)

from devkit.rpc import RpcError

ROLES = (
    *("zhangli", "linhao", "limin", "wangzhiqiang", "zhaopin", "chenqihang"),
    *("sunping", "zhoujian", "wuyong", "zhengcaihong", "liujianguo"),
    *("huangweidong", "hexiaoyan", "guanliyuan", "admin"),
)
REFUSALS = {
    "odoo.exceptions.AccessError",
    "odoo.exceptions.UserError",
    "odoo.exceptions.ValidationError",
}
# nobody writes these, whatever his rights: model -> values that look harmless
RECORDS = {
    "order.review": {"state": "approved"},
    "order.review.task": {"state": "agreed", "decision": "agree"},
    "order.review.signature": {"opinion": "x", "date": "2020-01-01 00:00:00"},
    "order.statement": {"check_state": "accepted"},
    "order.issue.batch": {"state": "done"},
    "order.issue.line": {"state": "issued"},
    "order.form.issue": {"number": 1},
    "order.recheck": {"res_id": 1},
}
# what a client might send in the hope that some module skips a check
HOSTILE = {
    "su": True,
    "uid": 1,
    "install_mode": True,
    "skip_review_check": True,
    "skip_procurement": True,
    "skip_sanity_check": True,
    "mail_notrack": True,
    "order_no_follower": True,
    "order_confirmation_sent": True,
    "default_review_state": "approved",
    "default_effect_state": "effective",
    "default_decision": "agree",
    "default_state": "sale",
}
EARNED = (
    {"review_state": "approved"},
    {"effect_state": "effective"},
    {"effect_is_ready": True},
    {"requested_transition": "confirm"},
    {"progress": "closed"},
)
# rows that no attack may touch
WATCHED = (
    "order_review",
    "order_review_task",
    "order_review_signature",
    "order_statement",
    "order_issue_batch",
    "order_form_issue",
    "stock_picking",
)
PRICES = ("3579.37", "3,579.37", "25055.59", "25,055.59", "28312.82", "28,312.82")
CLOSED = ("wuyong", "zhoujian", "chenqihang")


@pytest.fixture(scope="module")
def target(database, log_in):
    """An order under review, half signed, with an approved one beside it."""
    assistant = log_in(ASSISTANT)
    price = {
        "product_id": ref(database, "demo_pump_isg50"),
        "product_uom_qty": 7,
        "price_unit": 3579.37,
    }
    ids = make_orders(database, assistant, 2)
    for order in ids:
        assistant.call(
            "sale.order", "write", [order], {"order_line": [(5,), (0, 0, price)]}
        )
    assistant.call("sale.order", "action_review_submit", ids)
    approve(log_in, ids[1:])
    for login in (SALESMAN, SUPERVISOR, "wangzhiqiang"):
        sign(log_in(login), ids[:1])
    log_in("wangzhiqiang").call(
        "sale.order", "action_state_in_writing", ids[:1], "technical", "可按图制造"
    )
    return ids[0], ids[1]


@pytest.fixture
def unchanged(database, target):
    """Nothing that counts is different after the test."""
    columns = "id, state, review_id, review_state, effect_state, amount_total"
    rows = {
        **{table: f"SELECT t.* FROM {table} t" for table in WATCHED},
        "sale_order": f"SELECT {columns} FROM sale_order",
    }
    photograph = " UNION ALL ".join(
        f"SELECT '{table}', seen::text FROM ({select}) seen"
        for table, select in rows.items()
    )
    before = sorted(database.query(photograph))
    assert {row[0] for row in before} >= {"order_review", "sale_order"}
    yield
    assert sorted(database.query(photograph)) == before


def assert_refused(session, model, method, *args, **kwargs):
    """The server says no, in words; it neither obeys nor breaks."""
    try:
        result = session.call(model, method, *args, **kwargs)
    except RpcError as error:
        assert error.name in REFUSALS, f"{model}.{method}: {error.name} {error}"
        return str(error)
    raise AssertionError(f"{model}.{method}{args} was obeyed: {result}")


def review_of(database, order):
    rows = database.query(
        f"SELECT id FROM order_review WHERE res_id = {order} "
        "AND res_model = 'sale.order'"
    )
    return int(rows[0][0])


@pytest.mark.parametrize("login", ROLES)
def test_records_of_decisions(log_in, database, target, unchanged, login):
    """Forging, backdating, altering and deleting what was decided."""
    session = log_in(login)
    review = review_of(database, target[0])
    forged = {
        "order.review.signature": {
            "review_id": review,
            "number": 99,
            "round": 1,
            "date": "2020-01-01 00:00:00",
            "act": "agree",
            "user_id": session.uid,
            "previous_hash": "0",
            "hash": "0",
        },
        "order.review.task": {"review_id": review, "state": "open"},
    }
    for model, values in RECORDS.items():
        rows = database.query(f"SELECT min(id) FROM {model.replace('.', '_')}")
        ids = [int(rows[0][0] or 1)]
        for context in ({}, HOSTILE):
            assert_refused(
                session, model, "create", [forged.get(model, {})], context=context
            )
            assert_refused(session, model, "write", ids, values, context=context)
            assert_refused(session, model, "unlink", ids, context=context)
        if rows[0][0]:
            assert_refused(session, model, "copy", ids)
        assert_refused(session, model, "web_save", ids, values, {})


@pytest.mark.parametrize("login", ROLES)
def test_signing_for_others(log_in, database, target, unchanged, login):
    """Nobody decides a seat that is not his, nor calls the engine."""
    session = log_in(login)
    review = review_of(database, target[0])
    rows = database.query(
        "SELECT t.id, r.digest FROM order_review_task t JOIN order_review r "
        f"ON r.id = t.review_id WHERE t.review_id = {review} ORDER BY t.id"
    )
    mine, _seen = my_tasks(session, [target[0]])
    tasks = [int(row[0]) for row in rows if int(row[0]) not in mine]
    digest = rows[0][1]
    for task in tasks:
        for context in ({}, HOSTILE | {"order_review_seen": digest}):
            for decision in ("agree", "decline"):
                assert_refused(
                    session,
                    "order.review.task",
                    "action_sign",
                    [task],
                    decision,
                    digest,
                    "x",
                    context=context,
                )
    both = [*mine, *tasks]
    assert_refused(
        session, "order.review.task", "action_sign", both, "agree", digest, "x"
    )
    for method in ("_decide", "_settle", "_open", "_close"):
        assert_refused(session, "order.review.task", method, tasks)
    for method in ("_record", "_end", "_advance", "_start", "_lock"):
        assert_refused(session, "order.review", method, [review])
    for method in ("_release", "_hold", "_after_review", "_sudo"):
        assert_refused(session, "sale.order", method, [target[0]])


@pytest.mark.parametrize("login", ROLES)
def test_roads_to_a_confirmed_order(log_in, database, target, unchanged, login):
    """Button, write, create, copy, import, lines: closed before the approval."""
    session, order = log_in(login), target[0]
    partner = ref(database, "demo_customer_water")
    product = ref(database, "demo_pump_isg50")
    values = {"partner_id": partner, "state": "sale"}
    line = {"product_id": product}
    for context in ({}, HOSTILE):
        assert_refused(
            session, "sale.order", "action_confirm", [order], context=context
        )
        assert_refused(session, "sale.order", "write", [order], values, context=context)
        assert_refused(
            session,
            "sale.order",
            "create",
            [{**values, "order_line": [(0, 0, line)]}],
            context=context,
        )
        assert_refused(session, "sale.order", "copy", [order], values, context=context)
        assert_refused(
            session,
            "sale.order",
            "web_save",
            [order],
            {"state": "sale"},
            {},
            context={},
        )
        for earned in EARNED:
            assert_refused(
                session, "sale.order", "write", [order], earned, context=context
            )
            assert_refused(
                session,
                "sale.order",
                "create",
                [{"partner_id": partner, **earned}],
                context=context,
            )
    approved = review_of(database, target[1])
    assert_refused(session, "sale.order", "write", [order], {"review_id": approved})
    assert_refused(session, "sale.order", "unlink", [order])
    columns = ["partner_id/.id", "state", "order_line/product_id/.id"]
    rows = [[str(partner), "sale", str(product)]]
    try:
        assert not session.call("sale.order", "load", columns, rows)["ids"]
    except RpcError as error:
        assert error.name in REFUSALS


def test_server_action(log_in, database, target, unchanged):
    """An administrator's server action meets the same gate."""
    admin = log_in("admin")
    (model,) = admin.call("ir.model", "search", [("model", "=", "sale.order")])
    for code in ("records.action_confirm()", "records.write({'state': 'sale'})"):
        (action,) = admin.call(
            "ir.actions.server",
            "create",
            [{"name": "x", "model_id": model, "state": "code", "code": code}],
        )
        context = {"active_model": "sale.order", "active_ids": [target[0]]}
        assert_refused(admin, "ir.actions.server", "run", [action], context=context)


def test_a_signature_carries_the_servers_time(log_in, database, target):
    """Defaults sent by the client change neither the date nor the name of a signer."""
    session, order = log_in("zhaopin"), target[0]
    tasks, seen = my_tasks(session, [order])
    started = database.query("SELECT now() AT TIME ZONE 'UTC'")[0][0]
    context = {
        "default_date": "2020-01-01 00:00:00",
        "default_user_id": 1,
        "default_signer_name": "x",
        "default_act": "conditional",
        "default_hash": "x",
    }
    session.call(
        "order.review.task", "action_sign", tasks, "agree", seen, context=context
    )
    row = database.query(
        "SELECT user_id, signer_name, act, date >= date_trunc('second', "
        f"'{started}'::timestamp) FROM order_review_signature "
        f"WHERE task_id = {tasks[0]}"
    )[0]
    assert row == [str(session.uid), "赵品", "agree", "t"]


def test_sight_of_what_is_not_mine(log_in, database, target):
    """The question before signing tells nobody about seats that are not his."""
    stranger = log_in("sunping")
    order = make_orders(database, log_in(ASSISTANT))
    log_in(ASSISTANT).call("sale.order", "action_review_submit", order)
    review = review_of(database, order[0])
    (task,) = database.query(
        "SELECT id FROM order_review_task "
        f"WHERE review_id = {review} ORDER BY id LIMIT 1"
    )[0]
    other = log_in("wuyong")
    for session in (stranger, other):
        values = {"task_ids": [(6, 0, [int(task)])]}
        try:
            (wizard,) = session.call("order.review.sign.wizard", "create", [values])
            told = session.call(
                "order.review.sign.wizard", "read", [wizard], ["summary"]
            )
        except RpcError as error:
            assert error.name in REFUSALS
        else:
            if session is other:
                assert "华东水务" not in json.dumps(told, ensure_ascii=False)


def readable(session, model, ids):
    """Return the fields of a model, and all that a person may read of these records
    as text; what core denies him is left out."""
    fields = session.call(model, "fields_get", [], ["type"])
    return fields, "".join(read_what_he_may(session, model, ids, list(fields)))


def read_what_he_may(session, model, ids, names):
    try:
        found = session.call(model, "read", ids, names)
    except RpcError as error:
        assert error.name in REFUSALS
        if len(names) == 1:
            return []
        half = len(names) // 2
        first = read_what_he_may(session, model, ids, names[:half])
        return first + read_what_he_may(session, model, ids, names[half:])
    return [json.dumps(found, ensure_ascii=False)]


@pytest.mark.parametrize("login", CLOSED)
def test_prices_are_nowhere_to_be_read(log_in, database, target, login):
    """[SEC-1] all that stock and workshop users may read, searched for the price."""
    session, order = log_in(login), target[1]
    fields, text = readable(session, "sale.order", [order])
    money = {name for name, field in fields.items() if field["type"] == "monetary"}
    lines = session.call("sale.order.line", "search", [("order_id", "=", order)])
    line_fields, line_text = readable(session, "sale.order.line", lines)
    money |= {n for n, field in line_fields.items() if field["type"] == "monetary"}
    assert not money
    found = [text, line_text]
    for model in ("order.review", "order.review.task", "order.review.signature"):
        domain = [("res_id", "=", order)]
        if model != "order.review":
            domain = [("review_id.res_id", "=", order)]
        found.append(readable(session, model, session.call(model, "search", domain))[1])
    thread = {"thread_model": "sale.order", "thread_id": order}
    found.append(json.dumps(session.post("/mail/thread/messages", **thread)))
    reports = [
        f"sale.report_saleorder/{order}",
        f"order_process_cn.report_f01_order_confirmation/{order}",
        f"order_process_cn.report_f05_production_instruction/{order}",
    ]
    for review in session.call("order.review", "search", [("res_id", "=", order)]):
        reports.append(f"order_process_cn.report_f03_review_sheet/{review}")
    for report in reports:
        status, body = session.get(f"/report/html/{report}")
        found.append(body.decode(errors="replace") if status == 200 else "")
    for part in found:
        hits = [price for price in PRICES if price in part]
        assert not hits, re.findall(f".{{150}}{re.escape(hits[0])}.{{50}}", part)[:3]


@pytest.mark.parametrize("login", CLOSED)
def test_prices_cannot_be_guessed_or_written(log_in, target, unchanged, login):
    """[SEC-1] search, order, group, aggregate, export, onchange, write, create."""
    session, order = log_in(login), target[1]
    lines = session.call("sale.order.line", "search", [("order_id", "=", order)])
    for model, ids, names in (
        ("sale.order", [order], ("amount_total", "amount_untaxed", "amount_paid")),
        ("sale.order.line", lines, ("price_unit", "discount", "price_subtotal")),
    ):
        for name in names:
            for method, args in (
                ("read", [ids, [name]]),
                ("web_read", [ids, {name: {}}]),
                ("export_data", [ids, [name]]),
                ("search", [[(name, ">", 1)]]),
                ("search_count", [[(name, ">", 1)]]),
                ("search_read", [[], [name]]),
                ("formatted_read_group", [[], [name], ["__count"]]),
                ("formatted_read_group", [[], [], [f"{name}:sum"]]),
                ("write", [ids, {name: 0.01}]),
                ("onchange", [ids, {name: 1}, [name], {name: {}}]),
            ):
                assert_refused(session, model, method, *args)
            assert_refused(session, model, "search", [], order=name)
    assert_refused(session, "sale.order", "search", [("order_line.price_unit", ">", 1)])
    if session.call("sale.order", "has_access", [], "write"):
        command = [(1, lines[0], {"price_unit": 0.01})]
        assert_refused(session, "sale.order", "write", [order], {"order_line": command})


def test_portal_signature_waits(log_in, database, target):
    """[REV-6] what a customer signs before the review is refused politely, and the
    order does not move."""
    assistant = log_in(ASSISTANT)
    (order,) = make_orders(database, assistant, require_signature=True)
    token = assistant.call("sale.order", "get_portal_url", [order])
    token = re.search(r"access_token=([\w-]+)", token)[1]
    assistant.call("sale.order", "action_quotation_sent", [order])
    signature = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII="  # noqa: E501
    visitor = log_in("wuyong")
    answer = visitor.post(
        f"/my/orders/{order}/accept",
        access_token=token,
        name="陈建军",
        signature=signature,
    )
    assert "error" in answer
    state = database.query(f"SELECT state FROM sale_order WHERE id = {order}")
    assert state == [["sent"]]
