from odoo import api, fields, models

from .project_states import IN_FORCE
from .projects import filtered_projects

READERS = "base.group_user,order_process_cn.order_group_signer"


@api.depends("order_type_id", "proposed_type_id")
def compute_has_project(orders):
    """Whether orders are projects: asked of memory. No method of orders: nobody
    extends it."""
    projects = filtered_projects(orders)
    for order in orders:
        order.has_project = order in projects


@api.depends("project_plan_ids.step_ids.done_on", "project_plan_ids.state")
def compute_project_slipped(orders):
    """Name the steps that are behind the plan in force. No project: no query."""
    orders.project_slipped = False
    for order in filtered_projects(orders):
        plan = order.project_plan_ids.filtered(lambda plan: plan.state == IN_FORCE)
        late = plan.step_ids.filtered("is_late")
        order.project_slipped = ", ".join(
            order.env._(
                "%(step)s (%(days)s days)", step=step.name, days=step.deviation_days
            )
            for step in late
        )


class SaleOrder(models.Model):
    """The project of an order (P13): its plans, what has slipped, its completion."""

    _inherit = "sale.order"

    has_project = fields.Boolean(
        compute=compute_has_project, compute_sudo=True, groups=READERS
    )
    project_plan_ids = fields.One2many(
        "order.project.plan", "order_id", string="Project Plans", groups=READERS
    )
    project_completion_ids = fields.One2many(
        "order.project.completion",
        "order_id",
        string="Completion of the Project",
        groups=READERS,
    )
    project_slipped = fields.Char(
        string="Slipped Steps",
        compute=compute_project_slipped,
        compute_sudo=True,
        groups=READERS,
        help="Steps of the project plan of which the last day is over.",
    )
