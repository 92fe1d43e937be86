"""[REV-4] [REV-6] [CSN-1] One order from the assistant's hands to confirmation, by the
people whose work it is, in the standard web client and in Chinese."""

import re
import subprocess
import unicodedata

from steps import COUNTERSIGNERS, RETRIED, open_waiting, ref

EXPECTED_ERRORS = RETRIED
PANEL = ".o_order_review_panel"
PEOPLE = ("林浩", "李敏", "王志强", "赵品", "陈启航", "孙萍", "周建")


def test_declined_corrected_countersigned_confirmed(open_page, rpc, database, tmp_path):
    names = read_names(rpc("zhangli"), database)
    number = enter_order(open_page("zhangli"), names)
    (order,) = rpc("limin").call("sale.order", "search", [("name", "=", number)])
    decline(open_page("limin"), number, "单价低于价格执行方案")
    correct_and_resubmit(open_page("zhangli"), order)
    agree(open_page("linhao"), number)
    agree(open_page("limin"), number)
    for login in COUNTERSIGNERS:
        agree(open_page(login), number, opinion=f"{login} 无异议")
    confirm(open_page("limin"), order)
    text = print_sheet(rpc("limin"), order, tmp_path)
    for words in (*PEOPLE, "单价低于价格执行方案"):
        assert words in text
    for login in COUNTERSIGNERS:
        assert f"{login}无异议" in text


def read_names(session, database):
    """Return how the configuration that the assistant chooses from is called."""
    records = {
        "partner_id": ("res.partner", "demo_customer_water"),
        "order_channel_id": ("order.channel", "order_channel_email"),
        "payment_term_id": ("account.payment.term", "demo_terms_monthly"),
    }
    return {
        field: session.call(model, "read", [ref(database, name)], ["display_name"])[0][
            "display_name"
        ]
        for field, (model, name) in records.items()
    }


def enter_order(page, names):
    """Enter and submit an order as the sales assistant; return its number."""
    page.goto("/odoo/sales/new")
    page.wait_for_selector(".o_form_view .o_field_widget[name=partner_id] input")
    for field, name in names.items():
        choose(page, field, name)
    page.fill(".o_field_widget[name=wanted_date] input", "2030/05/20")
    page.click("a[role=tab][name=order_requirements]")
    page.fill(".o_field_widget[name=packing_requirements] textarea", "木箱包装")
    page.click("a[role=tab][name=order_lines]")
    page.click(".o_field_x2many_list_row_add a >> nth=0")
    line = page.locator(".o_field_widget[name=order_line] tr.o_selected_row")
    choose(line, "product_template_id", "ISG50-160", page)
    line.locator(".o_field_widget[name=product_uom_qty] input").fill("5")
    page.click(".o_form_button_save")
    page.click("button[name=action_review_submit]:visible")
    page.wait_for_selector(f"{PANEL}[data-state=running]")
    return page.inner_text(".oe_title h1").strip()


def choose(place, field, words, page=None):
    """Pick a record in a many2one field by its name."""
    place.locator(f".o_field_widget[name={field}] input").fill(words)
    (page or place).click(f".o-autocomplete--dropdown-item:has-text('{words}')")


def decline(page, number, reason):
    open_waiting(page, number)
    page.click("button[name=action_review_decide]:visible")
    page.fill(".modal .o_field_widget[name=opinion] textarea", reason)
    page.click(".modal footer button[name=action_confirm]")
    page.wait_for_selector(f"{PANEL}[data-state=declined]:has-text('{reason}')")


def correct_and_resubmit(page, order):
    """Raise the price, which the customer has to confirm in writing, submit again."""
    page.goto(f"/odoo/sales/{order}")
    page.click("td[name=price_unit]")
    page.fill("td[name=price_unit] input", "3500")
    page.check(".o_field_widget[name=written_confirmation] input")
    page.click(".o_form_button_save")
    page.wait_for_selector(".o_form_saved")
    page.click("button[name=action_review_submit]:visible")
    page.wait_for_selector(f"{PANEL}[data-state=running][data-round='2']")


def agree(page, number, opinion=""):
    """Agree as one's own seat asks for, through the button or with an opinion."""
    open_waiting(page, number)
    if not opinion:
        page.click("button[name=action_review_agree]:visible")
    else:
        page.click("button[name=action_review_decide]:visible")
        page.click(".modal .o_field_widget[name=decision] input[data-value=agree]")
        page.fill(".modal .o_field_widget[name=opinion] textarea", opinion)
        page.click(".modal footer button[name=action_confirm]")
    page.wait_for_selector("button[name=action_review_agree]", state="detached")


def confirm(page, order):
    page.goto(f"/odoo/sales/{order}")
    page.wait_for_selector(f"{PANEL}[data-state=approved]")
    page.click("button[name=action_confirm]:visible")
    page.wait_for_selector(
        ".o_field_widget[name=state] .o_arrow_button_current[data-value=sale]"
    )


def print_sheet(session, order, folder):
    """Return the text of the countersign sheet F03 as PDF, without spaces."""
    (review,) = session.call(
        "order.review",
        "search",
        [("res_model", "=", "sale.order"), ("res_id", "=", order)],
    )
    status, pdf = session.get(
        f"/report/pdf/order_process_cn.report_f03_review_sheet/{review}"
    )
    assert status == 200 and pdf.startswith(b"%PDF")
    path = folder / "f03.pdf"
    path.write_bytes(pdf)
    text = subprocess.run(
        ["pdftotext", str(path), "-"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    # fonts put look-alikes for some characters
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
