"""[FRM-1] Every printed form becomes a PDF, with each build of wkhtmltopdf."""

import ast
import re
import xml.etree.ElementTree as ET

import pytest
from steps import plain, read_pdf, run, save_pdf

from devkit import odoo_run, paths, workspace
from devkit.rpc import Session
from devkit.server import OdooServer

BUILDS = ("patched", "plain")
MM = 72 / 25.4  # points of a PDF
PAPERS = {"A4": (210, 297), "A5": (148, 210)}

# two of everything that the demo has no records of
PREPARE = """
company = env.ref("order_process_cn.demo_company")
env = env(context={"allowed_company_ids": company.ids, "lang": "zh_CN"})
orders = env["sale.order"].search([("company_id", "=", company.id)], limit=2)
env["mrp.production"].create([
    {
        "product_id": env.ref("order_process_cn.demo_pump_isg50").id,
        "bom_id": env.ref("order_process_cn.demo_bom_isg50").id,
        "product_qty": quantity,
    }
    for quantity in (2, 3)
])
env["order.issue.batch"].create([
    {
        "name": f"下发/{order.name}",
        "company_id": company.id,
        "user_id": env.uid,
        "line_ids": [(0, 0, {"order_id": order.id})],
    }
    for order in orders
])
env["order.shipping.release"].create([{"order_id": order.id} for order in orders])
# nobody has to review these: two deliveries, to two customers
for customer in ("chemical", "water"):
    env["sale.order"].create({
        "partner_id": env.ref(f"order_process_cn.demo_customer_{customer}").id,
        "order_type_id": env.ref("order_process_cn.order_type_project").id,
        "order_channel_id": env.ref("order_process_cn.order_channel_email").id,
        "payment_term_id": env.ref("order_process_cn.demo_terms_prepaid").id,
        "packing_requirements": "木箱包装",
        "wanted_date": "2030-05-20",
        "order_line": [(0, 0, {
            "product_id": env.ref("order_process_cn.demo_pump_ih65").id,
            "product_uom_qty": 2,
        })],
    }).action_confirm()
env["order.shipment.plan"].create([
    {
        "date_from": f"2030-12-0{day}",
        "line_ids": [(0, 0, {
            "date": f"2030-12-0{day}",
            "order_line_id": orders[0].order_line[0].id,
            "quantity": 1,
        })],
    }
    for day in (2, 3)
])
inspections = env["order.inspection"].create([
    {
        "kind": "incoming",
        "company_id": company.id,
        "product_id": env.ref("order_process_cn.demo_part_casing").id,
        "partner_name": vendor,
        "quantity": 5,
        "line_ids": [(0, 0, {"name": "外观", "kind": "pass", "verdict": "pass"})],
    }
    for vendor in ("常州铸诚", "无锡铸造")
])
env["order.receipt.notice"].create([
    {"company_id": company.id, "inspection_id": inspection.id, "quantity": 5}
    for inspection in inspections
])
env["order.service.case"].create([
    {
        "order_id": env.ref("order_process_cn.demo_order_returning").id,
        "kind": "complaint",
        "description": words,
    }
    for words in ("到货比约定晚两天。", "包装箱破损。")
])
productions = env["mrp.production"].search([("company_id", "=", company.id)], limit=2)
env["order.production.plan"].create([
    {
        "date_from": f"2031-01-0{day}",
        "line_ids": [(0, 0, {"production_id": production.id})],
    }
    for day, production in enumerate(productions, start=1)
])
env["order.purchase.request"].create([
    {
        "company_id": company.id,
        "warehouse_id": env.ref("order_process_cn.demo_warehouse").id,
        "line_ids": [(0, 0, {
            "product_id": env.ref("order_process_cn.demo_part_casing").id,
            "quantity": day,
        })],
    }
    for day in (5, 6)
])
env["order.demand.plan"].create([
    {
        "company_id": company.id,
        "team_id": env.ref("order_process_cn.demo_team_east").id,
        "kind": "month",
        "date_from": f"2031-0{month}-01",
        "line_ids": [(0, 0, {
            "product_id": env.ref("order_process_cn.demo_pump_isg50").id,
            "quantity": month,
        })],
    }
    for month in (5, 6)
])
env["order.drawing.set"].create([
    {
        "product_id": env.ref("order_process_cn.demo_pump_isg50").id,
        "company_id": company.id,
        "sheet_ids": [(0, 0, {"number": f"KT-50-0{day}"})],
    }
    for day in (5, 6)
])
env["order.daily.report"].create([
    {"date": f"2026-01-0{day}", "company_id": company.id} for day in (5, 6)
])
role = env.ref("order_process_cn.order_score_role_sales")
sheets = env["order.score.sheet"].sudo()
sheets.create([
    sheets._prepare(
        role, env.user, company, f"2030-0{month}-01", f"2030-0{month}-28",
        sheets._prepare_lines(role),
    )
    for month in (1, 2)
])
env["order.ledger.sheet"].sudo().create([
    {
        "company_id": company.id,
        "date_from": f"2030-0{month}-01",
        "date_to": f"2030-0{month}-28",
    }
    for month in (1, 2)
])
for form in env["order.form"].search([]):
    form.number = f"F-TEST-{form.code}"
env.ref("base.user_admin").write({"lang": "zh_CN", "company_id": company.id})
env.cr.commit()
"""


