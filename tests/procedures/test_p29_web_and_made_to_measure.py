"""[PRC-5] P29 Web and made-to-measure orders."""


def test_measurements_confirmed_first(company, switched_on):
    """A made-to-measure order waits until the customer has confirmed drawing or
    measurements; a web order beside it goes straight to packing."""
    switched_on("P29")
    custom = company.of_type("custom", "按现场尺寸", product="demo_pump_ih65")
    web = company.of_type("web", "网店订单")
    for order in (custom, web):
        company.confirm(order)
    assert company.order(custom, "effect_state") == "held"
    assert company.transfers(custom) == []
    assert company.transfers(web)
    company.comes_back(custom, "drawing")
    assert company.order(custom, "effect_state") == "effective"
    assert company.transfers(custom)
