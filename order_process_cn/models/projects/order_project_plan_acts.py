from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...tools import arguments
from ..given.given import find_given
from ..intake.classification import get_order_type
from ..mechanism.engine import public_act, take_turns
from ..progress.steps import check_act_of_sales
from .project_states import (
    CANCELLED,
    DRAFT,
    ENDED,
    IN_FORCE,
    REPLACED,
    TAKES_BACK,
)


class OrderProjectPlan(models.Model):
    """What is done with project plans: drawing up, putting in force, remaking."""

    _inherit = "order.project.plan"

    # -- buttons -----------------------------------------------------------------------

    @api.model
    @public_act
    @arguments.checked(order_id=arguments.record_id)
    def action_draw_up(self, order_id):
        """Open the project plan of an order; draw one up if there is none.

        :param int order_id: an order of which the caller is to know
        :raise UserError: the order is no project, or not confirmed
        """
        order = find_given(self.env["sale.order"], order_id)
        order.check_access("read")
        known = order.sudo()  # that he may see it was checked above
        manager = get_order_type(known)._find_project_manager(known)
        if self.env.user != manager:
            check_act_of_sales(order)
        take_turns(order)
        plan = known.project_plan_ids.filtered(lambda p: p.state in {DRAFT, IN_FORCE})
        if not plan:
            if known.state != "sale" or not known.has_project:
                raise UserError(
                    self.env._(
                        "%s is no confirmed order of a type with a project plan.",
                        known.name,
                    )
                )
            plan = self._propose(known)
        return plan.sorted("run")[-1:]._open()

    @public_act
    def action_begin(self):
        """Put these plans in force where nobody reviews them: those who answer for a
        step are told, and what was in force before is replaced.

        :raise UserError: everything that is missing, for all of them at once
        """
        self.check_access("write")
        self._check_may_plan()
        take_turns(self)
        self._check_open()
        self._check_begin()
        self.sudo()._put_in_force()  # checked above; the gate stands behind
        return True

    @public_act
    def action_remake(self):
        """Open the version that will take the place of one plan, with what is not done
        as it is planned now; make it if there is none.

        :raise UserError: the plan is not in force
        """
        self.ensure_one()
        self.check_access("write")
        self._check_may_plan()
        take_turns(self)
        plan = self.sudo()  # checked above
        if plan.state != IN_FORCE:
            raise UserError(
                self.env._(
                    "Only a plan that is in force is remade, %s is not.",
                    plan.display_name,
                )
            )
        # one plan an order: the present one, opened with the caller's own rights
        found = self._find_current(plan.order_id).sudo()
        draft = found.filtered(lambda other: other.state == DRAFT)
        return (draft or plan._remake())._open()

    @public_act
    def action_cancel(self):
        """Give these plans up; what they say is kept."""
        self.check_access("write")
        self._check_may_plan()
        take_turns(self)
        self.sudo()._end(CANCELLED)  # checked above
        return True

    @public_act
    def action_complete(self):
        """Open the completion of the project of one plan in force."""
        self.ensure_one()
        self.check_access("write")
        self._check_may_plan()
        take_turns(self)
        plan = self.sudo()  # checked above
        if plan.state != IN_FORCE:
            raise UserError(
                self.env._("%s is not in force.", plan.display_name),
            )
        completions = self.env["order.project.completion"].sudo()  # as above
        return completions._open_for(plan)._open()

    # -- making ------------------------------------------------------------------------

    @api.model
    def _propose(self, order):
        """Return a new plan of one order, a superuser record: the usual steps of its
        type from today on. Its manager gets a to-do."""
        kind = get_order_type(order)
        manager = kind._find_project_manager(order)
        plans = self.sudo().with_context(lang=manager.lang)  # whoever confirms
        today = order.company_id._calendar_day(fields.Datetime.now())
        patterns = kind.with_context(lang=manager.lang).project_pattern_ids
        plan = plans.create(
            {
                "order_id": order.id,
                "manager_id": manager.id,
                "step_ids": [
                    Command.create(step) for step in patterns._propose(order, today)
                ],
            }
        )
        plan._leave_todo(
            "project.plan", self.env._("Draw up the project plan"), user=manager
        )
        return plan.with_env(order.env)

    def _remake(self):
        """Return the next version of one superuser plan."""
        return self.create(
            {
                "order_id": self.order_id.id,
                "manager_id": self.manager_id.id,
                "goal": self.goal,
                "step_ids": [
                    Command.create(step._prepare_next()) for step in self.step_ids
                ],
            }
        )

    def _open(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "order_process_cn.order_project_plan_action"
        )
        return {**action, "views": [(False, "form")], "res_id": self.id, "context": {}}

    # -- in force ----------------------------------------------------------------------

    def _check_begin(self):
        if problems := [p for plan in self for p in plan._find_problems()]:
            raise UserError("\n".join(problems))

    def _put_in_force(self):
        """Let people work by these superuser plans."""
        take_turns(self.order_id)
        older = self._find_current(self.order_id) - self
        older.filtered(lambda plan: plan.state == IN_FORCE)._end(REPLACED)
        self._move_to(IN_FORCE)
        self.in_force_on = fields.Datetime.now()
        self._find_todos("project.plan").unlink()
        for plan in self:
            plan.step_ids._ask_responsible()
        self._settle_changes()
        self.order_id._emit("project_planned")

    def _end(self, state):
        """End these superuser plans: nobody is asked for their steps any more."""
        self._move_to(state)
        self._find_todos("project.plan").unlink()
        self.step_ids._forget_todos()

    def _settle_changes(self):
        """The change of an order asked for a new version: this is the one."""
        # follows from the plan that came into force
        every = self.sudo().search([("order_id", "in", self.order_id.ids)])
        effects = self.env["order.change.effect"].search(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", every.ids),
                ("act", "=", "remake"),
                ("result", "=", "left"),
            ]
        )
        effects.result = "done"
        for effect in effects:
            effect.change_id._find_todos(f"change.effect.{effect.id}").unlink()

    def _after_review(self, state):
        super()._after_review(state)
        if state == "approved":
            self.filtered(lambda plan: plan.state == DRAFT)._put_in_force()
        elif state in TAKES_BACK:
            back = self.filtered(lambda plan: plan.state == IN_FORCE)
            back.filtered(lambda plan: not plan._has_draft())._end(DRAFT)

    def _has_draft(self):
        """Whether the next version of one plan is drawn up already."""
        others = self._find_current(self.order_id) - self
        return any(plan.state == DRAFT for plan in others)

    def _is_review_used(self):
        return self.state in {REPLACED, ENDED, CANCELLED}
