"""[PRC-5] P13 Project orders."""

from datetime import date, timedelta

from company import (
    BUYER,
    CLERK,
    ENGINEER,
    FINANCE,
    GENERAL_MANAGER,
    PLANNER,
    PRODUCER,
    QUALITY,
    SALESMAN,
    SUPERVISOR,
    SYSTEM,
    WAREHOUSE,
)
from customer import Customer

EVERYBODY = (
    SALESMAN,
    SUPERVISOR,
    ENGINEER,
    QUALITY,
    PLANNER,
    BUYER,
    PRODUCER,
    WAREHOUSE,
    FINANCE,
)
PLAN, STEP = "order.project.plan", "order.project.step"
COMPLETION, EVALUATION = "order.project.completion", "order.project.evaluation"
CHANGE, EFFECT = "order.change.request", "order.change.effect"
MEETING, PRODUCTION = "order.meeting", "mrp.production"
FILING = ("sale.order", "action_archive_papers")


def test_planned_changed_completed(company, switched_on):
    """The contract is formed and countersigned; the plan is drawn up, agreed to and in
    force. The customer asks for more; the departments sign, he signs the agreement,
    order and production follow, and the plan is made anew. A serious failure is met
    on. The steps are done, the customer accepts, the project is completed and
    evaluated, sales decides on improvements; before that nothing is filed."""
    switched_on("P13")
    order = enter(company)
    company.confirm(order)
    (production,) = making(company, order)
    assert company.read(PLANNER, PRODUCTION, production, "product_qty") == 3
    (plan,) = plans(company, order)
    agree_to_plan(company, plan, "三台泵按期投产")

    change(company, order)
    (production,) = making(company, order)
    assert company.read(PLANNER, PRODUCTION, production, "product_qty") == 5
    assert company.read(SALESMAN, PLAN, plan, "state") == "in_force"
    company.do(SALESMAN, PLAN, "action_remake", plan)
    (remade,) = plans(company, order, "draft")
    agree_to_plan(company, remade, "五台泵按期投产")
    assert company.read(SALESMAN, PLAN, plan, "state") == "replaced"

    meet_on_failure(company, order)
    company.do(PRODUCER, PRODUCTION, "write", production, {"qty_producing": 5})
    company.do(PRODUCER, PRODUCTION, "button_mark_done", production)
    deliver(company, order)
    company.pay(company.invoice(order))
    assert company.order(order, "closed_on")
    company.refused("", SUPERVISOR, *FILING, order)
    complete(company, order, remade)
    company.do(SUPERVISOR, *FILING, order)
    assert company.order(order, "progress") == "archived"


def enter(company):
    """The project is entered, the contract formed, the departments countersign."""
    routes = company.as_(SYSTEM).call(
        "ir.model.data",
        "search_read",
        [("name", "in", ["route_warehouse0_mto", "route_warehouse0_manufacture"])],
        ["res_id"],
    )
    line = {
        "product_id": company.ref("demo_pump_isg50"),
        "product_uom_qty": 3,
        "route_ids": [(6, 0, [route["res_id"] for route in routes])],
    }
    order = company.of_type("project", "泵站项目", order_line=[(0, 0, line)])
    company.submit(order, SUPERVISOR)
    company.sign(order, GENERAL_MANAGER, PRODUCER, BUYER, ENGINEER)
    assert company.order(order, "review_state") == "approved"
    return order


def making(company, order):
    """Return what is made for the order."""
    number = company.order(order, "name")
    open_ones = ("state", "in", ["draft", "confirmed", "progress"])
    return company.search(PLANNER, PRODUCTION, ("origin", "like", number), open_ones)


def plans(company, order, *states):
    states = states or ("draft", "in_force")
    return company.search(
        SALESMAN, PLAN, ("order_id", "=", order), ("state", "in", states)
    )


def agree_to_plan(company, plan, goal):
    """Its manager says what for, the departments that work by it agree; it is in
    force, and whoever makes sees his step."""
    company.do(SALESMAN, PLAN, "write", plan, {"goal": goal})
    company.submit(plan, SALESMAN, PLAN)
    for login in (ENGINEER, BUYER, PRODUCER, SUPERVISOR):
        company.sign(plan, login)
    assert company.read(SALESMAN, PLAN, plan, "state") == "in_force"
    assert company.search(
        PRODUCER,
        STEP,
        ("plan_id", "=", plan),
        ("responsible_id", "=", company.as_(PRODUCER).uid),
    )


