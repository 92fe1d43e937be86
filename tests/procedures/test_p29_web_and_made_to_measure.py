"""[PRC-5] P29 Web and made-to-measure orders (003 电商行业的订单处理, 全屋定制下单)."""

from company import FINANCE, SALESMAN, SUPERVISOR, WAREHOUSE
from customer import Customer
from factory import find_production
from making import file_papers, goods, made_to_order, new_product, produce
from selling import (
    CASE,
    bring_back,
    choose_carrier,
    close,
    open_case,
    opened_by,
    pack,
    read_paper,
    read_statement,
    ready,
    send_confirmation,
    settle_case,
    tell_customer,
)

ORDER, MADE = "sale.order", "mrp.production"


def test_measurements_confirmed_first(company, switched_on):
    """全屋定制: the customer is advised, and chooses; what he wants and what was
    measured is written on the order. Nothing is made before he has confirmed drawing or
    measurements. Made and delivered, he reports a fault: it is repaired and comes back
    to him."""
    switched_on("P29")
    wish = "法兰孔距 125 mm，进口高 320 mm"
    order = company.of_type(
        "custom",
        "按现场尺寸",
        order_line=goods(made_to_order(company, "P29-160"), 1),
        special_requirements=wish,
    )
    number = company.order(order, "name")
    (line,) = company.order(order, "order_line")
    made = {"order_line_id": line, "name": "材质", "value": "HT250"}
    company.as_(SUPERVISOR).call("order.configuration.row", "create", [made])
    company.form_contract(order)
    send_confirmation(company, order, wish)
    company.confirm(order)
    assert company.order(order, "effect_state") == "held"
    assert not company.search(SUPERVISOR, MADE, ("origin", "=", number))
    company.comes_back(order, "drawing")
    assert company.order(order, "effect_state") == "effective"
    words = (order, number, "P29-160")
    read_paper(company, SUPERVISOR, "report_f23_written_confirmation", *words)
    produce(company, find_production(company, order))
    (transfer,) = company.ship(order)
    read_paper(company, WAREHOUSE, "report_f18_delivery_note", transfer, number)
    company.receive_signed(transfer)
    repaired(company, order, number)
    close(company, order)


def repaired(company, order, number):
    """售后问题和维修: it comes back, is looked at, and goes out again."""
    case = open_case(company, order, "exchange", "quality", "轴承有异响")
    (line,) = company.read(SALESMAN, CASE, case, "line_ids")
    repair = {"line_ids": [(1, line, {"quantity": 1, "decision": "repair"})]}
    company.do(SALESMAN, CASE, "write", case, repair)
    company.do(SALESMAN, CASE, "action_request", case)
    before = bring_back(company, case, quantity_passed=0, quantity_return=1)
    settle_case(company, case, "更换轴承，免费")
    words = (case, number, "轴承有异响", "更换轴承，免费")
    read_paper(company, SALESMAN, "report_f26_service_case", *words)
    both = company.read(SALESMAN, CASE, case, "return_picking_ids")
    (again,) = set(both) - set(before)
    company.do(WAREHOUSE, "stock.picking", "button_validate", again)


def test_a_web_order_beside_it(company, switched_on):
    """电商: the order of the shop is checked, before that nobody confirms it; the
    carrier is chosen by cost and time, and the dispatch note names no price. The
    customer follows it on his page, sends one back, and gets his money. The statement
    is even, and the papers are filed."""
    switched_on("P29")
    pump = new_product(company, "P29-50")
    order = company.of_type("web", "网店订单", order_line=goods(pump))
    number = company.order(order, "name")
    company.refused("评审", SUPERVISOR, ORDER, "action_confirm", order)
    company.submit(order, SUPERVISOR)
    company.sign(order, SALESMAN)
    company.stock(pump, 3)
    company.confirm(order)
    transfer = ready(company, order)
    carrier = choose_carrier(company, transfer)
    pack(company, transfer, 3)
    company.ship(order)
    words = (transfer, number, "P29-50", carrier)
    note = read_paper(company, WAREHOUSE, "report_f18b_dispatch_note", *words)
    assert f"{company.order(order, 'amount_total'):,.2f}" not in note
    tell_customer(company, transfer, "YT-29-0001", number)
    customer = Customer(company, order, SUPERVISOR)
    page = customer.look()
    assert "YT-29-0001" in page and carrier in page
    customer.send("confirm_receipt")
    company.work()
    company.pay(company.invoice(order))
    case = opened_by(company, customer, order, "return", "不想要了", "wish", 1)
    company.do(SALESMAN, CASE, "action_request", case)
    bring_back(company, case)
    settle_case(company, case, "已退款")
    (credit,) = company.read(SALESMAN, CASE, case, "credit_note_ids")
    company.do(FINANCE, "account.move", "action_post", credit)
    company.pay(credit)
    read_statement(company, order)
    assert company.order(order, "progress") == "settled"
    file_papers(company, SALESMAN, order)
    company.refused("", SUPERVISOR, ORDER, "write", order, {"note": "改"})
