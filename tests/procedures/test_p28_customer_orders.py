"""[PRC-5] P28 Customer orders (2016)."""

from company import FINANCE, PRODUCER, SUPERVISOR, WAREHOUSE
from making import receive_papers


def test_eighteen_steps(company, switched_on):
    """Reviewed; the confirmation goes to the customer and comes back signed, before
    that the order is not confirmed; technique and material are confirmed in writing,
    before that nothing is made; the production instruction is received by the
    workshop; finance releases the shipment, before that nothing leaves; notice, note
    and receipt."""
    switched_on("P28")
    order = company.approved()
    company.refused("回签", SUPERVISOR, "sale.order", "action_confirm", order)
    confirmation = company.paper(SUPERVISOR, "report_f01_order_confirmation", order)
    assert company.order(order, "name") in confirmation
    company.comes_back(order, "returned")
    company.confirm(order)
    assert company.order(order, "effect_state") == "held"
    company.state_in_writing(order)
    assert company.order(order, "effect_state") == "effective"

    assert receive_papers(company, PRODUCER, order)

    company.stock()
    (transfer,) = company.transfers(order)
    company.do(WAREHOUSE, "stock.picking", "action_assign", transfer)
    company.refused("放行", WAREHOUSE, "stock.picking", "button_validate", transfer)
    company.release(order, FINANCE)
    company.ship(order)
    for paper in (
        "report_f18_delivery_note",
        "report_f19_shipping_notice",
        "report_f20_delivery_receipt",
    ):
        text = company.paper(WAREHOUSE, paper, transfer)
        assert company.order(order, "name") in text, paper
    company.receive_signed(transfer)
    assert company.order(order, "progress") == "received"
