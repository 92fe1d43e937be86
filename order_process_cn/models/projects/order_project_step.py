from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import format_date

from ..given.given import check_given
from ..mechanism.engine import public_act, take_turns
from .project_states import IN_FORCE

# said by whoever answers for the step, as long as people work by the plan
NOTED = {"cause"}


class OrderProjectStep(models.Model):
    """A step of a project plan: what, who answers for it, from when to when; then when
    it was done, and why not as it was planned (P13 二 3)."""

    _name = "order.project.step"
    _inherit = ["order.document.line.mixin"]
    _description = "Step of a Project"
    _order = "plan_id, sequence, id"
    _document = "plan_id"
    _entered = frozenset(
        {
            "sequence",
            "name",
            "department_id",
            "responsible_id",
            "date_begin",
            "date_end",
        }
    )
    _given = frozenset()

    plan_id = fields.Many2one(
        "order.project.plan",
        string="Project Plan",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="plan_id.company_id", store=True, index=True)
    order_id = fields.Many2one(related="plan_id.order_id")
    plan_state = fields.Selection(related="plan_id.state", string="State of the Plan")
    sequence = fields.Integer(default=10)
    name = fields.Char(string="What Is Done", required=True)
    department_id = fields.Many2one(
        "order.department", string="Department of the Step", ondelete="restrict"
    )
    responsible_id = fields.Many2one(
        "res.users",
        string="Answers for the Step",
        domain=[("share", "=", False)],
        index=True,
        ondelete="restrict",
    )
    date_begin = fields.Date(string="Planned From")
    date_end = fields.Date(string="Planned Until")
    done_on = fields.Date(string="Step Done on", readonly=True, copy=False)
    done_by_id = fields.Many2one(
        "res.users",
        string="Step Done by",
        readonly=True,
        copy=False,
        ondelete="restrict",
    )
    cause = fields.Char(
        string="Cause of the Deviation",
        copy=False,
        help="Why the step was not done by its last day.",
    )
    deviation_days = fields.Integer(
        string="Days Slipped", compute="_compute_deviation", compute_sudo=True
    )
    is_late = fields.Boolean(
        string="Slipped",
        compute="_compute_deviation",
        compute_sudo=True,
        search="_search_is_late",
        help="Its last day is over, and it is not done.",
    )
    may_note = fields.Boolean(compute="_compute_may_note")

    @api.depends("date_end", "done_on", "plan_id.state")
    def _compute_deviation(self):
        now = fields.Datetime.now()
        for step in self:
            plan = step.plan_id
            today = (plan.company_id or self.env.company)._calendar_day(now)
            counts = step.done_on or plan.state == IN_FORCE
            days = 0
            if counts and step.date_end:
                days = ((step.done_on or today) - step.date_end).days
            step.deviation_days = max(days, 0)
            step.is_late = days > 0 and not step.done_on

    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = self.env.company._calendar_day(fields.Datetime.now())
        return [
            ("plan_id.state", "=", IN_FORCE),
            ("done_on", "=", False),
            ("date_end", "<", today),
        ]

    @api.depends("responsible_id", "plan_id.state", "plan_id.manager_id")
    @api.depends_context("uid")
    def _compute_may_note(self):
        for step in self:
            step.may_note = step._may_note()

    @api.constrains("date_begin", "date_end")
    def _check_dates(self):
        for step in self:
            if step.date_begin and step.date_end and step.date_end < step.date_begin:
                raise ValidationError(
                    self.env._("%s ends before it begins.", step.name)
                )

    # -- entering ----------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        steps = super().create(vals_list)
        steps.plan_id._check_may_plan()
        return steps

    def write(self, vals):
        if self.env.su:
            return super().write(vals)
        if vals and vals.keys() <= NOTED:
            self._check_may_note()
            check_given(self, [vals])
            # whoever answers for a step says why it is late: checked above
            return super(OrderProjectStep, self.sudo()).write(vals)
        self.plan_id._check_may_plan()
        return super().write(vals)

    def unlink(self):
        self.plan_id._check_may_plan()
        if not self.env.su:
            self.plan_id._check_open()
        return super().unlink()

    @api.model
    def _spell_entered(self):
        return self.env._(
            "Of a step people enter what is done, who answers for it and from when to "
            "when; that it is done is said by the button."
        )

    def _may_note(self):
        """Whether the caller says how one step goes."""
        self.ensure_one()
        if self.plan_id.state != IN_FORCE:
            return False
        return self.env.user == self.responsible_id or self.plan_id._may_plan()

    def _check_may_note(self):
        self.check_access("read")
        for step in self:
            if step.plan_id.state != IN_FORCE:
                raise UserError(
                    self.env._(
                        "%s is not in force: nobody works by it.",
                        step.plan_id.display_name,
                    )
                )
            if not step._may_note():
                raise AccessError(
                    self.env._(
                        "“%(step)s”: %(responsible)s or %(manager)s says how it goes.",
                        step=step.name,
                        responsible=step.responsible_id.name,
                        manager=step.plan_id.manager_id.name,
                    )
                )

    # -- done --------------------------------------------------------------------------

    @public_act
    def action_done(self):
        """Say that these steps are done today.

        :raise UserError: they are done already; one that slipped lacks its cause
        """
        self._check_may_note()
        take_turns(self.plan_id)
        take_turns(self)
        problems = [
            self.env._("%s is done already.", step.name)
            for step in self
            if step.done_on
        ]
        problems += [
            self.env._(
                "%(step)s was to be done by %(day)s: say why it was not.",
                step=step.name,
                day=format_date(self.env, step.date_end),
            )
            for step in self
            if step.is_late and not (step.cause or "").strip()
        ]
        if problems:
            raise UserError("\n".join(problems))
        steps = self.sudo()  # checked above
        now = fields.Datetime.now()
        for company, own in steps.grouped("company_id").items():
            today = company._calendar_day(now)
            own.write({"done_on": today, "done_by_id": self.env.uid})
        steps._forget_todos()
        for plan in steps.plan_id:
            if all(plan.step_ids.mapped("done_on")):
                plan._leave_todo(
                    "project.plan",
                    self.env._("Every step is done: complete the project"),
                    user=plan.manager_id,
                )
        return True

    def _get_todo_key(self):
        return f"project.step.{self.id}"

    def _ask_responsible(self):
        """Leave those who answer for these superuser steps a to-do until the last day
        of each."""
        for step in self.filtered(lambda step: not step.done_on):
            todos = step.plan_id._leave_todo(
                step._get_todo_key(),
                step.name,
                step._spell(),
                user=step.responsible_id,
            )
            todos.date_deadline = step.date_end

    def _forget_todos(self):
        for step in self:
            step.plan_id._find_todos(step._get_todo_key()).unlink()

    def _prepare_next(self):
        """Return the values of one step on the next version of its plan: what is done
        stays so."""
        return {
            **{
                name: self[name].id if self._fields[name].relational else self[name]
                for name in (*self._entered, "done_on", "done_by_id")
            },
            "cause": self.done_on and self.cause,
        }

    def _spell(self):
        """Return one step in a line: what, who, from when to when."""
        return self.env._(
            "%(step)s (%(who)s): %(begin)s – %(end)s",
            step=self.name,
            who=self.responsible_id.name or self.department_id.name or "",
            begin=format_date(self.env, self.date_begin),
            end=format_date(self.env, self.date_end),
        )
