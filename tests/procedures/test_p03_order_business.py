"""[PRC-5] P03 Order business."""

from company import SUPERVISOR
from customer import Customer


def test_finished_when_paid(company, switched_on):
    """Created, confirmed, sent, accepted, settled: the customer refuses what he got,
    which becomes a task, and accepts it later. The invoice is open, and the order is
    not finished; paid, it is not before he has accepted. The statement says what was
    delivered, invoiced and paid."""
    switched_on("P03", "P01")
    order = company.approved()
    company.stock()
    company.confirm(order)
    (transfer,) = company.ship(order)
    invoice = company.invoice(order)
    company.work()
    assert not company.order(order, "closed_on")
    customer = Customer(company, order, SUPERVISOR)
    customer.send("confirm_receipt", delivery=transfer, acceptance="refused")
    receipts = ("order.delivery.receipt", ("picking_id", "=", transfer))
    assert not company.search(SUPERVISOR, *receipts)  # he has to say why
    refused = {"acceptance": "refused", "note": "铭牌缺失"}
    customer.send("confirm_receipt", delivery=transfer, **refused)
    company.work()
    company.pay(invoice)
    assert not company.order(order, "closed_on")
    customer.send("confirm_receipt", delivery=transfer, acceptance="accepted")
    company.work()
    assert company.order(order, "closed_on")
    number, total = company.order(order, "name"), company.order(order, "amount_total")
    statement = company.paper(SUPERVISOR, "report_f30_settlement_statement", order)
    assert number in statement and f"{total:,.2f}" in statement
