"""[SHP-4] Whoever delivers has the customer sign on the phone, 390 pixels wide; the
customer sees on the page of his order that it was received."""

import pytest
from steps import draw_signature, ref

from devkit import paths
from devkit.rpc import Session

WAREHOUSE = "wuyong"


@pytest.fixture
def delivery(server, database):
    """A delivery of the demo that is on its way."""
    # the assistant of new users would open a conversation over the page
    database.query("UPDATE res_users SET odoobot_state = 'disabled'")
    session = Session(server.url, database.name, "admin", None)
    order = ref(database, "demo_order_special_shipped")
    (found,) = session.call(
        "stock.picking",
        "search_read",
        [
            ("sale_id", "=", order),
            ("state", "=", "done"),
            ("picking_type_code", "=", "outgoing"),
        ],
        ["name", "sale_id", "receipt_ids"],
    )
    assert not found["receipt_ids"]
    return found, session


def picture(page, name):
    page.screenshot(path=paths.SCREENSHOTS / f"delivery_{name}.png")


def test_signed_on_the_phone(open_page, database, delivery):
    found, session = delivery
    page = open_page(WAREHOUSE)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"/odoo/action-stock.action_picking_tree_all/{found['id']}")
    page.wait_for_selector(f".oe_title:has-text('{found['name']}')")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    picture(page, "transfer")
    page.click("button[name=action_register_receipt]")
    page.fill(".modal .o_field_widget[name=received_by] input", "刘工")
    picture(page, "question")
    draw_signature(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    picture(page, "signed")
    page.click(".modal footer button[name=action_confirm]")
    page.wait_for_selector(".modal", state="detached")
    (receipt,) = session.call(
        "order.delivery.receipt",
        "search_read",
        [("picking_id", "=", found["id"])],
        ["received_by", "medium", "is_different", "evidence_ids", "user_id"],
    )
    assert receipt["received_by"] == "刘工"
    assert receipt["medium"] == "screen"
    assert not receipt["is_different"]
    assert receipt["evidence_ids"]
    (order,) = session.call(
        "sale.order",
        "read",
        [found["sale_id"][0]],
        ["receipt_confirmed_on", "access_url"],
    )
    assert order["receipt_confirmed_on"]
    page = open_page("admin")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(order["access_url"])
    text = page.inner_text("#order_deliveries")
    assert found["name"] in text and "刘工" in text
    page.locator("#order_deliveries").screenshot(
        path=paths.SCREENSHOTS / "delivery_portal.png"
    )
