"""[PRC-5] P19 Business orders."""

from company import SUPERVISOR


def test_number_at_once_and_settlement(company, switched_on):
    """The customer is told the number of his order when it takes effect for us, goods
    and invoice follow, and the statement closes the account."""
    switched_on("P19", "P01")
    order = company.approved()
    number = company.order(order, "name")
    company.stock()
    company.confirm(order)
    company.work()
    assert number in company.words_of(order)
    company.ship(order)
    company.pay(company.invoice(order))
    assert company.order(order, "invoice_status") == "invoiced"
    statement = company.paper(SUPERVISOR, "report_f30_settlement_statement", order)
    assert number in statement
