"""[PRC-5] P04 Basic order processing."""

from company import SUPERVISOR, WAREHOUSE


def test_money_before_goods(company, switched_on):
    """Information, stock and payment are looked at: a prepaid order that everybody has
    approved is confirmed and held; the warehouse has nothing to do. The money arrives,
    goods are sent with a delivery note, the statement is even."""
    switched_on("P04", "P01")
    order = company.approved(payment_term_id=company.ref("demo_terms_prepaid"))
    company.stock()
    company.confirm(order)
    assert company.order(order, "effect_state") == "held"
    assert company.transfers(order) == []
    company.pay_deposit(order)
    assert company.order(order, "effect_state") != "held"
    (transfer,) = company.ship(order)
    note = company.paper(WAREHOUSE, "report_f18_delivery_note", transfer)
    assert company.order(order, "name") in note
    statement = company.paper(SUPERVISOR, "report_f30_settlement_statement", order)
    assert company.order(order, "name") in statement
