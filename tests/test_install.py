"""Installing, upgrading, uninstalling: without a warning, and Odoo goes on working."""

import json

import pytest
from steps import photograph

from devkit import databases, install_log, odoo_run, paths, storage

LOG = paths.LOGS / "install-tests.log"

# an order through sale, manufacturing and stock, as in plain Odoo
SELL = """
from odoo.tests import Form
company = env.company
partner = env["res.partner"].create({"name": "Customer"})
make = env.ref("mrp.route_warehouse0_manufacture")
mto = env.ref("stock.route_warehouse0_mto")
mto.active = True
part = env["product.product"].create({"name": "Part", "is_storable": True})
pump = env["product.product"].create({
    "name": "Pump", "is_storable": True, "list_price": 50,
    "route_ids": [(6, 0, (make | mto).ids)],
})
env["mrp.bom"].create({
    "product_tmpl_id": pump.product_tmpl_id.id,
    "bom_line_ids": [(0, 0, {"product_id": part.id, "product_qty": 2})],
})
order = env["sale.order"].create({
    "partner_id": partner.id,
    "order_line": [(0, 0, {"product_id": pump.id, "product_uom_qty": 3})],
})
order.action_confirm()
assert order.state == "sale" and order.picking_ids, order.state
production = order.mrp_production_ids
assert production.state == "confirmed", production.state
with Form(production) as form:
    form.qty_producing = 3
production.button_mark_done()
assert production.state == "done"
transfer = order.picking_ids
transfer.move_ids.write({"quantity": 3, "picked": True})
transfer.button_validate()
assert transfer.state == "done"
order._create_invoices().action_post()
env.cr.commit()
"""

# confirmed, half delivered, with a production order under way
OLD_ORDERS = (
    SELL
    + """
again = order.copy()
again.action_confirm()
waiting = order.copy()
env.cr.commit()
"""
)

# one order under review and one approved, when the addon is to go
REVIEWED = """
people = env["res.users"].create([
    {"name": name, "login": name, "email": f"{name}@example.com"}
    for name in ("one", "two")
])
env["order.department"].search([]).write({
    "member_ids": [(6, 0, people.ids)], "head_id": people[0].id,
})
env["order.entry.rule"].search([]).active = False
route = env.ref("order_process_cn.order_review_route_two_step")
route.write({"active": True, "order_type_ids": [(5,)]})
product = env["product.product"].create({"name": "Thing", "type": "consu"})
orders = env["sale.order"].create([
    {
        "partner_id": env["res.partner"].search([], limit=1).id,
        "client_order_ref": ref,
        "order_line": [(0, 0, {"product_id": product.id})],
    }
    for ref in ("under review", "approved")
])
orders.action_review_submit()
while tasks := orders[1].with_user(people[0])._my_open_tasks():
    tasks.action_sign("agree", orders[1].review_id.digest)
assert orders.mapped("review_state") == ["running", "approved"]
orders[1].action_confirm()
# somebody has printed it
orders[1]._issue_form("F05")
env.cr.commit()
"""

# afterwards the order under review is an ordinary quotation
WITHOUT_US = """
order = env["sale.order"].search([("client_order_ref", "=", "under review")])
order.action_confirm()
assert order.state == "sale"
env.cr.commit()
"""

UNINSTALL = """
module = env["ir.module.module"].search([("name", "=", "order_process_cn")])
module.button_immediate_uninstall()
"""

# columns and tables the addon must leave to plain Odoo as they were
KEPT = {
    "sale_order": "id, state, amount_total, date_order, invoice_status, write_date",
    "sale_order_line": "id, product_uom_qty, qty_delivered, price_total, write_date",
    "stock_picking": "id, state, write_date",
    "stock_move": "id, state, product_uom_qty, quantity, write_date",
    "mrp_production": "id, state, product_qty, write_date",
    "account_move": "id, state, amount_total, payment_state",
}


def installed(database):
    rows = database.query(
        f"SELECT state FROM ir_module_module WHERE name = '{paths.ADDON}'"
    )
    return rows == [["installed"]]


def without_warning(act, *arguments):
    """Run Odoo to its end; nothing in its log may be a warning or worse."""
    start = LOG.stat().st_size if LOG.exists() else 0
    act(*arguments, LOG)
    install_log.check(LOG, start, strict=True)


def leftovers(database):
    """Return the tables, columns and data of the addon that are still there."""
    tables = database.query(
        "SELECT table_name FROM information_schema.tables "
        "WHERE table_schema = 'public' AND table_name LIKE 'order\\_%'"
    )
    columns = database.query(
        "SELECT table_name, column_name FROM information_schema.columns WHERE "
        "column_name IN ('review_id', 'review_state', 'effect_state', 'order_type_id')"
    )
    data = database.query(
        f"SELECT model, name FROM ir_model_data WHERE module = '{paths.ADDON}'"
    )
    # a button of the Print menu that would fail
    reports = database.query(
        "SELECT 'report', report_name FROM ir_act_report_xml "
        f"WHERE report_name LIKE '{paths.ADDON}.%'"
    )
    return tables + columns + data + reports


def columns_of(database):
    """Return what every table has, as its definition says."""
    return database.query(
        "SELECT table_name, column_name, data_type, is_nullable "
        "FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2"
    )


@pytest.mark.slow
def test_empty_database():
    """With all its dependencies, into a database that has nothing yet."""
    database = storage.Database(databases.run_name("empty"))
    storage.create_empty(database.name)
    with database:
        without_warning(odoo_run.install, database.name, [paths.ADDON])
        assert installed(database)


@pytest.mark.slow
@pytest.mark.parametrize("flavour", ["plain", "demo"])
def test_upgrade(flavour):
    with databases.clone(flavour, "upgrade") as database:
        without_warning(odoo_run.upgrade, database.name, [paths.ADDON])
        assert installed(database)


@pytest.mark.slow
def test_uninstall_and_install_again():
    """Nothing stays behind, orders go their way; and when it comes to orders, transfers
    and production orders that are there, it touches none."""
    with databases.clone("plain", "uninstall") as database:
        odoo_run.script(database.name, SELL + REVIEWED, LOG)
        before = photograph(database, KEPT)
        # its log is not looked at: Odoo tries to delete one by one what is referenced
        odoo_run.script(database.name, UNINSTALL, LOG)
        assert not installed(database)
        assert not leftovers(database), json.dumps(leftovers(database))[:2000]
        assert photograph(database, KEPT) == before
        # from here on it is a company of Odoo's that never had the addon
        with databases.clone("core", "never_had_it") as other:
            assert columns_of(database) == columns_of(other)
        odoo_run.script(database.name, WITHOUT_US + OLD_ORDERS, LOG)
        before = photograph(database, KEPT)
        without_warning(odoo_run.install, database.name, [paths.ADDON])
        assert installed(database)
        assert photograph(database, KEPT) == before
        empty = database.query(
            "SELECT count(*) FROM sale_order WHERE review_id IS NOT NULL "
            "OR effect_state IS NOT NULL OR order_type_id IS NOT NULL"
        )
        assert empty == [["0"]]
        odoo_run.script(database.name, SELL, LOG)
