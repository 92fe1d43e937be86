"""[PRC-5] P26 Order entry of the sales department (003 销售部下单工作流程)."""

from datetime import date

from company import (
    BUYER,
    ENGINEER,
    GENERAL_MANAGER,
    PRODUCER,
    SALESMAN,
    SUPERVISOR,
    WAREHOUSE,
)
from factory import issued_copies
from making import goods, new_product, receive_papers
from selling import close, read_paper

ORDER = "sale.order"
SAMPLE, ACCESSORY = "order.sample", "order.accessory"


def test_contract_and_countersign(company, switched_on):
    """The salesperson enters how each line is configured: without that it is not handed
    in. He lists the sample after which it is made and the accessories that go with it.
    The general manager's approval forms the contract; then production, materials and
    the chief engineer countersign the configuration, and he is not asked a second
    time. Changed afterwards it is signed anew. The sheets go to the departments, which
    confirm theirs; the tracker finds the sample, photographs it and keeps it, prepares
    the accessories and packs them with the goods. The customer's code stands on them.
    Delivered and paid, all of it is filed."""
    switched_on("P26")
    pump = new_product(company, "P26-160")
    order = company.of_type("custom", "按现场尺寸定制", order_line=goods(pump, 2))
    number = company.order(order, "name")
    company.refused("配置", SUPERVISOR, ORDER, "action_review_submit", order)
    sample, accessory = described(company, order)
    company.submit(order, SUPERVISOR)
    countersigned(company, order, number)
    handed_out(company, order, number)
    looked_after(company, order, sample, accessory, number)

    company.confirm(order)
    company.stock(pump, 2)
    (transfer,) = company.ship(order)
    read_paper(company, WAREHOUSE, "report_f18_delivery_note", transfer, number)
    company.receive_signed(transfer)
    close(company, order)


def described(company, order):
    """客户订单配置表, 客户空壳样机, 客户配件."""
    (line,) = company.order(order, "order_line")
    seller = company.as_(SUPERVISOR)
    for part, made in (("机封", "碳化硅"), ("电机", "防爆 5.5 kW")):
        row = {"order_line_id": line, "name": part, "value": made}
        seller.call("order.configuration.row", "create", [row])
    shell = {"name": "空壳样机", "configuration": "泵壳 HT250，PN16"}
    flange = {"name": "对夹法兰", "quantity": 4, "packing_way": "气泡袋"}
    (sample,) = seller.call(SAMPLE, "create", [{"order_id": order, **shell}])
    (accessory,) = seller.call(ACCESSORY, "create", [{"order_id": order, **flange}])
    return sample, accessory


def countersigned(company, order, number):
    """总经理, then 生产部经理, 物控部经理, 技术部总工."""
    assert not company.has_to_sign(ENGINEER, order)
    company.sign(order, GENERAL_MANAGER)
    assert not company.has_to_sign(GENERAL_MANAGER, order)
    company.sign(order, PRODUCER, BUYER)
    rows = company.order(order, "configuration_row_ids")
    change = {"value": "防爆 7.5 kW"}
    company.do(SUPERVISOR, "order.configuration.row", "write", rows[1], change)
    company.work()
    assert not company.has_to_sign(ENGINEER, order), "of what nobody has approved"
    company.sign(order, GENERAL_MANAGER)
    company.sign(order, PRODUCER, BUYER, ENGINEER)
    assert company.order(order, "review_state") == "approved"
    sheet = company.sheet(order)
    for words in (number, "黄卫东", "周建", "孙萍", "王志强"):
        assert words in sheet


def handed_out(company, order, number):
    """The copies go out by themselves; each department confirms its own."""
    read_paper(
        company,
        SALESMAN,
        "report_f02_configuration_sheet",
        order,
        number,
        "HD001",
        "碳化硅",
        "防爆7.5kW",
    )
    for login in (PRODUCER, BUYER, ENGINEER, WAREHOUSE):
        assert receive_papers(company, login, order), login
        assert not issued_copies(company, login, ORDER, order)


def looked_after(company, order, sample, accessory, number):
    """成品跟单员: the sample is found, kept and given back, accessories are packed."""
    today = str(date.today())
    found = {"kept_at": "样机架 3 号", "found_on": today, "returned_on": today}
    found["keeper_id"] = company.as_(WAREHOUSE).uid
    company.do(WAREHOUSE, SAMPLE, "write", sample, found)
    with company.refusal(""):
        changed = {"configuration": "PN25"}
        company.do(WAREHOUSE, SAMPLE, "write", sample, changed)
    packed = {"prepared_on": today, "packed_on": today}
    company.do(WAREHOUSE, ACCESSORY, "write", accessory, packed)
    read_paper(
        company,
        WAREHOUSE,
        "report_f27_sample_list",
        order,
        number,
        "PN16",
        "样机架3号",
    )
    read_paper(
        company, WAREHOUSE, "report_f28_accessory_list", order, "对夹法兰", "气泡袋"
    )
