"""[PRC-5] P32 System flow chart (004 订单管理系统流程图)."""

from company import FINANCE, SUPERVISOR, WAREHOUSE
from customer import Customer
from factory import find_production, inspected
from making import INSPECTOR, goods, look_at, made_to_order, pass_inspection
from selling import (
    PICKING,
    choose_carrier,
    close,
    pack,
    read_paper,
    ready,
)

ORDER, INSPECTIONS = "sale.order", "order.inspection"


def test_created_audited_picked_and_delivered(company, switched_on):
    """Created: order, customer and goods are checked as they are entered. Audited:
    information, stock and price; before that it is not confirmed. Processed: made and
    inspected, picked and packed, let go and inspected before it leaves; what has not
    passed neither enters stock nor leaves it, and what is packed wrongly stays.
    Delivered: the way is chosen among the carriers, the deliverer named; the dispatch
    note names no price. Settled: paid and invoiced, and filed."""
    switched_on("P32")
    pump = made_to_order(company, "P32-160")
    order = company.enter(order_line=goods(pump))
    number = company.order(order, "name")
    company.submit(order)
    company.refused("评审", SUPERVISOR, ORDER, "action_confirm", order)
    company.agree_all(order)
    assert number in company.sheet(order)
    company.confirm(order)

    with inspected(company, pump, "final", "外观、随机文件"):
        pass_inspection(company, find_production(company, order), "随机文件")
    with inspected(company, pump, "outgoing", "包装、标签、数量"):
        transfer = ready(company, order)
        packed(company, transfer)
        let_go(company, order, transfer)
        sent(company, order, transfer, number)
    customer = Customer(company, order, SUPERVISOR)
    assert "浙B·D1024" in customer.look()
    customer.send("confirm_receipt")
    company.work()
    read_paper(company, WAREHOUSE, "report_f20_delivery_receipt", transfer, number)
    close(company, order)


def packed(company, transfer):
    """备货, 包装: what is counted is another than is on the order, and stays here."""
    with company.refusal("P32-160"):
        pack(company, transfer, 2)
    company.refused("", WAREHOUSE, PICKING, "button_validate", transfer)
    pack(company, transfer, 3)


def let_go(company, order, transfer):
    """质检: what is let go is looked at before it leaves; as long as one piece is not
    in order all of it stays here."""
    release = company.release(order)
    company.do(FINANCE, "order.shipping.release", "action_release", release)
    (inspection,) = company.search(
        INSPECTOR, INSPECTIONS, ("release_id", "=", release), ("kind", "=", "outgoing")
    )
    company.refused("出厂检验", WAREHOUSE, PICKING, "button_validate", transfer)
    look_at(company, inspection)
    found = {"quantity_passed": 2, "quantity_rework": 1, "rework_advice": "重贴标签"}
    company.do(INSPECTOR, INSPECTIONS, "write", inspection, found)
    company.do(INSPECTOR, INSPECTIONS, "action_done", inspection)
    company.refused("已合格 2", WAREHOUSE, PICKING, "button_validate", transfer)
    action = company.do(INSPECTOR, INSPECTIONS, "action_correct", inspection)
    again = action["res_id"]
    look_at(company, again)
    company.do(INSPECTOR, INSPECTIONS, "action_pass_all", again)
    number = company.order(order, "name")
    for paper, result in ((inspection, "重贴标签"), (again, "冯检")):
        words = (paper, number, "P32-160", "包装、标签、数量", result)
        read_paper(company, INSPECTOR, "report_f12_inspection", *words)


def sent(company, order, transfer, number):
    """分拣, 配送路线规划, 配送员派单."""
    carrier = choose_carrier(company, transfer)
    deliverer = {"driver": "赵师傅", "vehicle_plate": "浙B·D1024"}
    company.do(WAREHOUSE, PICKING, "write", transfer, deliverer)
    words = (transfer, number, "P32-160")
    note = read_paper(company, WAREHOUSE, "report_f18b_dispatch_note", *words)
    assert f"{company.order(order, 'amount_total'):,.2f}" not in note
    words = (transfer, number, carrier, "赵师傅", "浙B·D1024")
    read_paper(company, WAREHOUSE, "report_f18_delivery_note", *words)
    company.ship(order)
    company.work()
