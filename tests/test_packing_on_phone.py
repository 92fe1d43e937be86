"""[SHP-7] [SHP-2] The warehouse on a phone, 390 pixels wide: a difference stops, then
all is right and the goods leave; the carrier is chosen by cost and days."""

import pytest

from devkit import odoo_run, paths

DATABASE = "plain"
PACKER = "packer"
MORE = ".o_statusbar_buttons .o-dropdown, .o_statusbar_buttons .dropdown-toggle"

SETUP = """
from odoo import Command

company = env.company
company.stock_text_confirmation = False  # asked once in each company
env["res.users"].create({
    "name": "Packer", "login": "packer", "password": "packer",
    "email": "packer@example.com", "company_id": company.id,
    "company_ids": [Command.set(company.ids)],
    "group_ids": [Command.set(env.ref("stock.group_stock_user").ids)],
})
env["res.users"].search([]).odoobot_state = "disabled"
kind = env["order.type"].create({
    "name": "Packed", "asks_shipping_release": True, "asks_packing_check": True,
    "shipping_balance": "none",
})
customer = env["res.partner"].create({
    "name": "Water Works", "street": "1 Pump Road", "city": "Ningbo",
    "phone": "0574 1234", "zip": "315000", "country_id": env.ref("base.cn").id,
})
env["delivery.carrier"].search([]).active = False
for name, price, days in (("Lorry", 300, 1), ("Train", 120, 4)):
    product = env["product.product"].create({
        "name": name, "type": "service", "list_price": price,
    })
    carrier = env["delivery.carrier"].create({
        "name": name, "product_id": product.id, "fixed_price": price,
    })
    env["order.carrier.transit"].create({"carrier_id": carrier.id, "days": days})
pump = env["product.product"].create({
    "name": "Pump ISG50", "type": "consu", "list_price": 100.0,
})
order = env["sale.order"].create({
    "partner_id": customer.id,
    "order_type_id": kind.id,
    "order_line": [Command.create({"product_id": pump.id, "product_uom_qty": 5})],
})
order.action_confirm()
release = order.action_request_shipping()["res_id"]
release = env["order.shipping.release"].browse(release)
release.action_request()
release.action_release()
env.cr.commit()
"""


@pytest.fixture(scope="module")
def database(database):
    odoo_run.script(database.name, SETUP, paths.LOGS / "packing.log")
    return database


@pytest.fixture
def phone(open_page):
    page = open_page(PACKER)
    page.set_viewport_size({"width": 390, "height": 844})
    return page


def picture(page, name):
    page.screenshot(path=paths.SCREENSHOTS / f"packing_{name}.png")


def assert_fits(page):
    """Nothing hangs out of the screen to the right."""
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def press(page, name):
    """Press a button of the header, which a phone may keep in a menu."""
    button = page.locator(f"button[name={name}]:visible").first
    if not button.count():
        page.locator(MORE).first.click()
    button.click()


def open_transfer(page, database):
    ((picking,),) = database.query(
        "SELECT id FROM stock_picking WHERE sale_id IS NOT NULL ORDER BY id LIMIT 1"
    )
    page.goto(f"/odoo/action-stock.action_picking_tree_all/{picking}")
    page.wait_for_selector(".o_form_view .oe_title")
    return picking


def state_of(database, picking):
    ((state,),) = database.query(f"SELECT state FROM stock_picking WHERE id={picking}")
    return state


def test_a_difference_then_all_right(phone, database):
    page = phone
    picking = open_transfer(page, database)
    picture(page, "transfer")
    # unchecked it stays
    press(page, "button_validate")
    page.wait_for_selector(".modal:has-text('not packed and checked yet')")
    picture(page, "refused")
    page.click(".modal footer button")
    page.wait_for_selector(".modal", state="detached")

    press(page, "action_check_packing")
    page.wait_for_selector(".modal button[name=action_stop]")
    text = page.inner_text(".modal")
    assert "1 Pump Road" in text and "0574 1234" in text and "Pump ISG50" in text
    assert "100" not in text  # no prices
    for name in ("action_confirm", "action_stop"):
        box = page.locator(f".modal button[name={name}]").bounding_box()
        assert box["width"] > 120 and box["height"] >= 36
    assert_fits(page)
    picture(page, "question")
    page.fill(".modal .o_field_widget[name=remark] textarea", "One is missing")
    page.click(".modal button[name=action_stop]")
    page.wait_for_selector(".modal", state="detached")
    page.wait_for_selector(".alert-danger:visible")
    picture(page, "difference")
    assert state_of(database, picking) == "assigned"

    press(page, "action_check_packing")
    page.wait_for_selector(".modal button[name=action_confirm]")
    page.click(".modal .o_field_widget[name=is_all] input")
    page.click(".modal .o_field_widget[name=is_receiver_right] input")
    picture(page, "counted")
    page.click(".modal button[name=action_confirm]")
    page.wait_for_selector(".modal", state="detached")
    page.wait_for_selector(".alert-danger", state="hidden")

    press(page, "action_choose_carrier")
    page.wait_for_selector(".modal button[name=action_choose] >> nth=0")
    picture(page, "carriers")
    page.click(".modal .o_kanban_record:has-text('Lorry') button[name=action_choose]")
    page.wait_for_selector(".modal", state="detached")

    press(page, "button_validate")
    # a phone shows the state in a button of its own
    done = ".o_arrow_button_current[data-value=done]"
    page.wait_for_selector(done, state="attached")
    assert state_of(database, picking) == "done"
    ((name,),) = database.query(
        "SELECT c.name->>'en_US' FROM stock_picking p JOIN delivery_carrier c"
        f" ON c.id = p.carrier_id WHERE p.id = {picking}"
    )
    assert name == "Lorry"
