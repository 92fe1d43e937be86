"""[PRC-5] P05 Web orders."""

from company import SUPERVISOR, WAREHOUSE


def test_packed_sent_and_confirmed(company, switched_on):
    """A web order is picked, packed and sent with a dispatch note without prices; the
    receipt comes back, and what was paid is on the statement."""
    switched_on("P05")
    order = company.of_type("web", "网店订单")
    company.confirm(order)
    company.stock()
    (transfer,) = company.ship(order)
    note = company.paper(WAREHOUSE, "report_f18b_dispatch_note", transfer)
    assert company.order(order, "name") in note
    total = company.order(order, "amount_total")
    assert f"{total:,.2f}" not in note
    company.receive_signed(transfer)
    assert company.read(WAREHOUSE, "stock.picking", transfer, "receipt_ids")
    company.pay(company.invoice(order))
    statement = company.paper(SUPERVISOR, "report_f30_settlement_statement", order)
    assert f"{total:,.2f}" in statement
