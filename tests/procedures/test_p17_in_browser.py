"""[PRC-5] [MFG-5] P17 in the standard web client: a work order that five departments
sign before anybody may start it, on the tablet of the workshop."""

from company import ENGINEER, PLANNER, PRODUCER, SALESMAN, WAREHOUSE
from screens import TABLET, Screen

MADE = "mrp.production"


def test_signed_before_it_starts(company, switched_on, open_page):
    switched_on("P17")
    bom = company.ref("demo_bom_isg50")
    if not company.read(ENGINEER, "mrp.bom", bom, "is_released"):
        company.do(ENGINEER, "mrp.bom", "action_release", bom)
    values = {
        "product_id": company.ref("demo_pump_isg50"),
        "product_qty": 2,
        "bom_id": bom,
    }
    (production,) = company.as_(PLANNER).call(MADE, "create", [values])
    number = company.read(PLANNER, MADE, production, "name")
    planner = Screen(open_page(PLANNER), "p17").open(MADE, production)
    planner.press("action_review_submit").picture("1_submitted")
    company.do(PRODUCER, MADE, "action_confirm", production)
    company.sign(production, SALESMAN, PLANNER, ENGINEER)
    workshop = Screen(open_page(PRODUCER), "p17").hold(TABLET)
    workshop.open(MADE, production).press("action_start", gone=False)
    # why it may not start is said in words, with who has not signed
    workshop.page.wait_for_selector(".modal:has-text('吴勇'), .modal:has-text('仓')")
    workshop.picture("2_refused")
    store = Screen(open_page(WAREHOUSE), "p17")
    store.go("my-signatures", f"tr.o_data_row:has-text('{number}')")
    store.page.click(f"tr.o_data_row:has-text('{number}') td[name=document_name]")
    store.press("action_review_agree").picture("3_signed_by_the_store")
    workshop.open(MADE, production).press("action_review_agree")
    workshop.press("action_start").in_state("progress").picture("4_started")
    sheet = company.paper(PLANNER, "report_f07_work_order", production)
    assert "吴勇" in sheet and "周建" in sheet
