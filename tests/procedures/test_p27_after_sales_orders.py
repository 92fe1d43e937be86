"""[PRC-5] P27 After-sales orders."""

from company import ADMINISTRATOR, FINANCE, GENERAL_MANAGER, SUPERVISOR, WAREHOUSE


def test_signed_entered_arranged(company, switched_on):
    """The general manager signs the sheet, nobody else is asked; entering, arranging
    and arriving are limited from then on, and the arrival ends the last limit."""
    switched_on("P27")
    order = company.of_type("aftersales", "售后补件")
    company.submit(order, SUPERVISOR)
    company.refused("评审", SUPERVISOR, "sale.order", "action_confirm", order)
    company.sign(order, GENERAL_MANAGER)
    assert company.order(order, "review_state") == "approved"
    company.confirm(order)
    company.stock()
    company.work()
    number = company.order(order, "name")
    rules = [
        company.ref(f"order_time_limit_p27_{name}")
        for name in ("entered", "arranged", "arrived", "arrived_urgent")
    ]

    def runs(*states):
        return company.search(
            ADMINISTRATOR,
            "order.time.limit.run",
            ("rule_id", "in", rules),
            ("document_name", "like", number),
            ("state", "in", states),
        )

    assert runs("running", "met")
    company.release(order, FINANCE)
    (transfer,) = company.ship(order)
    note = company.paper(WAREHOUSE, "report_f18_delivery_note", transfer)
    assert number in note
    company.receive_signed(transfer)
    company.work()
    assert not runs("running")
    sheet = company.paper(SUPERVISOR, "report_f29_order_sheet", order)
    assert number in sheet
