"""[CSN-1] [REV-5] [CFM-1] Signed and confirmed from forms that hold unsaved changes:
the web client saves first and reads the document anew. Nobody signs what he was not
shown. K11"""

import pytest
from steps import ASSISTANT, PANEL, SALESMAN, SUPERVISOR, approve, make_orders

REFUSAL = ".o_dialog .modal-body"
AGREE = "button[name=action_review_agree]:visible"
CONDITIONAL = "有条件同意"


@pytest.fixture
def order(rpc, database):
    """An order that waits for its salesman."""
    (order,) = make_orders(database, rpc(ASSISTANT))
    rpc(ASSISTANT).call("sale.order", "action_review_submit", [order])
    return order


def open_order(page, order):
    page.goto(f"/odoo/sales/{order}")
    page.wait_for_selector(PANEL)


def type_origin(page, words):
    """Change what no signature vouches for, and leave it unsaved."""
    page.click("a[role=tab][name=other_information]")
    page.fill(".o_field_widget[name=origin] input", words)
    page.wait_for_selector(".o_form_button_save:visible")


def change_price(session, order, price):
    (line,) = session.call("sale.order", "read", [order], ["order_line"])[0][
        "order_line"
    ]
    session.call(
        "sale.order",
        "write",
        [order],
        {"order_line": [(1, line, {"price_unit": price})]},
    )


def signatures(session, order, act="agree"):
    reviews = [("res_model", "=", "sale.order"), ("res_id", "=", order)]
    return session.call(
        "order.review.signature",
        "search_count",
        [
            ("review_id", "in", session.call("order.review", "search", reviews)),
            ("act", "=", act),
        ],
    )


def read(session, order, name):
    return session.call("sale.order", "read", [order], [name])[0][name]


def dismiss(page):
    page.click(".o_dialog footer button:visible")
    page.wait_for_selector(".o_dialog", state="detached")


def see_price(page, price):
    page.click("a[role=tab][name=order_lines]")
    page.wait_for_selector(f"td[name=price_unit]:has-text('{price}')")


def test_changed_by_somebody_else(open_page, rpc, order):
    """The price falls while the form is open: what the signer types is saved, what he
    did not see is not signed. He is told, is shown it, and may sign then."""
    page = open_page(SALESMAN)
    open_order(page, order)
    change_price(rpc(ASSISTANT), order, 1)
    type_origin(page, "电话")
    page.click(AGREE)
    page.wait_for_selector(f"{REFUSAL}:has-text('→ 1')")
    assert not signatures(rpc(SUPERVISOR), order)
    assert read(rpc(SUPERVISOR), order, "origin") == "电话"
    dismiss(page)
    see_price(page, "1.00")
    page.click(AGREE)
    page.wait_for_selector(AGREE, state="detached")
    assert signatures(rpc(SUPERVISOR), order) == 1


def test_more_choices_of_the_panel(open_page, rpc, order):
    """The same of what stands behind “More” in the panel."""
    page = open_page(SALESMAN)
    open_order(page, order)
    change_price(rpc(ASSISTANT), order, 2)
    type_origin(page, "电话")
    page.click(f"{PANEL} .o_order_review_more")
    page.click(f".o-dropdown--menu :text('{CONDITIONAL}')")
    page.fill(".modal .o_field_widget[name=conditions] textarea", "预付")
    page.click(".modal footer button[name=action_confirm]")
    page.wait_for_selector(f"{REFUSAL}:has-text('→ 2')")
    assert not signatures(rpc(SUPERVISOR), order, "conditional")


def test_changed_by_the_signer(open_page, rpc, order):
    """What he typed himself is saved, shown and then signed, in this order."""
    page = open_page(SALESMAN)
    open_order(page, order)
    page.click("td[name=product_uom_qty]")
    page.fill("td[name=product_uom_qty] input", "4")
    page.click(AGREE)
    page.wait_for_selector(f"{REFUSAL}:has-text('→ 4')")
    assert not signatures(rpc(SUPERVISOR), order)
    dismiss(page)  # it is saved and shown now
    page.click(AGREE)
    page.wait_for_selector(AGREE, state="detached")
    assert signatures(rpc(SUPERVISOR), order) == 1


def test_nobody_changed_what_matters(open_page, rpc, order):
    """An unsaved remark stands in nobody's way."""
    page = open_page(SALESMAN)
    open_order(page, order)
    type_origin(page, "电话")
    page.click(AGREE)
    page.wait_for_selector(AGREE, state="detached")
    assert signatures(rpc(SUPERVISOR), order) == 1
    assert read(rpc(SUPERVISOR), order, "origin") == "电话"


@pytest.mark.parametrize("mine", [True, False])
def test_confirmed_with_a_change(open_page, rpc, order, mine):
    """Approved, then changed in the unsaved form, or by somebody else meanwhile: what
    is confirmed is what was approved."""
    approve(rpc, [order])
    page = open_page(SUPERVISOR)
    open_order(page, order)
    if mine:
        page.click("td[name=product_uom_qty]")
        page.fill("td[name=product_uom_qty] input", "4")
    else:
        change_price(rpc(ASSISTANT), order, 1)
        type_origin(page, "电话")
    page.click("button[name=action_confirm]:visible")
    page.wait_for_selector(REFUSAL)
    assert read(rpc(SUPERVISOR), order, "state") == "draft"
    dismiss(page)
    page.wait_for_selector(f"{PANEL}[data-state=running]")
