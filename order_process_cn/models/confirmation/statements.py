"""What the customer and the departments have stated about orders (CFM)."""

from odoo.fields import Domain

from ..effect.held import name_effect_conditions
from ..intake.order_states import HELD
from ..mechanism.order_condition_mixin import Condition

# under which key a department finds its to-do
TODO_KEY = "statement.%s"


# statements of our own departments, and who may make them
DEPARTMENT_OF = {
    "technical": "order_process_cn.order_department_engineering",
    "material": "order_process_cn.order_department_purchase",
}


def ask_statement(orders, **defaults):
    action = orders.env["ir.actions.act_window"]._for_xml_id(
        "order_process_cn.order_statement_wizard_action"
    )
    action["context"] = {"default_order_id": orders.id, **defaults}
    return action


def readable_evidence(orders, evidence_ids):
    return orders.env["order.statement"]._read_evidence(evidence_ids)


def find_statements(orders, kind):
    """Return those of these orders for which a valid statement of ``kind`` exists."""
    if not orders:
        return orders
    statements = orders.env["order.statement"].search_fetch(
        [("order_id", "in", orders.ids), ("kind", "=", kind)],
        ["order_id", "kind", "digests", "check_state", "review_id"],
    )
    # what the customer signed in an earlier run of the review was something else
    statements = statements.filtered(
        lambda s: (
            kind not in {"returned", "conditions"}
            or s.review_id == s.order_id.review_id
        )
    )
    concerned = statements.order_id
    facts = concerned._collect_review_facts()
    stood_for = statements._get_stood_for()
    return statements.filtered(
        lambda s: s._holds(s._facts_known(facts[s.order_id]), stood_for[s])
    ).order_id


def condition_statement(orders, kind, flag, label, owner):
    """[CFM-3] a written confirmation that the type asks for."""
    concerned = orders.filtered(lambda order: order.order_type_id[flag])
    done = find_statements(concerned, kind)
    return {
        order: Condition(
            kind, label, order in done, spell_people_stating(order, kind, owner)
        )
        for order in concerned
    }


def get_people_stating(orders, kind):
    """Return the ids of the users who may make a statement of ``kind``."""
    return get_roster(orders.env, kind, orders.company_id.id)[1]


def get_kinds_stated_here(orders):
    """Return the kinds of statements that the reader may make about one order,
    those first that it waits for."""
    waiting = orders.effect_waiting or ()
    kinds = [
        k for k in DEPARTMENT_OF if orders.env.uid in get_people_stating(orders, k)
    ]
    return sorted(kinds, key=lambda kind: kind not in waiting)


def spell_people_stating(orders, kind, owner):
    """Return ``owner``, whose move a statement of ``kind`` is, or that nobody can
    make it."""
    if kind not in DEPARTMENT_OF or get_people_stating(orders, kind):
        return owner
    return orders.env._("nobody: the department “%s” has no people", owner)


def get_my_statements_domain(env):
    given = [("user_id", "=", env.uid), ("kind", "in", [*DEPARTMENT_OF])]
    # any!: they are his own
    mine = Domain("statement_ids", "any!", given) | get_asked_domain(env)
    # nothing is looked for as long as one belongs to no such department
    return Domain("company_id", "in", get_companies_stating(env)) & mine


def get_asked_domain(env):
    """Return the domain of the orders that wait for statements."""
    types = env["order.type"]._ids_requiring_technical()
    return Domain("effect_state", "=", HELD) & Domain(
        "order_type_id", "in", sorted(types)
    )


def get_companies_stating(env):
    """Return the ids of the companies in which the reader belongs to a department
    that makes statements."""
    return [
        company_id
        for company_id in env.user._get_company_ids()
        if any(
            env.uid in get_roster(env, kind, company_id)[1] for kind in DEPARTMENT_OF
        )
    ]


def get_roster(env, kind, company_id):
    """Return ``(head id or False, (member id, …))`` of the department that makes
    statements of ``kind`` in a company."""
    department_id = env["ir.model.data"]._xmlid_to_res_id(DEPARTMENT_OF[kind])
    rosters = env["order.department"]._rosters(company_id)
    return rosters.get(department_id, (False, ()))


def ask_in_writing(orders):
    """Leave each department one to-do for as long as its statement is missing: its
    head, or else the first of its people. Called by the recheck worker."""
    if not orders:
        return
    names = name_effect_conditions(orders)
    for kind in DEPARTMENT_OF:
        asked = orders.filtered(
            lambda order, kind=kind: (
                order.effect_state == HELD and kind in (order.effect_waiting or ())
            )
        )
        # what was said, taken back or cancelled is asked of nobody
        (orders - asked)._find_todos(TODO_KEY % kind).unlink()
        for company, own in asked.grouped("company_id").items():
            head, people = get_roster(orders.env, kind, company.id)
            user = orders.env["res.users"].browse(head or people[:1])
            if user:
                own._leave_todo(
                    TODO_KEY % kind,
                    orders.env._("Confirm in writing: %s", names[kind]),
                    user=user,
                )
