"""[PRC-5] P17 Issuing orders."""

from company import ENGINEER, PLANNER, PRODUCER, SALESMAN, WAREHOUSE


def test_no_work_order_runs_unsigned(company, switched_on):
    """Engineering releases the bill of materials, the planner makes the work order, and
    sales, planning, engineering, warehouse and production sign it; before that it does
    not start, and more pieces than were signed are not made afterwards."""
    switched_on("P17")
    bom = company.ref("demo_bom_isg50")
    (production,) = company.as_(PLANNER).call(
        "mrp.production",
        "create",
        [
            {
                "product_id": company.ref("demo_pump_isg50"),
                "product_qty": 2,
                "bom_id": bom,
            }
        ],
    )
    model = "mrp.production"
    if not company.read(ENGINEER, "mrp.bom", bom, "is_released"):
        company.refused("", PLANNER, model, "action_review_submit", production)
        company.do(ENGINEER, "mrp.bom", "action_release", bom)
    company.submit(production, PLANNER, model)
    company.do(PRODUCER, model, "action_confirm", production)
    company.refused("", PRODUCER, model, "action_start", production)
    signers = (SALESMAN, PLANNER, ENGINEER, WAREHOUSE, PRODUCER)
    company.sign(production, *signers)
    assert company.read(PLANNER, model, production, "review_state") == "approved"
    sheet = company.paper(PLANNER, "report_f07_work_order", production)
    for name in ("林浩", "陈启航", "王志强", "吴勇", "周建"):
        assert name in sheet
    company.do(PRODUCER, model, "action_start", production)
    company.do(PRODUCER, model, "write", production, {"qty_producing": 1})
    assert company.read(PLANNER, model, production, "state") == "progress"
