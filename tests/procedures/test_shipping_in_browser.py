"""[PRC-5] [SHP-1] [SHP-3] [SHP-4] [SHP-6] P28 steps 13 to 18, P27 with payment on
handover, P08 with its delivery note F-3L032-1 and web orders of P05, in the standard
web client: asked for by sales, released by finance, shipped by the warehouse,
announced, received and collected."""

from datetime import date, timedelta

from company import (
    CLERK,
    FINANCE,
    GENERAL_MANAGER,
    PLANNER,
    PRODUCER,
    SALESMAN,
    SUPERVISOR,
    SYSTEM,
    WAREHOUSE,
)
from making import receive_papers
from screens import print_paper
from selling import pack
from steps import draw_signature
from test_p08_order_operation import PLAN, hand_over_plan

from devkit import paths

ASKS = ("button[name=action_request]", "button[name=action_review_submit]")
DONE = ".o_arrow_button_current[data-value=done]"


def picture(page, name):
    page.screenshot(path=paths.SCREENSHOTS / f"shipping_{name}.png")


def pays_on_handover(company):
    """Return whose order it is, and that he pays when he gets the goods."""
    (terms,) = company.as_(SYSTEM).call(
        "account.payment.term",
        "create",
        [{"name": "货到付款", "settlement": "on_delivery"}],
    )
    customer = company.ref("demo_customer_chemical")
    return {"payment_term_id": terms, "partner_id": customer}


def begin(company):
    """Return an order of P28 that is made and in stock: steps 1 to 12. Where goods
    leave by contract nobody is asked: finance signs for the others."""
    order = company.approved(**pays_on_handover(company))
    company.comes_back(order, "returned")
    company.confirm(order)
    company.state_in_writing(order)
    assert receive_papers(company, PRODUCER, order)
    company.stock()
    (transfer,) = company.transfers(order)
    company.do(WAREHOUSE, "stock.picking", "action_assign", transfer)
    return order, transfer


def request(page, order):
    """Sales asks finance for the release, from the order."""
    page.goto(f"/odoo/sales/{order}")
    page.click("button[name=action_request_shipping]:visible")
    page.wait_for_selector(".o_field_widget[name=line_ids] tr.o_data_row")
    page.click(
        "button[name=action_request]:visible, button[name=action_review_submit]:visible"
    )
    page.wait_for_selector(
        ".o_arrow_button_current[data-value=requested], "
        ".o_arrow_button_current[data-value=released]"
    )
    picture(page, "requested")


def release(page, company, order):
    """Finance finds it on the desk and signs it."""
    (found,) = company.search(
        FINANCE, "order.shipping.release", ("order_id", "=", order)
    )
    name = company.read(FINANCE, "order.shipping.release", found, "display_name")
    page.goto("/odoo/my-signatures")
    page.click(f"tr.o_data_row:has-text('{name}') td[name=document_name]")
    page.click("button[name=action_review_agree]:visible")
    page.wait_for_selector("button[name=action_review_agree]", state="detached")
    picture(page, "released")
    company.work()
    return found


def open_desk(page, entry):
    """Open an entry of the shipping desk by its menu."""
    page.goto("/odoo/my-signatures")
    page.click(".o_menu_sections button[data-menu-xmlid$=order_menu_shipping_desk]")
    page.click(f".o-dropdown--menu [data-menu-xmlid$={entry}]")


def ship(page, company, number, transfer):
    """The warehouse ships what is ready, and says by which lorry it goes."""
    open_desk(page, "order_menu_shipping_releases")
    page.click("tr.o_group_header:has-text('就绪')")
    page.wait_for_selector(f"tr.o_data_row:has-text('{number}')")
    picture(page, "desk")
    page.locator(f"tr.o_data_row:has-text('{number}') .o_list_record_selector").click()
    page.click("button[name=action_ship]:visible")
    page.wait_for_selector(".o_form_view .o_field_widget[name=count_total]")
    company.work()
    assert company.read(WAREHOUSE, "stock.picking", transfer, "state") == "done"
    open_desk(page, "order_menu_deliveries_under_way")
    page.click(f"tr.o_data_row:has-text('{number}') td[name=name]")
    page.wait_for_selector(DONE)
    page.click("a[role=tab][name=extra]")
    page.fill(".o_field_widget[name=vehicle_plate] input", "沪A·3F862")
    page.click(".o_form_button_save")
    page.wait_for_selector(".o_form_button_save", state="hidden")
    expect(company, transfer)


def expect(company, transfer):
    """The warehouse says when the goods will arrive: tomorrow."""
    arrival = f"{date.today() + timedelta(days=1)} 08:00:00"
    values = {"expected_arrival": arrival}
    company.do(WAREHOUSE, "stock.picking", "write", transfer, values)


