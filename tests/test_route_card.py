"""[MFG-6] Route cards of twenty orders are printed at once, and a scanner reads from
the printed picture which operation is meant."""

import pytest
import zxingcpp
from PIL import Image
from steps import plain, run, save_pdf

from devkit import odoo_run, paths, workspace
from devkit.rpc import Session
from devkit.server import OdooServer

REPORT = "order_process_cn.report_f11_route_card"
DPI = 200  # of an office printer, and of a camera that is held near
ORDERS = 20
PREPARE = f"""
from odoo import Command
company = env.ref("order_process_cn.demo_company")
env = env(context={{"allowed_company_ids": company.ids, "lang": "zh_CN"}})
order = env["sale.order"].search(
    [("company_id", "=", company.id), ("effect_state", "=", "effective")], limit=1
)
order.write({{"is_urgent": True, "urgent_reason": "客户停产"}})
productions = env["mrp.production"].create([
    {{
        "product_id": env.ref("order_process_cn.demo_pump_isg50").id,
        "bom_id": env.ref("order_process_cn.demo_bom_isg50").id,
        "product_qty": 3,
        "origin": "CARD",
    }}
    for _number in range({ORDERS})
])
productions[0].reference_ids = [
    Command.create({{"name": "CARD", "sale_ids": [Command.set(order.ids)]}})
]
assert productions.mapped("is_urgent") == [True] + [False] * {ORDERS - 1}
env.ref("base.user_admin").write({{"lang": "zh_CN", "company_id": company.id}})
env.cr.commit()
"""


@pytest.fixture(scope="module")
def prepared(database):
    odoo_run.script(database.name, PREPARE, paths.LOGS / "route-card.log")
    return database


@pytest.fixture(scope="module", params=("patched", "plain"))
def printer(request, prepared):
    if request.param not in workspace.current().wkhtmltopdf:
        pytest.skip(f"there is no {request.param} build of wkhtmltopdf here")
    with OdooServer(prepared, pdf=request.param) as server:
        yield Session(server.url, prepared.name, "admin", None)
    assert not server.problems()


def photograph(file, folder):
    """Return the pages of a PDF as pictures."""
    run("pdftoppm", "-r", DPI, "-png", file, folder / "page")
    return [Image.open(page) for page in sorted(folder.glob("page*.png"))]


def read_codes(page):
    """Return what a scanner reads, without the address behind the QR code."""
    found = zxingcpp.read_barcodes(page, formats=zxingcpp.BarcodeFormat.Code128)
    return [code.text for code in found]


def has_red(page):
    data = page.convert("RGB").resize((200, 280)).tobytes()
    colours = zip(data[::3], data[1::3], data[2::3], strict=True)
    return any(r > 180 and g < 80 and b < 80 for r, g, b in colours)


def test_printed_codes_are_read(printer, prepared, tmp_path):
    rows = prepared.query(
        "SELECT p.id, p.name, 'WO' || w.id FROM mrp_workorder w"
        " JOIN mrp_production p ON p.id = w.production_id WHERE p.origin = 'CARD'"
        " ORDER BY p.id, w.sequence, w.id"
    )
    productions = list(dict.fromkeys(int(row[0]) for row in rows))
    assert len(productions) == ORDERS
    file = tmp_path / "cards.pdf"
    save_pdf(printer, REPORT, productions, file)
    pages = photograph(file, tmp_path)
    texts = [plain(text) for text in run("pdftotext", file, "-").split("\f")[:-1]]
    read, wanted = {}, {}
    for _id, name, code in rows:
        wanted.setdefault(plain(name), []).append(code)
    for page, text in zip(pages, texts, strict=True):
        (name,) = [name for name in wanted if name in text]
        read.setdefault(name, []).extend(read_codes(page))
        assert all(code in text for code in read[name]), "another is printed above"
    assert {n: sorted(codes) for n, codes in read.items()} == {
        n: sorted(codes) for n, codes in wanted.items()
    }
    urgent = [has_red(page) for page in pages]
    assert urgent == [True] + [False] * (len(pages) - 1)
    # a scan of each finds its operation
    name = plain(rows[-1][1])
    found = printer.call(
        "order.work.wizard",
        "onchange",
        [],
        {"code": read[name][0]},
        ["code"],
        {"code": {}, "workorder_id": {"fields": {}}},
    )
    assert f"WO{found['value']['workorder_id']['id']}" == read[name][0]
