"""[FRM-1] Every paper, short, long and very long, with each renderer, in each language:
no sheet runs over, and each says what it is, which copy and which page."""

import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from functools import cache

import pytest
from steps import plain, run, save_pdf

from devkit import odoo_run, paths, workspace
from devkit.rpc import Session
from devkit.server import OdooServer

BUILDS = ("patched", "plain")
# page and copy, each of how many, as the foot of a sheet says
PAGE, COPY = re.compile(r"码(\d+)/(\d+)"), re.compile(r"联次(\d+)/(\d+)")
SIZES = {"one": 1, "long": 16, "many": 300}
# the report of each paper and the model it is printed for
PAPERS = {
    "F01": "report_f01_order_confirmation",
    "F02": "report_f02_configuration_sheet",
    "F03": "report_f03_review_sheet",
    "F04": "report_f04_urgent_order",
    "F05": "report_f05_production_instruction",
    "F07": "report_f07_work_order",
    "F08": "report_f08_purchase_request",
    "F09": "report_f09_subcontracting_plan",
    "F10": "report_f10_drawing_handover",
    "F12": "report_f12_inspection",
    "F06": "report_f06_production_plan",
    "F11": "report_f11_route_card",
    "F13": "report_f13_receipt_notice",
    "F14": "report_f14_release_list",
    "F16": "report_f16_balance_reminder",
    "F17": "report_f17_shipping_release",
    "F18": "report_f18_delivery_note",
    "F18B": "report_f18b_dispatch_note",
    "F19": "report_f19_shipping_notice",
    "F20": "report_f20_delivery_receipt",
    "F21": "report_f21_order_change",
    "F22": "report_f22_product_modification",
    "F23": "report_f23_written_confirmation",
    "F27": "report_f27_sample_list",
    "F28": "report_f28_accessory_list",
    "F29": "report_f29_order_sheet",
    "F26": "report_f26_service_case",
    "F26B": "report_f26b_complaint",
    "F30": "report_f30_settlement_statement",
    "F31": "report_f31_daily_report",
    "F32": "report_f32_return_note",
    "F15": "report_f15_demand_plan",
    "F33": "report_f33_shipment_plan",
}
# documents of each size, and papers in each language
PREPARE = """
import itertools

from odoo import Command
company = env.ref("order_process_cn.demo_company")
admin = env.ref("base.user_admin")
admin.write({
    "lang": "en_US", "tz": False, "company_id": company.id,
    "company_ids": [Command.link(company.id)],
})
env = env(user=admin.id, context={"allowed_company_ids": company.ids, "lang": "zh_CN"})
name = "立式多级离心泵配变频控制柜及远程监测模块（含安装底座、减震垫与法兰）"
product = env.ref("order_process_cn.demo_pump_isg50")
products = {
    "one": product,
    "long": product.copy({
        "name": name, "specification": "DN50-DN150 PN16 380V/50Hz " * 4,
    }),
    "many": product.copy({"name": name, "specification": "DN50"}),
}
customers = {
    lang: env["res.partner"].create({
        "name": f"临时客户 {lang}", "phone": "021-5555", "street": "泵路 1 号",
        "lang": lang,
        "child_ids": [Command.create({"name": "王经理", "phone": "021-6666"})],
    })
    for lang in ("zh_CN", "en_US", False)
}
customers[False].lang = False
component = env.ref("order_process_cn.demo_bom_isg50").bom_line_ids[:1].product_id
made = {}
listed = False
workcenter = env["mrp.workcenter"].create({
    "name": "精加工车间三号卧式加工中心", "company_id": company.id,
})

turn = itertools.count()

# what a line says: little or much, of three hundred lines much in every tenth
def words(text, times):
    is_long = size == "long" or size == "many" and next(turn) %% 10 == 0
    return text * (times if is_long else 1)

def order_of(size, count, lang):
    return env["sale.order"].create({
        "name": f"PAPER-{size}-{lang}",
        "partner_id": customers[lang].id,
        "user_id": env.ref("order_process_cn.demo_user_salesman").id,
        "order_channel_id": env.ref("order_process_cn.order_channel_email").id,
        "payment_term_id": env.ref("order_process_cn.demo_terms_monthly").id,
        "wanted_date": "2030-05-20",
        "packing_requirements": "木箱包装，" * (1 if size == "one" else 200),
        "order_line": [
            Command.create({
                "product_id": products[size].id,
                "product_uom_qty": 1000000 if at == 0 else 123456.78,
                "price_unit": 17.5,
            })
            for at in range(count)
        ],
    })

for size, count in %(sizes)r.items():
    languages = customers if size == "one" else ["zh_CN"]
    orders = {lang: order_of(size, count, lang) for lang in languages}
    order = orders["zh_CN"]
    order.write({"is_urgent": True, "urgent_reason": "客户停产，" * 300})
    if size == "many":
        # each of the team has a copy of his own, see only_one_copy
        order.urgent_member_ids[1:].sudo().unlink()
    env["order.configuration.row"].create([
        {"order_line_id": line.id, "name": "叶轮", "value": words("不锈钢，", 20)}
        for line in order.order_line
    ])
    order.write({
        "sample_ids": [
            Command.create({
                "name": "空壳样机", "quantity": 1000000,
                "configuration": words("不锈钢，", 20),
            })
            for at in range(count)
        ],
        "accessory_ids": [
            Command.create({
                "name": "法兰", "quantity": 1000000,
                "packing_way": words("不锈钢，", 20),
            })
            for at in range(count)
        ],
    })
    order.action_review_submit()
    for at in range(count // 4):
        order.review_id.action_comment(words("请各部门注意交期。", 60))
        order.review_id.sudo()._note("transfer", words("请各部门注意交期。", 60))
    production = env["mrp.production"].create({
        "product_id": product.id, "product_qty": 1000000,
        "bom_id": env.ref("order_process_cn.demo_bom_isg50").id,
    })
    if not production.workorder_ids or count > 1:
        production.write({"workorder_ids": [
            Command.create({
                "name": words("数控粗车外圆与端面", 4),
                "workcenter_id": workcenter.id,
                "product_uom_id": production.product_uom_id.id,
            })
            for at in range(count)
        ]})
    production.move_raw_ids.unlink()
    production.write({"move_raw_ids": [
        Command.create({"product_id": component.id, "product_uom_qty": 1000000})
        for at in range(count)
    ]})
    batch = env["order.issue.batch"].sudo().create({
        "name": f"下发/{size}", "company_id": company.id, "user_id": env.uid,
        "line_ids": [
            Command.create({
                "order_id": listed or order.id,
                "message": words("交期紧，", 40),
            })
            for at in range(count)
        ],
    })
    listed = listed or order.id
    release = env["order.shipping.release"].sudo().create({
        "order_id": order.id,
        "note": "随货附合格证，" * (1 if size == "one" else 200),
        "line_ids": [
            Command.create({
                "order_line_id": line.id,
                "product_id": line.product_id.id,
                "product_uom_id": line.product_uom_id.id,
                "quantity": line.product_uom_qty,
            })
            for line in order.order_line
        ],
    })
    # of a type that nobody has to review
    sent = order_of(size, count, "zh_CN")
    sent.sudo().order_type_id = env.ref("order_process_cn.order_type_project")
    sent.action_confirm()
    delivery = sent.picking_ids[:1]
    delivery.write({
        "carrier_tracking_ref": "DPK364512097",
        "vehicle_plate": "沪A·3F862",
        "driver": "吴师傅",
        "driver_phone": "13816880021",
        "packages": 1000000,
        "expected_arrival": "2030-05-20 06:00:00",
    })
    plan = env["order.shipment.plan"].sudo().create({
        "date_from": "2030-12-02",
        "line_ids": [
            Command.create({
                "date": "2030-12-03",
                "order_line_id": line.id,
                "quantity": line.product_uom_qty,
                "note": words("木箱", 20),
            })
            for line in order.order_line
        ],
    })
    case = env["order.service.case"].sudo().create({
        "order_id": sent.id,
        "description": "试运行时机械密封漏水，" * (1 if size == "one" else 200),
        "line_ids": [
            Command.create({
                "order_line_id": line.id,
                "product_id": line.product_id.id,
                "product_uom_id": line.product_uom_id.id,
                "quantity": 1000000,
                "note": words("漏水", 20),
                "decision": "refund",
            })
            for line in sent.order_line
        ],
    })
    ends = {
        "location_id": env.ref("stock.stock_location_customers").id,
        "location_dest_id": delivery.location_id.id,
    }
    back = env["stock.picking"].create({
        "picking_type_id": delivery.picking_type_id.return_picking_type_id.id,
        "partner_id": sent.partner_id.id,
        "return_id": delivery.id,
        "sale_id": sent.id,
        "move_ids": [
            Command.create({
                "product_id": line.product_id.id,
                "product_uom_qty": 1000000,
                **ends,
            })
            for line in sent.order_line
        ],
        **ends,
    })
    planned = env["order.production.plan"].create({
        "date_from": "2030-12-02",
        "note": "急单优先，" * (1 if size == "one" else 60),
    }).sudo()
    # a production order stands once on a plan; these have no components, of which the
    # plan says nothing
    planned.line_ids = [
        Command.create({
            "production_id": other.id,
            "date_start": "2030-12-02 01:00:00",
            "date_finished": "2030-12-03 09:00:00",
            "priority": "1",
            "remark": words("先做，", 20),
        })
        for other in production | env["mrp.production"].create([
            {"product_id": products[size].id, "product_qty": 1000000}
            for at in range(1, count)
        ])
    ]
    change = env["order.change.request"].sudo().create({"order_id": order.id})
    change.write({
        "kind": "product",
        "wish": "加长轴，" * (1 if size == "one" else 200),
    })
    for line in change.line_ids:
        line.quantity = 1000000
    inspection = env["order.inspection"].sudo().create({
        "kind": "incoming",
        "company_id": company.id,
        "product_id": products[size].id,
        "origin": "WH/IN/00001",
        "quantity": 1000000,
        "quantity_passed": 1000000,
        "finding": "铸件表面有砂眼，" * (1 if size == "one" else 200),
        "line_ids": [
            Command.create({
                "name": "内孔直径", "kind": "measure", "norm": "图纸 KT-50-01",
                "min_value": 49.95, "max_value": 50.05, "unit": "mm",
                "measures": words("50.01 ", 40),
            })
            for at in range(count)
        ],
    })
    notice = env["order.receipt.notice"].sudo().create({
        "company_id": company.id,
        "inspection_id": inspection.id,
        "quantity": 1000000,
        "place": "WH/Stock",
    })
    request = env["order.purchase.request"].sudo().create({
        "company_id": company.id,
        "warehouse_id": env.ref("order_process_cn.demo_warehouse").id,
        "note": "订单备料，" * (1 if size == "one" else 200),
        "line_ids": [
            Command.create({
                "product_id": products[size].id,
                "quantity": 1000000,
                "use": "WH/MO/00001",
            })
            for at in range(count)
        ],
    })
    # a product stands on a demand plan once
    needed = products[size] | env["product.product"].sudo().create([
        {"name": f"立式管道泵 {at}", "is_storable": True} for at in range(count - 1)
    ])
    demand = env["order.demand.plan"].sudo().create({
        "company_id": company.id,
        "team_id": env.ref("order_process_cn.demo_team_east").id,
        "kind": "month",
        "date_from": {"one": "2031-01-01", "long": "2031-02-01", "many": "2031-03-01"}[
            size
        ],
        "note": "汛期备货，" * (1 if size == "one" else 200),
        "line_ids": [
            Command.create({"product_id": product.id, "quantity": 1000000})
            for product in needed
        ],
    })
    drawings = env["order.drawing.set"].sudo().create({
        "product_id": products[size].id,
        "company_id": company.id,
        "note": "轴承座加厚，" * (1 if size == "one" else 200),
        "sheet_ids": [
            Command.create({
                "number": f"KT-50-{at:03}", "revision": "A", "title": "泵壳机加工图",
            })
            for at in range(count)
        ],
    })
    if size != "many":
        drawings.with_user(env.ref("order_process_cn.demo_user_engineer")).action_issue()
    daily = env["order.daily.report"].create({
        "date": {"one": "2026-01-05", "long": "2026-01-06", "many": "2026-01-07"}[size],
    }).sudo()
    daily.line_ids = [
        Command.create({
            "production_id": production.id,
            "production_name": production.name,
            "order_id": order.id,
            "product_id": product.id,
            "product_uom_id": production.product_uom_id.id,
            "quantity_planned": 1000000,
            "quantity_good": 123456.78,
            "remark": "等料，" * (1 if size == "one" else 20),
        })
        for at in range(count)
    ]
    made[size] = {
        "sale.order": {str(lang): o.id for lang, o in orders.items()},
        "order.review": order.review_id.id,
        "mrp.production": production.id,
        "order.issue.batch": batch.id,
        "order.inspection": inspection.id,
        "order.receipt.notice": notice.id,
        "order.shipping.release": release.id,
        "stock.picking": delivery.id,
        "order.service.case": case.id,
        # a paper of its own of a model that has others
        "F32": back.id,
        "order.shipment.plan": plan.id,
        "order.production.plan": planned.id,
        "order.change.request": change.id,
        "order.daily.report": daily.id,
        "order.drawing.set": drawings.id,
        "order.purchase.request": request.id,
        "order.demand.plan": demand.id,
    }
    for form in env["order.form"].search([]):
        form.number = f"F-TEST-{form.code}"
env["ir.config_parameter"].set_param("test.papers", repr(made))
env.cr.commit()
"""


