from odoo import api, fields, models
from odoo.exceptions import AccessError

from .project_states import (
    CANCELLED,
    CURRENT,
    DRAFT,
    ENDED,
    IN_FORCE,
    LEADS,
    REPLACED,
)


class OrderProjectPlan(models.Model):
    """项目计划: the goal of a project and the way to it, in steps: what, who answers
    for it, from when to when (P13 二).

    Drawn up by the project manager, reviewed where a route asks for it, then in force.
    What is in force stays as it is: a change of the order leads to the next version,
    which takes its place (CHG-1). What is done with plans stands in ``…_acts``.
    """

    _name = "order.project.plan"
    _inherit = ["order.case.mixin"]
    _description = "Project Plan"

    _moves = {
        DRAFT: {IN_FORCE, CANCELLED},
        IN_FORCE: {REPLACED, ENDED, DRAFT, CANCELLED},
        REPLACED: set(),
        ENDED: set(),
        CANCELLED: set(),
    }
    _gates = {"begin": ("state", {IN_FORCE, REPLACED, ENDED})}
    _entered = frozenset({"manager_id", "goal"})
    _facts = {
        "document": ["order_id", "company_id", "manager_id"],
        "special": ["goal"],
    }
    _lines = "step_ids"
    _line_facts = {
        "document": ["name", "department_id", "responsible_id"],
        "dates": ["date_begin", "date_end"],
    }

    state = fields.Selection(
        [
            (DRAFT, "Being Drawn Up"),
            (IN_FORCE, "Plan in Force"),
            (REPLACED, "Replaced"),
            (ENDED, "Project Completed"),
            (CANCELLED, "Cancelled"),
        ],
        required=True,
        readonly=True,
        copy=False,
        default=DRAFT,
        index=True,
        tracking=True,
    )
    manager_id = fields.Many2one(
        "res.users",
        string="Project Manager",
        required=True,
        index=True,
        domain=[("share", "=", False)],
        default=lambda self: self.env.user,
        ondelete="restrict",
        tracking=True,
    )
    goal = fields.Text(string="Goal of the Project")
    step_ids = fields.One2many("order.project.step", "plan_id", string="Project Steps")
    in_force_on = fields.Datetime(
        string="Plan in Force Since", readonly=True, copy=False
    )
    steps_done = fields.Char(compute="_compute_steps_done", compute_sudo=True)
    slipped_count = fields.Integer(
        string="Steps Slipped", compute="_compute_steps_done", compute_sudo=True
    )

    _one_draft = models.UniqueIndex(
        "(order_id) WHERE state = 'draft'",
        "A project plan of this order is being drawn up already.",
    )
    _one_in_force = models.UniqueIndex(
        "(order_id) WHERE state = 'in_force'",
        "One project plan of an order is in force at a time.",
    )

    @api.depends("step_ids.done_on", "step_ids.date_end", "state")
    def _compute_steps_done(self):
        for plan in self:
            done = plan.step_ids.filtered("done_on")
            plan.steps_done = f"{len(done)} / {len(plan.step_ids)}"
            plan.slipped_count = len(plan.step_ids.filtered("is_late"))

    @api.model
    def _spell_name(self, order, run):
        return self.env._(
            "Project plan of %(order)s, version %(version)s", order=order, version=run
        )

    # -- who plans ---------------------------------------------------------------------

    def _check_entry(self, names):
        super()._check_entry(names)
        if self._entered & names:
            self._check_may_plan()

    def _may_plan(self):
        """Whether the caller plans this project: its manager, whoever sells the order,
        and whoever leads sales."""
        self.ensure_one()
        user = self.env.user
        # whoever answers for the project need not read the order
        return user in self.manager_id | self.sudo().order_id.user_id or (
            user.has_group(LEADS)
        )

    def _check_may_plan(self):
        if self.env.su:
            return
        if others := self.filtered(lambda plan: not plan._may_plan()):
            raise AccessError(
                self.env._(
                    "%(plans)s: drawn up by %(people)s.",
                    plans=", ".join(others.mapped("display_name")),
                    people=", ".join(others.manager_id.mapped("name")),
                )
            )

    @api.model
    def _find_current(self, orders):
        """Return the plans of ``orders`` by which people work, or will."""
        return self.search([("order_id", "in", orders.ids), ("state", "in", CURRENT)])

    # -- what is missing ---------------------------------------------------------------

    def _find_problems(self):
        """Return in words what one plan lacks before people work by it."""
        self.ensure_one()
        problems = []
        if not (self.goal or "").strip():
            problems.append(self.env._("%s: enter the goal.", self.display_name))
        if not self.step_ids:
            problems.append(self.env._("%s: enter the steps.", self.display_name))
        nobody = self.step_ids.filtered(lambda step: not step.responsible_id)
        undated = self.step_ids.filtered(lambda s: not (s.date_begin and s.date_end))
        for steps, words in (
            (nobody, self.env._("say who answers for it")),
            (undated, self.env._("say from when to when")),
        ):
            problems += [f"{step.name}: {words}" for step in steps]
        return problems

    def _get_submission_problems(self):
        return super()._get_submission_problems() + self._find_problems()

    def _get_review_lines(self):
        self.ensure_one()
        return [step._spell() for step in self.step_ids]

    def _get_limit_owner(self):
        return self.manager_id
