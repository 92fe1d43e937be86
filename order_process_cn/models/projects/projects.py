"""What orders that are projects ask for (P13)."""

from ..intake.classification import get_order_type
from ..mechanism.engine import take_turns
from ..mechanism.order_condition_mixin import Condition
from .project_states import CANCELLED, CURRENT, EVALUATED


def filtered_projects(orders):
    """Return the orders of types whose orders are projects. No such type: no query."""
    asking = orders.env["order.type"]._ids_with_project()
    if not asking:
        return orders.browse()
    return orders.filtered(lambda order: get_order_type(order).id in asking)


def propose_plans(orders):
    """Draft the project plans of orders that are confirmed now, once.

    :param orders: superuser records
    """
    projects = filtered_projects(orders)
    take_turns(projects)
    for order in projects.filtered(lambda order: not order.project_plan_ids):
        order.env["order.project.plan"]._propose(order)


def end_plans(orders):
    """Nobody works for a project that is cancelled.

    :param orders: superuser records
    """
    projects = filtered_projects(orders)
    plans = projects.project_plan_ids.filtered(lambda plan: plan.state in CURRENT)
    if plans:
        plans._end(CANCELLED)


def condition_projects(orders):
    """[P13 四 3, 五] what is planned as a project is completed and evaluated before its
    papers are filed."""
    label = orders.env._("Project completed and evaluated")
    conditions = {}
    for order in filtered_projects(orders).filtered("project_plan_ids"):
        done = order.project_completion_ids.filtered(lambda c: c.state == EVALUATED)
        plan = order.project_plan_ids.sorted("run")[-1:]
        conditions[order] = Condition(
            "project", label, bool(done), plan.manager_id.name
        )
    return conditions
