"""[PRC-5] P26 Order entry of the sales department."""

from company import BUYER, ENGINEER, GENERAL_MANAGER, PRODUCER, SUPERVISOR


def test_contract_and_countersign(company, switched_on):
    """The general manager's approval forms the contract; then production, materials and
    the chief engineer countersign the configuration, and he is not asked a second
    time."""
    switched_on("P26")
    order = company.enter(login=SUPERVISOR)
    values = {
        "order_type_id": company.ref("order_type_custom"),
        "order_type_reason": "按现场尺寸定制",
    }
    company.do(SUPERVISOR, "sale.order", "write", order, values)
    company.refused("配置", SUPERVISOR, "sale.order", "action_review_submit", order)
    (line,) = company.order(order, "order_line")
    for part, made in (("机封", "碳化硅"), ("电机", "防爆 5.5 kW")):
        row = {"order_line_id": line, "name": part, "value": made}
        company.as_(SUPERVISOR).call("order.configuration.row", "create", [row])
    company.submit(order, SUPERVISOR)
    assert not company.has_to_sign(ENGINEER, order)
    company.sign(order, GENERAL_MANAGER)
    assert not company.has_to_sign(GENERAL_MANAGER, order)
    company.sign(order, PRODUCER, BUYER, ENGINEER)
    assert company.order(order, "review_state") == "approved"
    sheet = company.sheet(order)
    assert "卫东" in sheet and "孙萍" in sheet
    company.confirm(order)
    assert company.order(order, "state") == "sale"
