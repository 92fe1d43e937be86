"""[PRC-5] P15 Engineering orders."""

from company import SUPERVISOR


def test_nothing_is_made_before_the_drawing(company, switched_on):
    """The project is confirmed and held: the customer has to confirm the drawing,
    engineering and purchasing have to confirm technique and material in writing. With
    the last of them the goods are asked for."""
    switched_on("P15")
    order = company.of_type("project", "泵站项目", product="demo_pump_ih65")
    company.confirm(order)
    assert company.order(order, "effect_state") == "held"
    assert company.transfers(order) == []
    company.state_in_writing(order)
    assert company.order(order, "effect_state") == "held"
    company.comes_back(order, "drawing")
    assert company.order(order, "effect_state") == "effective"
    assert company.transfers(order)
    statements = company.search(SUPERVISOR, "order.statement", ("order_id", "=", order))
    assert len(statements) == 3
    sheet = company.paper(SUPERVISOR, "report_f23_written_confirmation", order)
    assert company.order(order, "name") in sheet
