"""[PRC-5] P23 Sales order rules."""

from company import FINANCE, SALESMAN, WAREHOUSE


def test_prepaid_and_released(company, switched_on):
    """A prepaid order is confirmed with its date and waits for the money; the goods
    wait for finance. The warehouse is refused before the release is signed."""
    switched_on("P23")
    order = company.approved(payment_term_id=company.ref("demo_terms_prepaid"))
    company.stock()
    confirmation = company.paper(SALESMAN, "report_f01_order_confirmation", order)
    assert company.order(order, "name") in confirmation
    company.confirm(order)
    assert company.order(order, "effect_state") == "held"
    company.pay_deposit(order)
    (transfer,) = company.transfers(order)
    company.do(WAREHOUSE, "stock.picking", "action_assign", transfer)
    company.refused("", WAREHOUSE, "stock.picking", "button_validate", transfer)
    release = company.release(order, FINANCE)
    assert (
        company.read(FINANCE, "order.shipping.release", release, "state") == "released"
    )
    sheet = company.paper(FINANCE, "report_f17_shipping_release", release)
    assert "郑彩虹" in sheet
    company.ship(order)