def announce(page, company, order, transfer, way):
    """Sales mails the shipping notice before the goods arrive."""
    page.goto(f"/odoo/action-stock.action_picking_tree_all/{transfer}")
    page.click("button[name=action_notify_customer]:visible")
    page.wait_for_selector(".modal .o_mail_composer_form, .modal .o_form_view")
    picture(page, "notice")
    page.click(".modal footer button[name=action_send_mail]")
    page.wait_for_selector(".modal", state="detached")
    assert company.read(SALESMAN, "stock.picking", transfer, "notified_on")
    notice = company.paper(SALESMAN, "report_f19_shipping_notice", transfer)
    assert way in notice and company.order(order, "name") in notice


def find_card(page, transfer):
    """The driver finds a delivery on his phone, with whom to call."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/odoo/action-order_process_cn.stock_picking_action_desk")
    card = page.locator(f".o_kanban_record:has-text('{transfer}')")
    card.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert card.locator("a[href^='tel:']").count() == 1
    picture(page, "on_phone")
    return card


def receive(page, card, collected=None):
    """He has the customer sign, and notes what he was paid."""
    card.locator("button[name=action_register_receipt]").click()
    page.fill(".modal .o_field_widget[name=received_by] input", "刘工")
    if collected:
        page.fill(".modal .o_field_widget[name=collected_amount] input", str(collected))
    draw_signature(page)
    page.click(".modal footer button[name=action_confirm]")
    page.wait_for_selector(".modal", state="detached")
    card.wait_for(state="detached")


def test_from_release_to_receipt(company, switched_on, open_page):
    """[SHP-1] nothing leaves before finance has signed; the desk leads from one to the
    next, and the receipt is the end of it."""
    switched_on("P28")
    order, transfer = begin(company)
    number = company.order(order, "name")
    company.refused("放行", WAREHOUSE, "stock.picking", "button_validate", transfer)
    request(open_page(SALESMAN), order)
    release(open_page(FINANCE), company, order)
    ship(open_page(WAREHOUSE), company, number, transfer)
    announce(open_page(SALESMAN), company, order, transfer, "沪A·3F862")
    note = company.paper(WAREHOUSE, "report_f18_delivery_note", transfer)
    assert number in note
    name = company.read(WAREHOUSE, "stock.picking", transfer, "name")
    page = open_page(WAREHOUSE)
    receive(page, find_card(page, name))
    company.work()
    assert company.order(order, "progress") == "received"
    (receipt,) = company.read(CLERK, "stock.picking", transfer, "receipt_ids")
    paper = company.paper(CLERK, "report_f20_delivery_receipt", transfer)
    assert number in paper
    assert (
        company.read(CLERK, "order.delivery.receipt", receipt, "received_by") == "刘工"
    )


def test_payment_on_handover(company, switched_on, open_page):
    """[SHP-6] nothing leaves before the customer knows what to pay; the driver sees it
    and notes what he got, and finance is asked to register it."""
    switched_on("P27")
    kind = company.ref("order_type_aftersales")
    announce = {"announces_payment": True}
    company.as_(SYSTEM).call("order.type", "write", [kind], announce)
    order = company.of_type(
        "aftersales",
        "售后补件",
        **pays_on_handover(company),
    )
    company.submit(order, SUPERVISOR)
    company.sign(order, GENERAL_MANAGER)
    company.confirm(order)
    company.stock()
    (transfer,) = company.transfers(order)
    company.do(WAREHOUSE, "stock.picking", "action_assign", transfer)
    page = open_page(SALESMAN)
    request(page, order)
    page.click("button[name=action_announce_payment]:visible")
    page.wait_for_selector("button[name=action_announce_payment]", state="detached")
    release(open_page(FINANCE), company, order)
    company.ship(order)
    total = company.order(order, "amount_total")
    name = company.read(WAREHOUSE, "stock.picking", transfer, "name")
    page = open_page(WAREHOUSE)
    card = find_card(page, name)
    assert f"{total:,.2f}" in card.inner_text()
    receive(page, card, total)
    company.work()
    (receipt,) = company.read(CLERK, "stock.picking", transfer, "receipt_ids")
    noted = company.read(
        CLERK, "order.delivery.receipt", receipt, "collected_amount", "received_by"
    )
    assert noted["collected_amount"] == total
    todos = company.search(
        FINANCE,
        "mail.activity",
        ("res_model", "=", "sale.order"),
        ("res_id", "=", order),
        ("user_id.login", "=", FINANCE),
    )
    assert todos


def acknowledge(page, plan):
    """The warehouse confirms that it has the shipment plan."""
    page.goto("/odoo/action-order_process_cn.order_form_issue_action")
    row = page.locator(f"tr.o_data_row:has-text('{plan}')").first
    row.wait_for()
    picture(page, "p08_plan")
    row.locator("button[name=action_acknowledge]").click()
    page.wait_for_function(
        "name => ![...document.querySelectorAll('tr.o_data_row')]"
        ".some(row => row.innerText.includes(name))",
        arg=plan,
    )


def open_transfer(page, transfer):
    page.goto(f"/odoo/action-stock.action_picking_tree_all/{transfer}")
    page.wait_for_selector(".o_form_view .o_field_widget[name=move_ids]")


def send_off(page, transfer, name, **values):
    """The warehouse validates a delivery and says how it goes."""
    open_transfer(page, transfer)
    page.click("button[name=button_validate]:visible")
    page.wait_for_selector(DONE)
    page.click("a[role=tab][name=extra]")
    for field, value in values.items():
        page.fill(f".o_field_widget[name={field}] input", value)
    picture(page, name)
    page.click(".o_form_button_save")
    page.wait_for_selector(".o_form_button_save", state="hidden")


def test_delivery_note_of_order_operation(company, switched_on, open_page, tmp_path):
    """[SHP-3] [PLN-4] P08 4.4: the warehouse has the shipment plan of sales and sends
    the goods; sales compares the note F-3L032-1 with the order, and tells the
    customer; it comes back signed."""
    switched_on("P08")
    promised = f"{date.today() + timedelta(days=20)} 04:00:00"
    order = company.approved(commitment_date=promised)
    company.comes_back(order, "returned")
    company.confirm(order)
    company.stock()
    number = company.order(order, "name")
    plan = hand_over_plan(company, number)
    (transfer,) = company.transfers(order)
    company.do(WAREHOUSE, "stock.picking", "action_assign", transfer)
    page = open_page(WAREHOUSE)
    acknowledge(page, company.read(SUPERVISOR, PLAN, plan, "display_name"))
    assert receive_papers(company, PLANNER, plan, PLAN)
    assert "吴勇" in company.read(SUPERVISOR, PLAN, plan, "acknowledged_by")
    send_off(page, transfer, "p08_sent", vehicle_plate="浙B·8K221")
    expect(company, transfer)
    sales = open_page(SALESMAN)
    open_transfer(sales, transfer)
    note = print_paper(sales, "送货单", tmp_path)
    assert "F-3L032-1" in note and number in note and "浙B·8K221" in note
    announce(sales, company, order, transfer, "浙B·8K221")
    name = company.read(WAREHOUSE, "stock.picking", transfer, "name")
    receive(page, find_card(page, name))
    company.work()
    assert company.order(order, "progress") == "received"


def test_web_order(company, switched_on, open_page, tmp_path):
    """[SHP-3] [SHP-4] P05: the merchant confirms a web order; it is sent with a note
    without prices and a tracking number that the customer finds on the page of his
    order; he confirms what he received, and the order is finished."""
    switched_on("P05")
    order = company.of_type("web", "网店订单")
    company.submit(order, SUPERVISOR)
    company.sign(order, SALESMAN)
    sales = open_page(SUPERVISOR)
    sales.goto(f"/odoo/sales/{order}")
    sales.click("button[name=action_confirm]:visible")
    sales.wait_for_selector(".o_arrow_button_current[data-value=sale]")
    picture(sales, "p05_order")
    company.stock()
    (transfer,) = company.transfers(order)
    company.do(WAREHOUSE, "stock.picking", "action_assign", transfer)
    pack(company, transfer, 3)
    page = open_page(WAREHOUSE)
    send_off(page, transfer, "p05_sent", carrier_tracking_ref="SF1420077")
    note = print_paper(page, "销售发货单", tmp_path)
    total = f"{company.order(order, 'amount_total'):,.2f}"
    assert company.order(order, "name") in note and total not in note
    expect(company, transfer)
    announce(sales, company, order, transfer, "SF1420077")
    company.work()
    customer = open_page()
    customer.goto(
        company.do(SUPERVISOR, "sale.order", "action_preview_sale_order", order)["url"]
    )
    delivery = customer.locator("#order_deliveries")
    assert "SF1420077" in delivery.inner_text()
    delivery.locator("summary").first.click()
    delivery.scroll_into_view_if_needed()
    picture(customer, "p05_customer")
    delivery.locator("input[name=name]").first.fill("周女士")
    delivery.locator("button[type=submit]").first.click()
    customer.wait_for_selector("#order_deliveries .text-bg-success")
    picture(customer, "p05_received")
    company.work()
    assert company.order(order, "closed_on")
    sales.goto(f"/odoo/sales/{order}")
    sales.wait_for_selector(".o_field_widget[name=closed_on], .o_form_view")
    picture(sales, "p05_closed")
