from datetime import date

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..mechanism.engine import public_act, take_turns
from ..mechanism.order_condition_mixin import Condition
from .project_states import CANCELLED, COMPLETED, DRAFT, ENDED, EVALUATED, IN_FORCE


class OrderProjectCompletion(models.Model):
    """项目完成: the result is handed to the customer, who is asked what he thinks of it
    and accepts it; then those who took part evaluate the project (P13 四, 五).

    The papers of the order are filed after that.
    """

    _name = "order.project.completion"
    _inherit = ["order.case.mixin"]
    _description = "Completion of a Project"

    _moves = {
        DRAFT: {COMPLETED, CANCELLED},
        COMPLETED: {EVALUATED},
        EVALUATED: set(),
        CANCELLED: set(),
    }
    _gates = {"complete": ("state", {COMPLETED, EVALUATED})}
    _entered = frozenset(
        {"handed_over_on", "customer_opinion", "customer_verdict", "completion_note"}
    )
    _facts = {
        "document": ["order_id", "company_id", "completion_note"],
        "dates": ["handed_over_on"],
        "special": ["customer_opinion", "customer_verdict"],
    }

    plan_id = fields.Many2one(
        "order.project.plan",
        string="Project Plan",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    manager_id = fields.Many2one(related="plan_id.manager_id")
    state = fields.Selection(
        [
            (DRAFT, "Being Completed"),
            (COMPLETED, "Completed"),
            (EVALUATED, "Evaluated"),
            (CANCELLED, "Cancelled"),
        ],
        required=True,
        readonly=True,
        copy=False,
        default=DRAFT,
        index=True,
        tracking=True,
    )
    handed_over_on = fields.Date(
        string="Handed to the Customer on",
        help="When the result of the project was handed to the customer.",
    )
    customer_opinion = fields.Text(
        string="Opinion of the Customer", help="What he said when he was asked."
    )
    customer_verdict = fields.Selection(
        [
            ("satisfied", "Satisfied"),
            ("partly", "Partly satisfied"),
            ("dissatisfied", "Not satisfied"),
        ],
        string="The Customer Is",
    )
    completion_note = fields.Text(string="How It Was Completed")
    completed_on = fields.Datetime(readonly=True, copy=False)
    evaluation_ids = fields.One2many(
        "order.project.evaluation", "completion_id", string="Project Evaluation"
    )
    average_score = fields.Float(
        digits=(3, 1),
        compute="_compute_average_score",
        compute_sudo=True,
    )
    has_to_evaluate = fields.Boolean(compute="_compute_has_to_evaluate")

    _one_for_order = models.UniqueIndex(
        "(order_id) WHERE state != 'cancel'",
        "The project of this order is completed once.",
    )

    @api.depends("evaluation_ids.score", "evaluation_ids.evaluated_on")
    def _compute_average_score(self):
        for completion in self:
            scores = [
                int(row.score)
                for row in completion.evaluation_ids
                if row.evaluated_on and row.score
            ]
            completion.average_score = sum(scores) / len(scores) if scores else 0.0

    @api.depends("evaluation_ids.evaluated_on", "state")
    @api.depends_context("uid")
    def _compute_has_to_evaluate(self):
        for completion in self:
            waiting = completion._get_unevaluated().user_id
            completion.has_to_evaluate = (
                completion.state == COMPLETED and self.env.user in waiting
            )

    @api.model
    def _spell_name(self, order, run):
        return self.env._("Completion of project %s", order)

    def _get_unevaluated(self):
        return self.evaluation_ids.filtered(lambda row: not row.evaluated_on)

    # -- making ------------------------------------------------------------------------

    @api.model
    def _open_for(self, plan):
        """Return the completion of the project of one superuser plan; make it if there
        is none."""
        take_turns(plan.order_id)
        known = self.search(
            [("order_id", "=", plan.order_id.id), ("state", "!=", CANCELLED)]
        )
        return known or self.create({"order_id": plan.order_id.id, "plan_id": plan.id})

    def _open(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "order_process_cn.order_project_completion_action"
        )
        return {**action, "views": [(False, "form")], "res_id": self.id, "context": {}}

    def _check_entry(self, names):
        super()._check_entry(names)
        if self._entered & names:
            self.plan_id._check_may_plan()

    # -- what it waits for -------------------------------------------------------------

    def _get_condition_providers(self):
        providers = super()._get_condition_providers()
        return {
            **providers,
            "complete": [
                *providers["complete"],
                self._condition_steps,
                self._condition_goods,
                self._condition_customer,
            ],
        }

    def _get_next_transition(self):
        return "complete" if self.state == DRAFT else False

    def _name_transition(self, transition):
        if transition == "complete":
            return self.env._("Complete the Project")
        return super()._name_transition(transition)

    def _condition_steps(self):
        """[P13 二] by the plan that is in force, whichever it was begun with."""
        label = self.env._("Every step of the project plan done")
        conditions = {}
        for completion in self:
            plan = completion.order_id.project_plan_ids.filtered(
                lambda plan: plan.state in {IN_FORCE, ENDED}
            ).sorted("run")[-1:]
            left = plan.step_ids.filtered(lambda step: not step.done_on)
            conditions[completion] = Condition(
                "steps",
                label,
                bool(plan) and not left,
                plan.manager_id.name or completion.manager_id.name,
                ", ".join(left.mapped("name"))
                or (not plan and self.env._("no plan is in force"))
                or "",
            )
        return conditions

    def _condition_goods(self):
        label = self.env._("Everything delivered")
        return {
            completion: Condition(
                "goods",
                label,
                completion.order_id._is_delivered(),
                self.env._("Warehouse"),
            )
            for completion in self
        }

    def _condition_customer(self):
        """[P13 四 1, 2] he was given the result, and has been asked."""
        label = self.env._("Handed to the customer, who was asked for his opinion")
        now = fields.Datetime.now()
        return {
            completion: Condition(
                "customer",
                label,
                all(
                    (
                        completion.handed_over_on,
                        # what is to come has not happened
                        (completion.handed_over_on or date.min)
                        <= completion.company_id._calendar_day(now),
                        (completion.customer_opinion or "").strip(),
                        completion.customer_verdict,
                    )
                ),
                completion.manager_id.name,
            )
            for completion in self
        }

    # -- buttons -----------------------------------------------------------------------

    @public_act
    def action_complete(self):
        """Note that these projects are completed: those who took part evaluate them.

        :raise UserError: everything that one of them waits for
        """
        self.check_access("write")
        self.plan_id._check_may_plan()
        take_turns(self)
        self._check_open()
        completions = self.sudo()  # checked above; the gate stands behind
        completions._move_to(COMPLETED)
        completions.completed_on = fields.Datetime.now()
        for completion in completions:
            completion._ask_for_evaluations()
        current = completions.plan_id._find_current(completions.order_id)
        current.filtered(lambda plan: plan.state == IN_FORCE)._end(ENDED)
        current.filtered(lambda plan: plan.state == DRAFT)._end(CANCELLED)
        completions.order_id._emit("project_completed")
        return True

    @public_act
    def action_close_evaluation(self):
        """Close the evaluation of these projects though somebody has not evaluated: he
        stands there as one who has not.

        :raise UserError: nobody has evaluated of those who are there, or it is closed
            already
        """
        self.check_access("write")
        self.plan_id._check_may_plan()
        take_turns(self)
        completions = self.sudo()  # checked above
        if silent := completions.filtered(
            lambda c: (
                c.state != COMPLETED
                or (
                    c._get_unevaluated() == c.evaluation_ids
                    and any(c.evaluation_ids.user_id.mapped("active"))
                )
            )
        ):
            raise UserError(
                self.env._(
                    "Nobody has evaluated yet, or it is closed: %s",
                    ", ".join(silent.mapped("display_name")),
                )
            )
        completions._close_evaluation()
        return True

    @public_act
    def action_cancel(self):
        """Give these completions up: the project is not there yet."""
        self.check_access("write")
        self.plan_id._check_may_plan()
        take_turns(self)
        self.sudo()._move_to(CANCELLED)  # checked above
        return True

    # -- evaluating --------------------------------------------------------------------

    def _ask_for_evaluations(self):
        """Ask the project manager and the departments that took part. [P13 五 1]"""
        plans = self.order_id.project_plan_ids.filtered(
            lambda plan: plan.state in {IN_FORCE, ENDED}
        )
        departments = {
            step.responsible_id: step.department_id for step in plans.step_ids
        }
        people = self.manager_id | plans.step_ids.responsible_id | self.user_id
        self.evaluation_ids = [
            Command.create(
                {
                    "user_id": user.id,
                    "department_id": departments[user].id
                    if user in departments
                    else False,
                }
            )
            for user in people.filtered("active")
        ]
        for row in self.evaluation_ids:
            self._leave_todo(
                "project.evaluation",
                self.env._("Evaluate the project"),
                self.display_name,
                user=row.user_id,
            )

    def _close_evaluation(self):
        """End the evaluation of these superuser completions."""
        self._find_todos("project.evaluation").unlink()
        self._move_to(EVALUATED)
        self.order_id._emit("project_evaluated")
        for completion in self:
            completion._after_evaluation()

    def _after_evaluation(self):
        """Called once for each project that was evaluated, as superuser."""

    def _spell_evaluations(self, name):
        """Return what was said on ``name`` of one project, a line for each person."""
        rows = self.evaluation_ids.filtered(lambda row: row.evaluated_on and row[name])
        return "\n".join(f"{row.user_id.name}: {row[name]}" for row in rows)
