"""[PRC-5] P13 Project orders."""

from datetime import date, timedelta

from company import (
    BUYER,
    CLERK,
    ENGINEER,
    FINANCE,
    PLANNER,
    PRODUCER,
    QUALITY,
    SALESMAN,
    SUPERVISOR,
    SYSTEM,
    WAREHOUSE,
)
from customer import Customer
from making import file_papers
from selling import pack

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
MEETING, RELEASE = "order.meeting", "order.shipping.release"
COMPLETION, OPINION = "order.project.completion", "order.project.evaluation"


def test_from_contract_to_archive(company, switched_on):
    """The contract is formed and countersigned; the plan is drawn up, agreed to and in
    force. The customer asks for more; the departments sign, he signs the agreement,
    order and delivery follow, and the plan is made anew. A serious failure is met on,
    and who answers for it is named. Paid, it is shipped and accepted by the customer;
    every step done, the project is completed, evaluated by those who took part, and
    its papers are filed."""
    company.review_projects()
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
    deliver(company, order)
    complete(company, remade)
    file_papers(company, CLERK, order)


def enter(company):
    """The project is entered, the contract formed, the departments countersign."""
    order = company.of_type("project", "泵站项目")
    company.form_contract(order)
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


def deliver(company, order):
    """[DEP-8] what is to be paid before shipping is; the customer accepts the goods."""
    company.pay(company.invoice(order))
    (transfer,) = company.transfers(order)
    company.do(WAREHOUSE, "stock.picking", "action_assign", transfer)
    # three were proposed before the change
    goods = ("order.shipping.line", ("release_id.order_id", "=", order))
    proposed = company.search(SALESMAN, *goods)
    company.do(SALESMAN, "order.shipping.line", "write", proposed, {"quantity": 5})
    release = company.release(order)
    company.do(FINANCE, RELEASE, "action_release", release)
    pack(company, transfer, 5)
    company.ship(order)
    company.work()
    assert not company.order(order, "accepted_on")
    customer = Customer(company, order, SUPERVISOR)
    customer.send("confirm_receipt", delivery=transfer, acceptance="accepted")
    company.work()
    assert company.order(order, "accepted_on")


def complete(company, plan):
    """[P13 四] [P13 五] every step is done, the customer was asked; then everybody who
    took part says what he thinks of it."""
    steps = company.as_(SALESMAN).call(
        STEP,
        "search_read",
        [("plan_id", "=", plan), ("done_on", "=", False)],
        ["responsible_id"],
    )
    for step in steps:
        company.do(
            login_of(company, step["responsible_id"]), STEP, "action_done", step["id"]
        )
    action = company.do(SALESMAN, PLAN, "action_complete", plan)
    completion = action["res_id"]
    company.refused("客户", SALESMAN, COMPLETION, "action_complete", completion)
    said = {
        "handed_over_on": str(date.today()),
        "customer_opinion": "运行平稳",
        "customer_verdict": "satisfied",
    }
    company.do(SALESMAN, COMPLETION, "write", completion, said)
    company.do(SALESMAN, COMPLETION, "action_complete", completion)
    rows = company.as_(SALESMAN).call(
        OPINION, "search_read", [("completion_id", "=", completion)], ["user_id"]
    )
    assert len(rows) > 2
    for row in rows:
        login = login_of(company, row["user_id"])
        company.do(login, OPINION, "write", row["id"], {"score": "5"})
        company.do(login, OPINION, "action_evaluate", row["id"])
    assert company.read(SALESMAN, COMPLETION, completion, "state") == "evaluated"


def login_of(company, user):
    return company.read(SYSTEM, "res.users", user[0], "login")
