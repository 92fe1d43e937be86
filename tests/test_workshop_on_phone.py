"""[MFG-6] The workshop on a phone, 390 pixels wide: a card is scanned, pieces are
reported, and a scan that is refused says why."""

import pytest

from devkit import odoo_run, paths

DATABASE = "plain"
HAND = "hand"

SETUP = """
from odoo import Command

company = env.company
env["res.users"].create({
    "name": "Hand", "login": "hand", "password": "hand", "email": "hand@example.com",
    "company_id": company.id, "company_ids": [Command.set(company.ids)],
    "group_ids": [Command.set(env.ref("mrp.group_mrp_user").ids)],
})
env["res.users"].search([]).odoobot_state = "disabled"
env["resource.resource"].create({
    "name": "Old Chen", "resource_type": "user", "badge_code": "B-007",
    "company_id": company.id,
})
workcenter = env["mrp.workcenter"].create({"name": "Lathe", "company_id": company.id})
pump = env["product.product"].create({"name": "Pump ISG50", "type": "consu"})
bom = env["mrp.bom"].create({
    "product_tmpl_id": pump.product_tmpl_id.id,
    "operation_ids": [
        Command.create({"name": name, "workcenter_id": workcenter.id})
        for name in ("Turn", "Assemble")
    ],
})
env["mrp.production"].create({
    "product_id": pump.id, "bom_id": bom.id, "product_qty": 4,
}).action_confirm()
env.cr.commit()
"""


@pytest.fixture(scope="module")
def database(database):
    odoo_run.script(database.name, SETUP, paths.LOGS / "workshop.log")
    return database


def picture(page, name):
    page.screenshot(path=paths.SCREENSHOTS / f"workshop_{name}.png", full_page=True)


def scan(page, code):
    box = page.locator(".o_field_widget[name=code] input")
    box.fill(code)
    box.press("Enter")
    box.press("Tab")


def test_scan_and_report(open_page, database):
    (turn,), (assemble,) = database.query("SELECT id FROM mrp_workorder ORDER BY id")
    page = open_page(HAND)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/odoo/report-work")
    page.wait_for_selector(".o_field_widget[name=code] input")
    # nothing has come in there yet
    scan(page, f"WO{assemble}")
    page.wait_for_selector(".alert-danger:has-text('nothing is left')")
    assert not page.locator("button[name=action_report]").is_visible()
    picture(page, "refused")

    scan(page, "B-007")
    scan(page, f"WO{turn}")
    page.wait_for_selector(".o_field_widget[name=workorder_id]:has-text('Turn')")
    page.wait_for_selector("button[name=action_report]:visible")
    text = page.inner_text(".o_form_view")
    assert "Pump ISG50" in text and "Lathe" in text
    page.click(".o_field_widget[name=is_all] input")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    box = page.locator("button[name=action_report]").bounding_box()
    assert box["width"] > 200 and box["height"] >= 40
    picture(page, "entered")
    page.click("button[name=action_report]")
    page.wait_for_selector(".alert-success:has-text('Old Chen')")
    picture(page, "reported")
    done = "SELECT qty_produced, state FROM mrp_workorder WHERE id = %s"
    ((quantity, state),) = database.query(done % turn)
    assert (float(quantity), state) == (4, "done")