@pytest.fixture(scope="module")
def made(database):
    odoo_run.script(
        database.name, PREPARE % {"sizes": SIZES}, paths.LOGS / "papers.log"
    )
    (row,) = database.query(
        "SELECT value FROM ir_config_parameter WHERE key = 'test.papers'"
    )
    return eval(row[0])  # noqa: S307 - written a moment ago, by this file


@pytest.fixture(scope="module", params=BUILDS)
def printer(request, database, made):
    """Somebody who may print everything, on a server with this build; he reads English
    and has no time zone. What is printed is the same with each build, up to the PDF."""
    if request.param not in workspace.current().wkhtmltopdf:
        pytest.skip(f"there is no {request.param} build of wkhtmltopdf here")
    with OdooServer(database, pdf=request.param) as server:
        yield Session(server.url, database.name, "admin", None)
    assert not server.problems()


@cache
def models_of(printer):
    found = printer.call(
        "ir.actions.report",
        "search_read",
        [("report_name", "like", "order_process_cn.report_f")],
        ["report_name", "model"],
    )
    return {item["report_name"]: item["model"] for item in found}


def find_record(printer, made, code, size, lang="zh_CN"):
    model = models_of(printer)[f"order_process_cn.{PAPERS[code]}"]
    record = made[size].get(code, made[size][model])
    return record[lang] if isinstance(record, dict) else record


