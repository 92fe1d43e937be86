"""[PRC-5] P14 Sales and orders."""

from company import ASSISTANT, SALESMAN, SUPERVISOR


def test_what_was_agreed_changes_by_request(company, switched_on):
    """The customer has a file with his code, the supervisor approves. After that
    nobody edits price or quantity of the order, not even the supervisor: the way on is
    a change request, which is opened for the order."""
    switched_on("P14")
    order = company.approved()
    partner = company.order(order, "partner_id")[0]
    assert company.read(SALESMAN, "res.partner", partner, "ref")
    (line,) = company.order(order, "order_line")
    for login in (ASSISTANT, SUPERVISOR):
        for values in ({"price_unit": 3000}, {"product_uom_qty": 8}):
            company.refused("变更", login, "sale.order.line", "write", line, values)
    company.confirm(order)
    company.as_(ASSISTANT).call("order.change.request", "action_open", order)
    (change,) = company.search(
        ASSISTANT, "order.change.request", ("order_id", "=", order)
    )
    assert company.read(ASSISTANT, "order.change.request", change, "state") == "draft"
    confirmation = company.paper(ASSISTANT, "report_f01_order_confirmation", order)
    assert company.order(order, "name") in confirmation
