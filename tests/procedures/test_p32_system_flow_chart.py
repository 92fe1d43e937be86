"""[PRC-5] P32 System flow chart."""

from company import WAREHOUSE


def test_created_audited_picked_and_delivered(company, switched_on):
    """Created, audited, picked and packed with a dispatch note that names no price,
    delivered, invoiced and settled."""
    switched_on("P32")
    order = company.approved()
    company.stock()
    company.confirm(order)
    (transfer,) = company.ship(order)
    note = company.paper(WAREHOUSE, "report_f18b_dispatch_note", transfer)
    assert company.order(order, "name") in note
    total = company.order(order, "amount_total")
    assert f"{total:,.2f}" not in note
    company.receive_signed(transfer)
    company.pay(company.invoice(order))
    assert company.order(order, "closed_on")
