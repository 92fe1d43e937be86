"""[CFM-8] An order is suspended in the web client, its transfer is refused, it goes on
and is shipped. Resuming and shipping at the same moment: two connections."""

import pytest
from steps import at_once

from devkit import paths
from devkit.rpc import RpcError, Session

DATABASE = "plain"
ROUNDS = 15
SERVER = {"cron_threads": 0}
ADMIN = "admin"
ALERT = ".alert-danger:visible"


@pytest.fixture
def boss(server):
    """Somebody who sells, suspends and ships."""
    return Session(server.url, server.database.name, ADMIN, None)


@pytest.fixture
def rival(server, boss):
    """The same person at another screen."""
    return Session(server.url, server.database.name, ADMIN, None)


def sell(session, quantity=2):
    """Return a confirmed order that asks for no release, and its transfer, picked."""
    product = session.call("product.product", "create", {"name": "Pump"})
    customer = session.call("res.partner", "create", {"name": "Customer"})
    line = {"product_id": product, "product_uom_qty": quantity}
    order = session.call(
        "sale.order",
        "create",
        {"partner_id": customer, "order_line": [(0, 0, line)]},
    )
    session.call("sale.order", "action_confirm", [order])
    picking = read(session, "sale.order", order, "picking_ids")[0]
    moves = read(session, "stock.picking", picking, "move_ids")
    session.call("stock.move", "write", moves, {"quantity": quantity, "picked": True})
    return order, picking


def read(session, model, record, name):
    return session.call(model, "read", [record], [name], load=None)[0][name]


def decide(session, order, mode):
    """Suspend or resume an order."""
    values = {"order_id": order, "mode": mode, "reason": "Asked for"}
    wizard = session.call("order.suspension.wizard", "create", values)
    session.call("order.suspension.wizard", "action_confirm", [wizard])


def answer(page, button, words):
    """Press a button of the order, say why, and confirm."""
    page.click(f".o_form_statusbar button:has-text('{button}')")
    page.fill(".modal .o_field_widget[name=reason] textarea", words)
    page.screenshot(path=paths.SCREENSHOTS / f"suspension_{button}.png")
    page.click(f".modal footer button:has-text('{button}')")
    page.wait_for_selector(".modal", state="detached")


def open_form(page, path):
    page.goto(path)
    page.wait_for_selector(".o_form_view .oe_title")


def test_suspended_refused_resumed_shipped(open_page, boss):
    order, picking = sell(boss)
    transfer = f"/odoo/action-stock.action_picking_tree_all/{picking}"
    page = open_page(ADMIN)
    open_form(page, f"/odoo/sales/{order}")
    answer(page, "Suspend", "The customer rebuilds his plant")
    page.wait_for_selector(f"{ALERT}:has-text('rebuilds his plant')")
    page.screenshot(path=paths.SCREENSHOTS / "suspension_order.png")

    open_form(page, transfer)
    page.wait_for_selector(f"{ALERT}:has-text('rebuilds his plant')")
    page.click("button[name=button_validate]:visible")
    page.wait_for_selector(".modal:has-text('rebuilds his plant')")
    page.screenshot(path=paths.SCREENSHOTS / "suspension_transfer.png")
    assert read(boss, "stock.picking", picking, "state") == "assigned"

    open_form(page, f"/odoo/sales/{order}")
    answer(page, "Resume", "The plant is ready")
    page.wait_for_selector(ALERT, state="detached")
    open_form(page, transfer)
    page.click("button[name=button_validate]:visible")
    page.wait_for_selector(
        ".o_field_widget[name=state] .o_arrow_button_current[data-value=done]"
    )


def test_suspended_while_goods_leave(boss, rival):
    """Either they have left before, or they stay: never afterwards."""
    for _round in range(ROUNDS):
        order, picking = sell(boss)
        shipped, suspended = at_once(
            lambda picking=picking: boss.call(
                "stock.picking", "button_validate", [picking]
            ),
            lambda order=order: decide(rival, order, "suspend"),
        )
        assert not isinstance(suspended, RpcError), suspended
        state = read(boss, "stock.picking", picking, "state")
        refused = isinstance(shipped, RpcError)
        assert state == ("assigned" if refused else "done")
        if refused:
            assert "is suspended" in str(shipped)
        # whoever came first: the suspension was made after the goods had left, or
        # nothing leaves any more
        dates = boss.call("order.suspension", "search_read", [("order_id", "=", order)])
        assert len(dates) == 1 and dates[0]["state"] == "open"


def test_resumed_while_goods_leave(boss, rival):
    """They leave, or are refused in words: nothing in between."""
    for _round in range(ROUNDS):
        order, picking = sell(boss)
        decide(boss, order, "suspend")
        shipped, resumed = at_once(
            lambda picking=picking: boss.call(
                "stock.picking", "button_validate", [picking]
            ),
            lambda order=order: decide(rival, order, "resume"),
        )
        assert not isinstance(resumed, RpcError), resumed
        if isinstance(shipped, RpcError):
            assert "is suspended" in str(shipped)
            boss.call("stock.picking", "button_validate", [picking])
        assert read(boss, "stock.picking", picking, "state") == "done"
        assert not read(boss, "sale.order", order, "suspension_state")
