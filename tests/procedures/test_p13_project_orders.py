"""[PRC-5] P13 Project orders."""

from datetime import date, timedelta

from company import (
    ADMINISTRATOR,
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
CHANGE, EFFECT = "order.change.request", "order.change.effect"
MEETING = "order.meeting"


def test_planned_and_changed(company, switched_on):
    """The contract is formed and countersigned; the plan is drawn up, agreed to and in
    force. The customer asks for more; the departments sign, he signs the agreement,
    order and delivery follow, and the plan is made anew. A serious failure is met on,
    and who answers for it is named. Completion and evaluation: test_projects."""
    kind = company.ref("order_type_project")
    # the demo took projects out of the route of P26
    route = company.ref("order_review_route_p26")
    types = {"order_type_ids": [(4, kind)]}
    company.do(ADMINISTRATOR, "order.review.route", "write", route, types)
    switched_on("P13")
    order = enter(company)
    company.stock()
    company.confirm(order)
    assert leaving(company, order) == 3
    (plan,) = plans(company, order)
    agree_to_plan(company, plan, "三台泵按期投产")

    change(company, order)
    assert leaving(company, order) == 5
    assert company.read(SALESMAN, PLAN, plan, "state") == "in_force"
    company.do(SALESMAN, PLAN, "action_remake", plan)
    (remade,) = plans(company, order, "draft")
    agree_to_plan(company, remade, "五台泵按期投产")
    assert company.read(SALESMAN, PLAN, plan, "state") == "replaced"

    meet_on_failure(company, order)


def enter(company):
    """The project is entered, the contract formed, the departments countersign."""
    order = company.of_type("project", "泵站项目")
    company.submit(order, SUPERVISOR)
    company.sign(order, GENERAL_MANAGER, PRODUCER, BUYER, ENGINEER)
    assert company.order(order, "review_state") == "approved"
    return order


def leaving(company, order):
    """Return how much is to leave for the order."""
    moves = company.as_(WAREHOUSE).call(
        "stock.move",
        "search_read",
        [("picking_id", "in", company.transfers(order))],
        ["product_uom_qty"],
    )
    return sum(move["product_uom_qty"] for move in moves)


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
        assert company.decide(login, PLAN, plan)
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
    signed = [login for login in EVERYBODY if company.decide(login, CHANGE, asked)]
    assert {PLANNER, PRODUCER} <= set(signed)
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