def sheets_of(printer, code, record):
    """Return what each sheet says, as the page that is printed has them."""
    status, html = printer.get(f"/report/html/order_process_cn.{PAPERS[code]}/{record}")
    assert status == 200, html[:2000]
    text = html.decode()
    return [
        plain(re.sub("<[^>]+>", "", part))
        for part in text.split("page o_order_form ")[1:]
    ]


def pages_of(file):
    return [plain(page) for page in run("pdftotext", file, "-").split("\f")[:-1]]


def read_numbers(pattern, page):
    found = pattern.findall(page)
    assert len(found) < 2, found
    return tuple(map(int, found[0])) if found else None


@contextmanager
def only_one_copy(printer, code):
    """For a paper of three hundred lines: its other copies differ by their name, which
    shorter ones show, and take as long again, up to six times."""
    (form,) = printer.call(
        "order.form", "search_read", [("code", "=", code)], ["copy_ids"]
    )
    names = ["form_id", "name", "sequence", "department_id"]
    # they come back with the names that papers of the house show
    house = {"lang": "zh_CN"}
    others = printer.call(
        "order.form.copy", "read", form["copy_ids"][1:], names, context=house
    )
    if others:
        printer.call("order.form.copy", "unlink", [copy.pop("id") for copy in others])
    try:
        yield
    finally:
        for copy in others:
            for name in ("form_id", "department_id"):
                copy[name] = copy[name] and copy[name][0]
        printer.call("order.form.copy", "create", others, context=house)


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("code", PAPERS)
def test_no_sheet_runs_over(request, printer, made, tmp_path, code, size):
    """Of each size with the renderer that has less room, long words with the other."""
    if size != "long" and request.node.callspec.params["printer"] == "plain":
        pytest.skip("the other renderer has less room")
    record = find_record(printer, made, code, size)
    file = tmp_path / "paper.pdf"
    with only_one_copy(printer, code) if size == "many" else nullcontext():
        save_pdf(printer, f"order_process_cn.{PAPERS[code]}", [record], file)
    pages = pages_of(file)
    # a sheet that runs over has its head on one page and its foot on the next
    assert not [page for page in pages if f"F-TEST-{code}" not in page]
    numbers = [read_numbers(PAGE, page) for page in pages]
    assert None not in numbers
    count = numbers[0][1]
    copies = len(pages) // count
    assert numbers == [(page + 1, count) for page in range(count)] * copies
    named = [read_numbers(COPY, page) for page in pages]
    if copies > 1 or any(named):
        each = range(copies)
        assert named == [(copy + 1, copies) for copy in each for _page in range(count)]
    assert copies == 1 or size != "many"
    assert "e+0" not in "".join(pages)


