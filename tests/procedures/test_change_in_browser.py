"""[PRC-5] [CHG-1] [CHG-5] P13 三 in the standard web client: the customer asks for more
and another day on the page of his order, the departments sign, the agreement returns,
and order, production and purchase follow."""

from datetime import date, timedelta

from company import (
    BUYER,
    CLERK,
    PLANNER,
    PRODUCER,
    SALESMAN,
    SUPERVISOR,
    SYSTEM,
)
from factory import routes_to_make
from making import goods, made_to_order
from screens import PHONE
from steps import PANEL, choose, open_waiting

from devkit import paths

CHANGE, MADE = "order.change.request", "mrp.production"
STATE = ".o_arrow_button_current[data-value={}]"
LATER = str(date.today() + timedelta(days=75))


def picture(page, name):
    page.screenshot(path=paths.SCREENSHOTS / f"change_{name}.png", full_page=True)


def bought_for_it(company, product):
    """One part of a pump is bought when it is sold; return the part."""
    boss, (to_order, _make) = company.as_(SYSTEM), routes_to_make(company)
    # the administrator works for another company, which would have him to itself
    vendor = {"partner_id": company.ref("demo_vendor_foundry"), "company_id": False}
    values = {
        "name": "泵壳铸件 P13",
        "route_ids": [(6, 0, [to_order])],
        "seller_ids": [(0, 0, vendor)],
    }
    casing = company.ref("demo_part_casing")
    (part,) = boss.call("product.product", "copy", [casing], values)
    template = company.read(SYSTEM, "product.product", product, "product_tmpl_id")[0]
    (line,) = company.search(
        SYSTEM,
        "mrp.bom.line",
        ("bom_id.product_tmpl_id", "=", template),
        ("product_id", "=", casing),
    )
    company.do(SYSTEM, "mrp.bom.line", "write", line, {"product_id": part})
    return part


def begin(company):
    """Return a project of three pumps in force, with what is made and bought for it."""
    pump = made_to_order(company, "P13")
    part = bought_for_it(company, pump)
    promised = f"{date.today() + timedelta(days=60)} 09:00:00"
    order = company.of_type(
        "project", "泵站项目", order_line=goods(pump), commitment_date=promised
    )
    company.confirm(order)
    return order, pump, part


def ask(page, company, order):
    """The customer asks on his phone for five, and another day."""
    action = company.do(SUPERVISOR, "sale.order", "action_preview_sale_order", order)
    page.set_viewport_size(PHONE)
    page.goto(action["url"])
    page.click("#order_change summary")
    page.fill("#order_change input[type=number]", "5")
    page.fill("#order_change input[type=date]", LATER)
    page.fill("#order_change textarea", "二期并入，一起交货")
    page.fill("#order_change input[name=name]", "陈建军")
    page.locator("#order_change").scroll_into_view_if_needed()
    page.screenshot(path=paths.SCREENSHOTS / "change_asked.png")
    page.click("#order_change button[type=submit]")
    page.wait_for_url("**/my/order_documents/**")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    picture(page, "asked_sent")


def take_up(page, company, order):
    """The salesman finds it in the list, promises the day, and submits it."""
    (change,) = company.search(SALESMAN, CHANGE, ("order_id", "=", order))
    promise = {"new_commitment_date": f"{LATER} 09:00:00"}
    company.do(SALESMAN, CHANGE, "write", change, promise)
    page.goto("/odoo/action-order_process_cn.order_change_request_action")
    number = company.order(order, "name")
    page.click(f"tr.o_data_row:has-text('{number}') td[name=display_name]")
    page.wait_for_selector(".o_field_widget[name=asked_text]:has-text('3')")
    reason = company.read(
        SALESMAN,
        "order.change.reason",
        company.ref("order_change_reason_quantity"),
        "name",
    )
    choose(page, "reason_id", reason)
    page.click(".o_form_button_save")
    page.wait_for_selector(".o_form_button_save", state="hidden")
    page.click("a[role=tab][name=effects]")
    page.wait_for_selector(".o_field_widget[name=effect_ids] tr.o_data_row")
    picture(page, "taken_up")
    page.click("button[name=action_review_submit]:visible")
    page.wait_for_selector(f"{PANEL}[data-state=running]")
    return change


def sign(page, company, order, change):
    """Production reads what is old and new, and agrees; the others do as well."""
    assert company.decide(SUPERVISOR, CHANGE, change)  # checked first
    open_waiting(page, company.order(order, "name"))
    page.wait_for_selector("button[name=action_review_agree]:visible")
    picture(page, "signing")
    page.click("button[name=action_review_agree]:visible")
    page.wait_for_selector("button[name=action_review_agree]", state="detached")
    for login in (PLANNER, BUYER):
        company.decide(login, CHANGE, change)
    company.work()
    assert company.read(SALESMAN, CHANGE, change, "state") == "agreed"


def register(page, company, change, tmp_path):
    """The signed agreement F21 comes back; the clerk finds it legible."""
    scan = tmp_path / "F21.pdf"
    scan.write_bytes(b"%PDF-1.4 signed")
    page.reload()
    page.click(".o_form_statusbar button:has-text('登记签回的协议')")
    page.fill(".modal .o_field_widget[name=signed_by] input", "陈建军")
    page.set_input_files(".modal .o_field_widget[name=evidence_ids] input", scan)
    page.wait_for_selector(".modal .o_attachment")
    page.click(".modal footer button[name=action_confirm]")
    page.wait_for_selector(".modal", state="detached")
    said = company.search(CLERK, "order.statement", ("change_id", "=", change))
    company.do(CLERK, "order.statement", "action_accept", said)
    company.work()
    page.reload()
    page.wait_for_selector(STATE.format("applied"))
    page.click("a[role=tab][name=effects]")
    page.wait_for_selector(".o_field_widget[name=effect_ids] tr.o_data_row")
    picture(page, "applied")


def test_from_wish_to_workshop(company, switched_on, open_page, tmp_path):
    company.review_projects(3)  # nobody reviews the project itself
    switched_on("P13")
    order, pump, part = begin(company)
    customer = open_page()
    ask(customer, company, order)
    sales = open_page(SALESMAN)
    change = take_up(sales, company, order)
    sign(open_page(PRODUCER), company, order, change)
    customer.reload()
    customer.wait_for_selector("button[name=answer][value=accept]")
    picture(customer, "waits_for_customer")
    register(sales, company, change, tmp_path)
    customer.reload()
    picture(customer, "told")
    line = company.order(order, "order_line")[0]
    assert company.read(SUPERVISOR, "sale.order.line", line, "product_uom_qty") == 5
    (production,) = company.search(PRODUCER, MADE, ("product_id", "=", pump))
    assert company.read(PRODUCER, MADE, production, "product_qty") == 5
    (wanted,) = company.search(BUYER, "purchase.order.line", ("product_id", "=", part))
    assert company.read(BUYER, "purchase.order.line", wanted, "product_qty") == 5
    workshop = open_page(PRODUCER)
    workshop.goto(f"/odoo/action-mrp.mrp_production_action/{production}")
    workshop.wait_for_selector(".o_field_widget[name=product_qty]:has-text('5')")
    picture(workshop, "production")
