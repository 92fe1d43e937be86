"""[REV-4] [REV-6] [CSN-1] One order from the assistant's hands to confirmation, by the
people whose work it is, in the standard web client and in Chinese."""

import re
import subprocess

DEPARTMENT_HEADS = ("wangzhiqiang", "zhaopin", "chenqihang", "sunping", "zhoujian")


def test_declined_corrected_countersigned_confirmed(open_page, rpc, tmp_path):
    number = enter_order(open_page("zhangli"))
    decline(open_page("limin"), number, "单价低于价格执行方案")
    correct_and_resubmit(open_page("zhangli"), number, rpc)
    agree(open_page("linhao"), number)
    agree(open_page("limin"), number)
    for login in DEPARTMENT_HEADS:
        agree(open_page(login), number, opinion=f"{login} 无异议")
    page = open_page("limin")
    open_order(page, number)
    page.click("button[name=action_confirm]")
    page.wait_for_selector(
        ".o_statusbar_status button.o_arrow_button_current:has-text('销售订单')"
    )
    text = print_sheet(rpc("limin"), number, tmp_path)
    for words in ("李敏", "王志强", "赵品", "陈启航", "孙萍", "周建", "林浩"):
        assert words in text
    assert "单价低于价格执行方案" in text
    assert "zhaopin无异议" in re.sub(r"\s", "", text)


def enter_order(page):
    """Enter and submit an order as the sales assistant; return its number."""
    page.goto("/odoo/sales/new")
    page.wait_for_selector(".o_form_view .o_field_widget[name=partner_id] input")
    choose(page, "partner_id", "华东水务集团有限公司")
    choose(page, "order_channel_id", "电子邮件")
    page.fill(".o_field_widget[name=wanted_date] input", "2030-05-20")
    choose(page, "payment_term_id", "月结 30 天")
    page.click("a[role=tab]:has-text('特殊要求')")
    page.fill(".o_field_widget[name=packing_requirements] textarea", "木箱包装")
    page.click("a[role=tab]:has-text('订单明细')")
    page.click(".o_field_x2many_list_row_add a >> nth=0")
    line = page.locator(".o_field_widget[name=order_line] tr.o_selected_row")
    line.locator(".o_field_widget[name=product_template_id] input").fill("ISG50-160")
    page.click(".o-autocomplete--dropdown-item:has-text('ISG50-160')")
    line.locator(".o_field_widget[name=product_uom_qty] input").fill("5")
    page.click(".o_form_button_save")
    page.wait_for_selector("button[name=action_review_submit]:visible")
    page.click("button[name=action_review_submit]")
    page.wait_for_selector(".o_order_review_panel .badge:has-text('评审中')")
    return page.inner_text(".oe_title h1").strip()


def choose(page, field, words):
    """Pick a record in a many2one field by its name."""
    page.fill(f".o_field_widget[name={field}] input", words)
    page.click(f".o-autocomplete--dropdown-item:has-text('{words}')")


def open_order(page, number):
    """Open an order from the list of what waits for me, or from the orders."""
    page.goto("/odoo/my-signatures")
    page.wait_for_selector(".o_list_view, .o_view_nocontent")
    row = page.locator(f"tr.o_data_row:has-text('{number}')")
    if row.count():
        row.locator("td[name=document_name]").click()
    else:
        page.goto("/odoo/sales")
        page.wait_for_selector(".o_control_panel .o_searchview_input")
        while page.locator(".o_facet_remove").count():
            page.locator(".o_facet_remove").first.click()
        page.fill(".o_searchview_input", number)
        page.keyboard.press("Enter")
        page.locator(f"tr.o_data_row:has-text('{number}') td[name=name]").click()
    page.wait_for_selector(f".oe_title:has-text('{number}')")


def decline(page, number, reason):
    open_order(page, number)
    page.click("button[name=action_review_decide]:visible")
    page.fill(".modal .o_field_widget[name=opinion] textarea", reason)
    page.click(".modal footer button[name=action_confirm]")
    page.wait_for_selector(".o_order_review_panel .badge:has-text('不同意')")


def correct_and_resubmit(page, number, rpc):
    open_order(page, number)
    page.click("td[name=price_unit]")
    page.fill("td[name=price_unit] input", "3500")
    page.click("a[role=tab]:has-text('特殊要求')")
    page.click(".o_form_button_save")
    # another price needs the customer's written confirmation
    order = rpc("zhangli").call("sale.order", "search", [("name", "=", number)])
    rpc("zhangli").call("sale.order", "write", order, {"written_confirmation": True})
    page.reload()
    page.click("button[name=action_review_submit]:visible")
    page.wait_for_selector(".o_order_review_panel .badge:has-text('评审中')")
    page.wait_for_selector(".o_order_review_panel:has-text('第 2 轮')")


def agree(page, number, opinion=""):
    """Agree as one's own seat asks for, through the button or with an opinion."""
    open_order(page, number)
    if not opinion:
        page.click("button[name=action_review_agree]:visible")
    else:
        page.click("button[name=action_review_decide]:visible")
        page.click(".modal .o_field_widget[name=decision] input[data-value=agree]")
        page.fill(".modal .o_field_widget[name=opinion] textarea", opinion)
        page.click(".modal footer button[name=action_confirm]")
    page.wait_for_selector("button[name=action_review_agree]", state="hidden")


def print_sheet(session, number, folder):
    """Return the text of the countersign sheet F03 as PDF."""
    review = session.call("order.review", "search", [("document_name", "=", number)])
    status, pdf = session.get(
        f"/report/pdf/order_process_cn.report_f03_review_sheet/{review[0]}"
    )
    assert status == 200 and pdf.startswith(b"%PDF")
    path = folder / "f03.pdf"
    path.write_bytes(pdf)
    return subprocess.run(
        ["pdftotext", "-layout", str(path), "-"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
