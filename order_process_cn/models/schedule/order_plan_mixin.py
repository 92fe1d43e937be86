from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..document.moving import check_may_become


class OrderPlanMixin(models.AbstractModel):
    """A plan for some days: made by one department, then given in numbered copies to
    those who work by it, who confirm receipt. From then on it stays as it is.

    A plan says ``_plan_moves``, which state may follow which, and ``_plan_form``, the
    code of its form; a field ``state``; the days that are proposed.
    """

    _name = "order.plan.mixin"
    _inherit = [
        "order.entry.mixin",
        "order.engine.mixin",
        "order.form.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Plan That Is Given Out"
    _plan_moves = {}
    _plan_form = None

    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        default=lambda self: self.env.company,
    )
    user_id = fields.Many2one(
        "res.users",
        string="Made by",
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: self.env.user,
    )
    date_from = fields.Date(
        string="From", required=True, default=lambda self: self._default_date_from()
    )
    date_to = fields.Date(
        string="To",
        required=True,
        compute="_compute_date_to",
        store=True,
        readonly=False,
        precompute=True,
    )
    note = fields.Text(string="Remark")
    recipient_ids = fields.Many2many(
        "order.department",
        string="Given to",
        readonly=True,
        copy=False,
        help="The departments that got a copy and confirm receipt.",
    )

    @api.model
    def _default_date_from(self):
        raise NotImplementedError

    def _compute_date_to(self):
        raise NotImplementedError

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        if wrong := self.filtered(lambda plan: plan.date_to < plan.date_from):
            raise UserError(
                self.env._(
                    "%s ends before it begins.", ", ".join(wrong.mapped("display_name"))
                )
            )

    @api.model
    def _complete(self, vals_list):
        # of the company in which it is made, not of whoever makes it
        company = self.env.company.id
        return [{"company_id": company, **vals} for vals in vals_list]

    def _move_to(self, state):
        check_may_become(self, state, self._plan_moves)
        self.state = state

    # -- copies ------------------------------------------------------------------------

    def _give_copies(self):
        """Give these superuser plans to those who get a copy."""
        self._issue_form(self._plan_form)
        form = self.env["order.form"]._by_code(self._plan_form)
        for plan in self:
            copies = plan._get_form_copies(form)
            plan.recipient_ids = [Command.set([d.id for _name, d in copies if d])]

    def _find_copies(self):
        """Return the copies of these plans that somebody confirms, by plan."""
        issues = self.env["order.form.issue"].search(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
                ("department_id", "!=", False),
            ]
        )
        found = issues.grouped("res_id")
        return {plan: found.get(plan.id, issues.browse()) for plan in self}
