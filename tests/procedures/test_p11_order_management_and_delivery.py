"""[PRC-5] P11 Order management and delivery."""

from company import WAREHOUSE


def test_followed_to_the_signed_note(company, switched_on):
    """Departments review, the order is followed step by step until the delivery note is
    back with the customer's signature."""
    switched_on("P11")
    order = company.enter()
    seen = [company.order(order, "progress")]
    company.submit(order)
    seen.append(company.order(order, "progress"))
    company.agree_all(order)
    company.confirm(order)
    seen.append(company.order(order, "progress"))
    company.stock()
    (transfer,) = company.ship(order)
    company.work()
    seen.append(company.order(order, "progress"))
    receipt = company.paper(WAREHOUSE, "report_f20_delivery_receipt", transfer)
    assert company.order(order, "name") in receipt
    company.receive_signed(transfer)
    seen.append(company.order(order, "progress"))
    assert seen == ["entry", "review", "effective", "shipped", "received"]