def test_sheets_are_filled(printer, made, tmp_path):
    """With each renderer type is as large and sheets are as full."""
    record = find_record(printer, made, "F05", "many")
    file = tmp_path / "paper.pdf"
    with only_one_copy(printer, "F05"):
        save_pdf(printer, f"order_process_cn.{PAPERS['F05']}", [record], file)
    words = run("pdftotext", "-bbox", "-f", "2", "-l", "2", file, "-")
    height = float(re.search(r'<page width="[\d.]+" height="([\d.]+)"', words)[1])
    lowest = max(float(low) for low in re.findall(r'yMax="([\d.]+)"', words))
    # at the size of an unpatched renderer it was half of it; with signs reckoned too
    # wide and room kept for a head that is seldom so tall, two thirds
    assert lowest > height * 0.8


def test_printed_for_the_first_time_by_several_at_once(printer, database, made):
    """Everybody gets his paper, its copies are handed out once, each print counts."""
    record = find_record(printer, made, "F05", "one", "en_US")
    report = f"/report/pdf/order_process_cn.{PAPERS['F05']}/{record}"
    database.query(f"DELETE FROM order_form_issue WHERE res_id = {record}")
    database.query(f"DELETE FROM order_form_print WHERE res_id = {record}")
    people = [Session(printer.url, database.name, "admin", None) for _ in range(4)]
    with ThreadPoolExecutor(len(people)) as pool:
        answers = list(pool.map(lambda person: person.get(report), people))
    assert [status for status, _pdf in answers] == [200] * len(people)
    assert all(pdf.startswith(b"%PDF") for _status, pdf in answers)
    issued = database.query(
        f"SELECT copy_number FROM order_form_issue WHERE res_id = {record} ORDER BY 1"
    )
    assert issued == [["1"], ["2"], ["3"]]
    prints = database.query(
        f"SELECT count(*) FROM order_form_print WHERE res_id = {record}"
    )
    assert prints == [[str(len(people))]]


