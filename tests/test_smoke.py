"""The server answers, and a person gets from the login page to the web client."""

import pytest
from steps import RETRIED

from devkit.rpc import RpcError

EXPECTED_ERRORS = RETRIED


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
