"""[PRC-5] P30 Order management system."""

from company import ASSISTANT, DEPUTY, SUPERVISOR


def test_records_that_cannot_be_changed(company, switched_on):
    """Approval, stock and payment leave records in a chain; the auditor proves them
    sound, and whoever changed a row in the database is found out."""
    switched_on("P30")
    order = company.approved()
    review = company.review_of(order)

    def verify():
        answer = company.do(DEPUTY, "order.review", "action_verify", review)
        return answer["params"]["type"]

    assert verify() == "success"
    rows = company.database.query(
        "SELECT id, opinion FROM order_review_signature "
        f"WHERE review_id = {review} AND act = 'agree' ORDER BY id LIMIT 1"
    )
    row = rows[0][0]
    change = "UPDATE order_review_signature SET opinion = {} WHERE id = {}"
    company.database.query(change.format("'改过的意见'", row))
    assert verify() == "danger"
    company.database.query(change.format("NULL", row))
    assert verify() == "success"
    company.stock()
    company.confirm(order)
    company.ship(order)
    company.pay(company.invoice(order))
    assert company.order(order, "closed_on")
    statement = company.paper(SUPERVISOR, "report_f30_settlement_statement", order)
    assert company.order(order, "name") in statement
    company.refused("", ASSISTANT, "sale.order", "unlink", order)
