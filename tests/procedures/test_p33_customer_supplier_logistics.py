"""[PRC-5] P33 Customer, supplier, logistics."""

from company import ADMINISTRATOR, FINANCE, WAREHOUSE


def test_released_and_signed_for(company, switched_on):
    """The customer's data and his payment are checked by finance before the goods
    leave; the carrier's receipt is due from the day on which they arrived, and ends the
    wait when it comes back."""
    switched_on("P33")
    order = company.approved()
    company.stock()
    company.confirm(order)
    (transfer,) = company.transfers(order)
    company.do(WAREHOUSE, "stock.picking", "action_assign", transfer)
    company.refused("放行", WAREHOUSE, "stock.picking", "button_validate", transfer)
    company.release(order, FINANCE)
    company.ship(order)
    company.work()
    limit = company.ref("order_time_limit_p28_receipt")

    company.receive_signed(transfer)
    runs = company.as_(ADMINISTRATOR).call(
        "order.time.limit.run",
        "search_read",
        [("rule_id", "=", limit), ("document_id", "=", order)],
        ["state"],
    )
    assert [run["state"] for run in runs] == ["met"]
