"""[PRC-5] P15 Engineering orders (002 工程订单生产交付项目流程说明)."""

from company import CLERK, PLANNER, SALESMAN, SUPERVISOR, WAREHOUSE
from customer import Customer
from factory import find_production, inspected
from making import goods, made_to_order, pass_inspection
from selling import (
    CASE,
    PICKING,
    close,
    open_case,
    pack,
    read_paper,
    ready,
    settle_case,
)

MADE = "mrp.production"


def test_nothing_is_made_before_the_drawing(company, switched_on):
    """What the customer needs is written down. The project is confirmed and held: he
    has to confirm the drawing, engineering and purchasing have to confirm technique and
    material in writing. A drawing that cannot be read is asked for again. With the last
    of them the goods are asked for. Made, they enter stock when quality has passed
    them; packed and compared, they leave. He signs for them; then our people install
    and commission the pump and train his, and note what they did. Paid, all is
    filed."""
    company.review_projects()
    switched_on("P15")
    pump = made_to_order(company, "P15-160")
    order = company.of_type(
        "project",
        "泵站项目",
        order_line=goods(pump, 2),
        special_requirements="介质温度 60 ℃，远程启停",
    )
    number = company.order(order, "name")
    company.form_contract(order)
    company.confirm(order)
    designed(company, order, number)
    production = find_production(company, order)
    with inspected(company, pump, "final", "流量、扬程"):
        pass_inspection(company, production, "流量、扬程", "P15-160")

    transfer = ready(company, order)
    company.refused("装箱", WAREHOUSE, PICKING, "button_validate", transfer)
    pack(company, transfer, 2)
    company.ship(order)
    read_paper(
        company, WAREHOUSE, "report_f18_delivery_note", transfer, number, "P15-160"
    )
    company.receive_signed(transfer)
    installed(company, order, number)
    close(company, order)


def designed(company, order, number):
    """方案设计: nothing is launched before the last word on it."""
    assert company.order(order, "effect_state") == "held"
    company.state_in_writing(order)
    assert company.order(order, "effect_state") == "held"
    scan = company.scan(CLERK, "图样.png")
    sent = (order, "drawing", "陈建军", [scan])
    company.do(CLERK, "sale.order", "action_register_return", *sent)
    (unread,) = company.search(
        CLERK,
        "order.statement",
        ("order_id", "=", order),
        ("check_state", "=", "to_check"),
    )
    company.do(CLERK, "order.statement", "action_reject", unread, "章不清晰")
    company.work()
    assert company.order(order, "effect_state") == "held"
    assert not company.search(PLANNER, MADE, ("origin", "=", number))
    company.comes_back(order, "drawing")
    assert company.order(order, "effect_state") == "effective"
    statements = company.search(SUPERVISOR, "order.statement", ("order_id", "=", order))
    assert len(statements) == 4
    words = (order, number, "按T-118图改制", "材料库存", "王志强", "孙萍")
    read_paper(company, SUPERVISOR, "report_f23_written_confirmation", *words)


def installed(company, order, number):
    """售后服务: installation, commissioning and training."""
    case = open_case(company, order, "installation", "start", "现场安装、调试、培训")
    company.do(SALESMAN, CASE, "action_request", case)
    company.refused("", SALESMAN, CASE, "action_settle", case)
    settle_case(company, case, "两台调试合格，培训操作工四人")
    words = (case, number, "现场安装", "培训操作工四人")
    read_paper(company, SALESMAN, "report_f26_service_case", *words)
    page = Customer(company, order, SUPERVISOR).look_at_documents()
    assert "培训操作工四人" in page