@pytest.mark.parametrize("printer", BUILDS[:1], indirect=True, scope="module")
@pytest.mark.parametrize("code", PAPERS)
def test_quantities_are_written_out(printer, made, code):
    text = "".join(sheets_of(printer, code, find_record(printer, made, code, "long")))
    assert "e+0" not in text
    if code not in {"F10", "F14"}:  # which show none
        assert "1,000,000" in text


@pytest.mark.parametrize("printer", BUILDS[:1], indirect=True, scope="module")
@pytest.mark.parametrize(
    "code, lang, words",
    [
        ("F01", "zh_CN", "产品"),
        ("F01", "en_US", "Product"),
        # he has none: the company's
        ("F01", "False", "产品"),
        ("F05", "en_US", "产品"),
        ("F16", "en_US", "Product"),
        # one for the house, whoever reads it
        ("F17", "en_US", "产品"),
        ("F18", "zh_CN", "产品"),
        ("F19", "zh_CN", "产品"),
        ("F16", "False", "产品"),
    ],
)
def test_in_whose_language(printer, made, code, lang, words):
    """The customer's papers are in his language, others in the company's, whoever
    prints them; no paper is half in one and half in another."""
    text = "".join(
        sheets_of(printer, code, find_record(printer, made, code, "one", lang))
    )
    other = {"产品": "Product", "Product": "产品"}[words]
    assert words in text and other not in text
