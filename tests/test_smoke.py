"""The server answers, and a person gets from the login page to the web client."""

import re

import pytest

from devkit import demo_database, paths
from devkit.rpc import RpcError

HOMES = """
SELECT users.login, data.name
  FROM res_users users
  JOIN ir_model_data data ON data.res_id = users.action_id
 WHERE data.module = 'order_process_cn' AND data.model LIKE 'ir.actions.%'"""
MY_DAY, CARDS = "order_day_line_action_begin", "order_procedure_action"


def test_addon_is_installed(rpc):
    modules = rpc("admin").call(
        "ir.module.module",
        "search_read",
        [("name", "=", "order_process_cn")],
        ["state"],
    )
    assert [module["state"] for module in modules] == ["installed"]


def test_wrong_password_is_refused(rpc):
    with pytest.raises(RpcError) as refusal:
        rpc("admin", "not the password")
    assert refusal.value.name == "odoo.exceptions.AccessDenied"


def test_database_is_a_clone(connections, database):
    with connections().cursor() as cursor:
        cursor.execute("SELECT current_database()")
        assert cursor.fetchone() == (database.name,)


def test_administrator_sees_the_web_client(open_page):
    errors = []
    page = open_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto("/web/login")
    page.fill("input[name=login]", "admin")
    page.fill("input[name=password]", "admin")
    page.click(".oe_login_form button[type=submit]")
    page.wait_for_selector(".o_web_client .o_main_navbar")
    assert errors == []


def test_demo_knows_the_holidays(database):
    """[SLA-1] K10: this year's are there, as far as they are announced."""
    rows = database.query(
        "SELECT kind, count(*) FROM order_calendar_exception "
        "WHERE date_part('year', date) = date_part('year', now()) GROUP BY kind"
    )
    days = {kind: int(count) for kind, count in rows}
    assert days["day_off"] >= 13, days  # by law


def test_everybody_of_the_readme_is_told_what_to_do(rpc, database):
    """[PRC-1] [P25] The first page of each login names something that waits for him;
    whoever configures sees the cards of the procedures. The logins of the README are
    those that ./dev demo prints."""
    readme = (paths.ROOT / "README.md").read_text()
    rows = re.findall(r"^\| (`[^|]*`) \|", readme, re.MULTILINE)
    logins = [login for row in rows for login in re.findall(r"`(\w+)`", row)]
    printed = [login for login, *_rest in demo_database.logins(database)]
    assert sorted(logins) == sorted(printed)
    homes, idle = dict(database.query(HOMES)), []
    for login in logins:
        session = rpc(login)
        if homes.get(login) == CARDS:
            found = session.call("order.procedure", "search_count", [])
        else:
            assert homes.get(login) == MY_DAY, login
            domain = session.call("order.day.line", "action_begin")["domain"]
            waits = [*domain, ("section", "=", "waits")]
            found = session.call("order.day.line", "search_count", waits)
        if not found:
            idle.append(login)
    assert idle == []