def codes():
    """Return the codes of the forms that the addon ships."""
    found = [
        record.findtext("field[@name='code']")
        for file in (paths.ADDON_DIR / "data").rglob("*.xml")
        for record in ET.parse(file).iter("record")
        if record.get("model") == "order.form"
    ]
    return sorted(code for code in found if code)


@pytest.fixture(scope="module")
def prepared(database):
    odoo_run.script(database.name, PREPARE, paths.LOGS / "forms-pdf.log")
    return database


@pytest.fixture(scope="module", params=BUILDS)
def printer(request, prepared):
    """Somebody who may print everything, on a server with this build."""
    if request.param not in workspace.current().wkhtmltopdf:
        pytest.skip(f"there is no {request.param} build of wkhtmltopdf here")
    with OdooServer(prepared, pdf=request.param) as server:
        yield Session(server.url, prepared.name, "admin", None)
    assert not server.problems()


def read_form(session, code):
    """Return the form, its report and two records to print, of those that it is offered
    for as far as there are two."""
    (form,) = session.call(
        "order.form",
        "search_read",
        [("code", "=", code)],
        ["name", "number", "report_id", "paperformat_id"],
    )
    report = session.call(
        "ir.actions.report",
        "read",
        [form["report_id"][0]],
        ["model", "report_name", "paperformat_id", "domain"],
    )[0]
    # its own, where an administrator has chosen one
    form["paperformat_id"] = form["paperformat_id"] or report["paperformat_id"]
    printed = ast.literal_eval(report["domain"] or "[]")
    records = [
        record
        for domain in (printed, [("id", "!=", 0)])
        for record in session.call(
            report["model"], "search", domain, order="id desc", limit=2
        )
    ]
    records = list(dict.fromkeys(records))[:2]
    assert len(records) == 2, f"prepare two records of {report['model']}"
    return form, report, records


def paper_size(session, form):
    """Return the size the paper should have, in points."""
    paper = session.call(
        "report.paperformat",
        "read",
        [form["paperformat_id"][0]],
        ["format", "page_width", "page_height", "orientation"],
    )[0]
    size = PAPERS.get(paper["format"]) or (paper["page_width"], paper["page_height"])
    if paper["orientation"] == "Landscape":
        size = size[::-1]
    return [length * MM for length in size]


def print_pdf(session, report, records, folder):
    """Return the text of the PDF, see :func:`plain`, and the size of its pages."""
    file = folder / "form.pdf"
    save_pdf(session, report["report_name"], records, file)
    info = run("pdfinfo", file)
    size = re.search(r"Page size:\s+([\d.]+) x ([\d.]+)", info)
    return read_pdf(file), [*map(float, size.groups())]


def count_sheets(session, report, record):
    """Return how many sheets a record has, without making a PDF of them."""
    status, html = session.get(f"/report/html/{report['report_name']}/{record}")
    assert status == 200, html[:2000]
    return html.decode().count("page o_order_form ")


@pytest.mark.parametrize("code", codes())
def test_form(printer, tmp_path, code):
    """One alone, and two of them in one file: each has its sheets."""
    form, report, records = read_form(printer, code)
    number = form["number"]
    text, size = print_pdf(printer, report, records[:1], tmp_path)
    assert number == f"F-TEST-{code}" and number in text
    assert plain(form["name"]) in text
    wanted = paper_size(printer, form)
    assert all(
        abs(is_ - be) < 2 for is_, be in zip(sorted(size), sorted(wanted), strict=True)
    )
    sheets = [count_sheets(printer, report, record) for record in records]
    assert all(sheets) and text.count(number) == sheets[0]
    both, size_of_both = print_pdf(printer, report, records, tmp_path)
    assert both.count(number) == sum(sheets) and size_of_both == size
    for name in names_of(printer, report, records):
        assert plain(name) in both


def names_of(session, report, records):
    """Return the numbers by which the records are known on paper."""
    fields = {"order.review": "document_name", "order.drawing.set": "name"}
    field = fields.get(report["model"], "display_name")
    found = session.call(report["model"], "read", records, [field])
    return [record[field] for record in found]


def test_no_form_is_left_out(printer):
    found = printer.call("order.form", "search_read", [], ["code"])
    assert sorted(form["code"] for form in found) == codes()
