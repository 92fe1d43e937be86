"""[REV-4] [REV-6] [CSN-1] One order from the assistant's hands to confirmation, by the
people whose work it is, in the standard web client and in Chinese."""

from steps import (
    COUNTERSIGNERS,
    PANEL,
    add_line,
    agree,
    begin_order,
    confirm_approved,
    find_order,
    open_waiting,
    print_pdf,
    read_names,
    read_number,
    submit,
)

PEOPLE = ("林浩", "李敏", "王志强", "赵品", "陈启航", "孙萍", "周建")


def test_declined_corrected_countersigned_confirmed(open_page, rpc, database, tmp_path):
    names = read_names(rpc("zhangli"), database)
    number = enter_order(open_page("zhangli"), names)
    order = find_order(rpc, number)
    decline(open_page("limin"), number, "单价低于价格执行方案")
    correct_and_resubmit(open_page("zhangli"), order)
    agree(open_page("linhao"), number)
    agree(open_page("limin"), number)
    for login in COUNTERSIGNERS:
        agree(open_page(login), number, opinion=f"{login} 无异议")
    confirm_approved(open_page("limin"), order)
    text = print_sheet(rpc("limin"), order, tmp_path)
    for words in (*PEOPLE, "单价低于价格执行方案"):
        assert words in text
    for login in COUNTERSIGNERS:
        assert f"{login}无异议" in text


def enter_order(page, names):
    """Enter and submit an order as the sales assistant; return its number."""
    begin_order(page, names)
    add_line(page, "ISG50-160", 5)
    submit(page)
    return read_number(page)


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


def print_sheet(session, order, folder):
    """Return the text of the countersign sheet F03 as PDF, without spaces."""
    (review,) = session.call(
        "order.review",
        "search",
        [("res_model", "=", "sale.order"), ("res_id", "=", order)],
    )
    return print_pdf(session, "f03_review_sheet", review, folder)
