"""[CHG-1] Quantity changed on the order's own page, and its papers."""

from steps import ASSISTANT, RETRIED, print_pdf, ref, run

from devkit import paths

EXPECTED_ERRORS = RETRIED
SLOW = 90_000  # milliseconds: orders and transfers are the heaviest forms there are
STATE = ".o_field_widget[name=state] .o_arrow_button_current[data-value={}]"


def picture(page, name):
    page.screenshot(path=paths.SCREENSHOTS / f"change_{name}.png", full_page=True)


def test_change_is_asked_for(open_page, rpc, database, tmp_path):
    order = ref(database, "demo_order_changed")
    page = open_page(ASSISTANT)
    page.set_default_timeout(SLOW)
    page.goto(f"/mail/view?model=sale.order&res_id={order}")
    begin = ref(database, "order_change_request_action_begin")
    page.click(f"button[name='{begin}']:visible")
    page.click(".o_field_widget[name=line_ids] td[name=quantity]")
    page.fill(".o_field_widget[name=line_ids] div[name=quantity] input", "5")
    page.click(".o_field_widget[name=reason_id] input")
    page.click(".o-autocomplete--dropdown-item >> nth=0")
    page.click(".o_form_button_save")
    page.wait_for_selector(".o_form_saved")
    page.click("a[role=tab][name=effects]")
    page.wait_for_selector("td[name=document_name]")
    picture(page, "asked")
    page.click("button[name=action_review_submit]:visible")
    page.wait_for_selector(STATE.format("requested"))
    picture(page, "requested")
    session = rpc(ASSISTANT)
    (change,) = session.call(
        "order.change.request",
        "search",
        [("order_id", "=", order), ("state", "=", "requested")],
    )
    for report in ("f21_order_change", "f22_product_modification"):
        print_pdf(session, report, change, tmp_path)
        target = paths.SCREENSHOTS / report
        run("pdftoppm", "-png", "-r", "70", tmp_path / f"{report}.pdf", target)
