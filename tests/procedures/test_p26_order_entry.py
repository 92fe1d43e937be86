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
    company.submit(order, SUPERVISOR)
    assert not company.has_to_sign(ENGINEER, order)
    company.sign(order, GENERAL_MANAGER)
    assert not company.has_to_sign(GENERAL_MANAGER, order)
    company.sign(order, PRODUCER, BUYER, ENGINEER)
    assert company.order(order, "review_state") == "approved"
    sheet = company.sheet(order)
    assert "黄卫东" in sheet and "孙平" in sheet
    company.confirm(order)
    assert company.order(order, "state") == "sale"
