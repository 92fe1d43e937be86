"""[AFS-1] The customer sends goods back on the page of his order, with a photo, on a
phone 390 pixels wide."""

import base64

import pytest
from steps import ref

from devkit import paths
from devkit.rpc import Session

# one red point
PHOTO = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmM"
    "IQAAAABJRU5ErkJggg=="
)


@pytest.fixture
def order(server, database):
    """A delivered order of the demo, some of whose goods are on their way back."""
    session = Session(server.url, database.name, "admin", None)
    order = ref(database, "demo_order_returning")
    action = session.call("sale.order", "action_preview_sale_order", [order])
    return order, action["url"], session


def test_sent_back_on_the_phone(open_page, order):
    number, url, session = order
    send_back(open_page(), url)
    (case,) = session.call(
        "order.service.case",
        "search_read",
        [("order_id", "=", number), ("is_from_portal", "=", True)],
        ["kind", "state", "case_contact", "evidence_ids"],
    )
    assert (case["kind"], case["state"]) == ("exchange", "draft")
    assert case["case_contact"] == "刘工"
    assert len(case["evidence_ids"]) == 1


def send_back(page, url):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(url)
    page.click("#order_case summary")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.screenshot(path=paths.SCREENSHOTS / "case_form.png")
    page.select_option("#order_case select[name=kind]", "exchange")
    page.fill("#order_case input[name^=quantity]", "1")
    page.fill("#order_case textarea", "轴承有异响。")
    photo = {"name": "bearing.png", "mimeType": "image/png", "buffer": PHOTO}
    page.set_input_files("#order_case input[type=file]", photo)
    page.fill("#order_case input[name=name]", "刘工")
    page.click("#order_case button[type=submit]")
    page.wait_for_selector("dd:has-text('bearing.png')")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.screenshot(path=paths.SCREENSHOTS / "case_sent.png")
