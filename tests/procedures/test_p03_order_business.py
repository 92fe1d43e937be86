"""[PRC-5] P03 Order business."""

from company import SUPERVISOR


def test_finished_when_paid(company, switched_on):
    """Created, confirmed, sent, settled: the goods are at the customer's, the invoice
    is open, and the order is not finished; it is once the money is there. The
    statement says what was delivered, invoiced and paid."""
    switched_on("P03", "P01")
    order = company.approved()
    company.stock()
    company.confirm(order)
    company.ship(order)
    invoice = company.invoice(order)
    company.work()
    assert not company.order(order, "closed_on")
    company.pay(invoice)
    assert company.order(order, "closed_on")
    number, total = company.order(order, "name"), company.order(order, "amount_total")
    statement = company.paper(SUPERVISOR, "report_f30_settlement_statement", order)
    assert number in statement and f"{total:,.2f}" in statement