def change(company, order):
    """[CHG-1] the customer asks for five on his page, the salesman takes it up, those
    whom it touches sign; dearer, it waits for the customer's signature."""
    (line,) = company.order(order, "order_line")
    customer = Customer(company, order, SUPERVISOR)
    customer.send("ask_change", **{f"quantity_{line}": 5, "note": "二期并入"})
    (asked,) = company.search(SALESMAN, CHANGE, ("order_id", "=", order))
    reason = company.ref("order_change_reason_quantity")
    company.do(SALESMAN, CHANGE, "write", asked, {"reason_id": reason})
    company.submit(asked, SALESMAN, CHANGE)
    assert company.search(
        SALESMAN, EFFECT, ("change_id", "=", asked), ("act", "=", "remake")
    )
    for login in EVERYBODY:
        if company.has_to_sign(login, asked):
            company.sign(asked, login)
    company.work()
    assert company.read(SALESMAN, CHANGE, asked, "state") == "agreed"
    paper = company.paper(SALESMAN, "report_f21_order_change", asked)
    assert company.order(order, "name") in paper
    scan = company.scan(SALESMAN)
    company.do(SALESMAN, CHANGE, "action_register_agreement", asked, "陈建军", [scan])
    waiting = company.search(
        CLERK,
        "order.statement",
        ("order_id", "=", order),
        ("check_state", "=", "to_check"),
    )
    company.do(CLERK, "order.statement", "action_accept", waiting)
    company.work()
    assert company.read(SALESMAN, CHANGE, asked, "state") == "applied"
    assert company.read(SUPERVISOR, "sale.order.line", line, "product_uom_qty") == 5
    (effect,) = company.search(
        SALESMAN, EFFECT, ("change_id", "=", asked), ("act", "=", "remake")
    )
    assert company.read(SALESMAN, EFFECT, effect, "result") == "left"


def meet_on_failure(company, order):
    """[ACC-3] who is responsible is found in a meeting, and what will be better."""
    due = str(date.today() + timedelta(days=9))
    better = {
        "name": "铸件双供应商",
        "owner_id": company.ref("demo_user_buyer"),
        "due_on": due,
    }
    minutes = {
        "kind": "failure",
        "company_id": company.ref("demo_company"),
        "order_ids": [(6, 0, [order])],
        "cause": "铸件到货晚",
        "responsible_ids": [(6, 0, [company.ref("demo_user_buyer")])],
        "responsibility": "未跟催供应商",
        "participant_ids": [(0, 0, {"user_id": company.ref("demo_user_buyer")})],
        "improvement_ids": [(0, 0, better)],
    }
    (meeting,) = company.as_(SUPERVISOR).call(MEETING, "create", [minutes])
    company.do(SUPERVISOR, MEETING, "action_send_minutes", meeting)
    company.do(BUYER, MEETING, "action_confirm_minutes", meeting)


def deliver(company, order):
    """The goods leave; the customer refuses nothing and accepts them on his page."""
    (transfer,) = company.ship(order)
    company.work()
    customer = Customer(company, order, SUPERVISOR)
    customer.send("confirm_receipt", delivery=transfer, acceptance="accepted")
    company.work()
    assert company.order(order, "accepted_on")


def complete(company, order, plan):
    """Every step done, the customer asked; then each who took part evaluates."""
    steps = company.search(SALESMAN, STEP, ("plan_id", "=", plan))
    company.do(SALESMAN, PLAN, "action_complete", plan)
    (completion,) = company.search(SALESMAN, COMPLETION, ("order_id", "=", order))
    asked = {
        "handed_over_on": str(date.today()),
        "customer_opinion": "运行平稳",
        "customer_verdict": "satisfied",
    }
    company.do(SALESMAN, COMPLETION, "write", completion, asked)
    company.refused("", SALESMAN, COMPLETION, "action_complete", completion)
    company.do(SALESMAN, STEP, "action_done", steps)
    company.do(SALESMAN, COMPLETION, "action_complete", completion)
    for login in EVERYBODY:
        own = company.search(
            login,
            EVALUATION,
            ("completion_id", "=", completion),
            ("user_id", "=", company.as_(login).uid),
        )
        if own:
            said = {"score": "4", "shortcomings": "铸件晚", "suggestion": "早下单"}
            company.do(login, EVALUATION, "write", own, said)
            company.do(login, EVALUATION, "action_evaluate", own)
    assert company.read(SALESMAN, COMPLETION, completion, "state") == "evaluated"
    (meeting,) = company.search(
        SUPERVISOR, MEETING, ("order_ids", "=", order), ("kind", "=", "summary")
    )
    assert "早下单" in company.read(SUPERVISOR, MEETING, meeting, "process")
