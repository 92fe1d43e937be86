"""[PRC-5] P05 Web orders."""

from company import SALESMAN, SUPERVISOR, WAREHOUSE


def test_packed_sent_and_confirmed(company, switched_on):
    """The merchant confirms goods, quantities and prices of a web order; it is picked,
    packed and sent with a dispatch note without prices, and is finished when the
    customer has received it. What was paid is on the statement."""
    switched_on("P05")
    order = company.of_type("web", "网店订单")
    company.refused("评审", SUPERVISOR, "sale.order", "action_confirm", order)
    company.submit(order, SUPERVISOR)
    company.sign(order, SALESMAN)
    company.confirm(order)
    company.stock()
    (transfer,) = company.ship(order)
    note = company.paper(WAREHOUSE, "report_f18b_dispatch_note", transfer)
    assert company.order(order, "name") in note
    total = company.order(order, "amount_total")
    assert f"{total:,.2f}" not in note
    assert not company.order(order, "closed_on")
    company.receive_signed(transfer)
    assert company.read(WAREHOUSE, "stock.picking", transfer, "receipt_ids")
    assert company.order(order, "closed_on"), "closes with the receipt, paid or not"
    company.pay(company.invoice(order))
    statement = company.paper(SUPERVISOR, "report_f30_settlement_statement", order)
    assert f"{total:,.2f}" in statement
