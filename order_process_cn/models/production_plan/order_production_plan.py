from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from ..document.numbers import give_numbers
from ..mechanism.engine import public_act, take_turns

DRAFT, ISSUED, REPLACED = "draft", "issued", "replaced"
CLOSED, CANCELLED = "closed", "cancel"
# from which state to which
MOVES = {
    DRAFT: {ISSUED, CANCELLED},
    ISSUED: {REPLACED, CLOSED, CANCELLED},
    REPLACED: set(),
    CLOSED: set(),
    CANCELLED: set(),
}
# production orders that a plan is about
OPEN = {"draft", "confirmed", "progress", "to_close"}


class OrderProductionPlan(models.Model):
    """生产计划单 (F06): which production orders are made when, in one period, given to
    six departments in numbered copies; they confirm receipt (MFG-4, P02 ⑤).

    What was issued stays as it is: a revision with the same number takes its place.
    """

    _name = "order.production.plan"
    _inherit = ["order.plan.mixin"]
    _description = "Production Plan"
    _order = "date_from desc, id desc"
    _check_company_auto = True
    _plan_moves = MOVES
    _plan_form = "F06"
    _entered = frozenset({"date_from", "date_to", "workcenter_ids", "note", "line_ids"})

    name = fields.Char(string="Plan Number", required=True, readonly=True, copy=False)
    revision = fields.Integer(readonly=True, copy=False)
    replaces_id = fields.Many2one(
        "order.production.plan",
        string="Takes the Place of",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    state = fields.Selection(
        [
            (DRAFT, "Being Made"),
            (ISSUED, "Given Out"),
            (REPLACED, "Replaced"),
            (CLOSED, "Closed"),
            (CANCELLED, "Cancelled"),
        ],
        required=True,
        readonly=True,
        copy=False,
        default=DRAFT,
        index=True,
        tracking=True,
    )
    workcenter_ids = fields.Many2many(
        "mrp.workcenter",
        "order_production_plan_workcenter_rel",
        "plan_id",
        "workcenter_id",
        string="Work Centers",
        ondelete="restrict",
        check_company=True,
        help="Only what is made on one of these. Empty: all of them.",
    )
    line_ids = fields.One2many(
        "order.production.plan.line",
        "plan_id",
        string="Planned Production",
        copy=False,
    )
    issued_on = fields.Datetime(string="Given Out on", readonly=True, copy=False)
    copies_received = fields.Char(compute="_compute_copies", compute_sudo=True)
    copies_open = fields.Char(
        string="Not Received Yet", compute="_compute_copies", compute_sudo=True
    )
    has_changes = fields.Boolean(
        string="Changed Since",
        compute="_compute_has_changes",
        search="_search_has_changes",
        help="Production orders have other dates or quantities than the plan that was "
        "given out says.",
    )

    _number_uniq = models.UniqueIndex(
        "(company_id, name, revision)", "There is a plan with this number already."
    )

    @api.model
    def _default_date_from(self):
        """The coming day: a plan is made before its period begins."""
        company = self.env.company
        today = company._calendar_day(fields.Datetime.now())
        return fields.Date.add(today, days=1)

    @api.depends("date_from")
    def _compute_date_to(self):
        for plan in self:
            start = plan.date_from
            # until the Sunday of its week, if nobody says otherwise
            plan.date_to = start and fields.Date.end_of(start, "week")

    @api.depends("name", "revision")
    def _compute_display_name(self):
        for plan in self:
            revision = f" V{plan.revision}" if plan.revision else ""
            plan.display_name = f"{plan.name or ''}{revision}"

    @api.depends("state")
    def _compute_copies(self):
        for plan, own in self._find_copies().items():
            waiting = own.filtered(lambda issue: not issue.acknowledged_on)
            received = len(own) - len(waiting)
            plan.copies_received = f"{received} / {len(own)}" if own else False
            names = waiting.sorted("copy_number").mapped("copy_name")
            plan.copies_open = ", ".join(filter(None, names)) or False

    @api.depends("line_ids.is_changed")
    def _compute_has_changes(self):
        for plan in self:
            plan.has_changes = any(plan.line_ids.mapped("is_changed"))

    def _search_has_changes(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("line_ids.is_changed", "=", True)]

    # -- entering ----------------------------------------------------------------------

    @api.model
    def _complete(self, vals_list):
        return give_numbers(self, super()._complete(vals_list))

    @api.model
    def _spell_entered(self):
        return self.env._(
            "Who made a production plan and where it stands follows from what is done "
            "with it; it cannot be entered."
        )

    @api.model
    def _spell_closed(self, names):
        return self.env._("%s is not being made any more: revise it.", names)

    def _move_to(self, state):
        super()._move_to(state)
        if state in {REPLACED, CANCELLED}:
            # nobody has to receive what is not valid any more
            form = self.env["order.form"]._by_code(self._plan_form)
            self.env["order.form.issue"].sudo()._find_of(form, self)._supersede()

    # -- buttons -----------------------------------------------------------------------

    @public_act
    def action_fill(self):
        """Add what is to be made in these days and is not on the plan yet, as far as
        the caller sees it; take off what needs no plan any more."""
        self.check_access("write")
        take_turns(self)
        self._check_open()
        for plan in self:
            over = plan.line_ids.filtered(lambda li: li.production_id.state not in OPEN)
            new = plan._find_open() - plan.line_ids.production_id
            plan.line_ids = [
                *(Command.delete(line.id) for line in over),
                *(Command.create({"production_id": found.id}) for found in new),
            ]
            plan.sudo().line_ids._take_facts()  # who may write it was asked above
        return True

    @public_act
    def action_issue(self):
        """Give these plans to those who get a copy of F06, and their dates to the
        production orders, in Odoo's own fields.

        :raise UserError: everything that is in the way
        """
        self.check_access("write")
        take_turns(self)
        self._check_open()
        if problems := [row for plan in self for row in plan._find_problems()]:
            raise UserError("\n".join(problems))
        # the dates are written by whoever issues: what he may not move is refused
        self.line_ids._move_productions()
        plans = self.sudo()  # the right was checked above
        plans.line_ids._take_facts(keeps_dates=False)
        plans.replaces_id._move_to(REPLACED)
        plans._move_to(ISSUED)
        plans.issued_on = fields.Datetime.now()
        plans._give_copies()
        orders = plans.line_ids.production_id._get_all_sale_orders()
        orders._emit("production_planned")
        return True

    @public_act
    def action_revise(self):
        """Open the revision that will take the place of one issued plan, with what is
        left to make as it stands now; make it if there is none."""
        self.ensure_one()
        self.check_access("write")
        take_turns(self)
        if self.state != ISSUED:
            raise UserError(
                self.env._(
                    "Only a plan that was given out is revised, %s is not.",
                    self.display_name,
                )
            )
        plans = self.sudo()  # the right to write was checked above
        found = plans.search(
            [("replaces_id", "=", self.id), ("state", "=", DRAFT)], limit=1
        )
        if not found:
            found = plans.create(self._prepare_revision_values())
            found.line_ids._take_facts(keeps_dates=False)
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": found.id,
            "views": [(False, "form")],
        }

    @public_act
    def action_close(self):
        """Say that nothing more is expected of these plans."""
        self.check_access("write")
        self.sudo()._move_to(CLOSED)  # the right was checked above
        return True

    @public_act
    def action_cancel(self):
        """Give these plans up; the dates of the production orders stay."""
        self.check_access("write")
        self.sudo()._move_to(CANCELLED)  # the right was checked above
        return True

    def _prepare_revision_values(self):
        last = self.sudo().search(  # all of the same number count
            [("company_id", "=", self.company_id.id), ("name", "=", self.name)],
            order="revision desc",
            limit=1,
        )
        left = self.line_ids.filtered(lambda line: line.production_id.state in OPEN)
        return {
            "name": self.name,
            "revision": last.revision + 1,
            "replaces_id": self.id,
            "company_id": self.company_id.id,
            "date_from": self.date_from,
            "date_to": self.date_to,
            "workcenter_ids": [Command.set(self.workcenter_ids.ids)],
            "note": self.note,
            "line_ids": [
                Command.create(
                    {
                        "production_id": line.production_id.id,
                        "sequence": line.sequence,
                        "remark": line.remark,
                    }
                )
                for line in left
            ],
        }

    # -- what is planned ---------------------------------------------------------------

    def _find_open(self):
        """Return the production orders that one plan should name: to be made until its
        last day, late ones among them, the urgent first."""
        self.ensure_one()
        end = fields.Date.add(self.date_to, days=1)
        domain = Domain(
            [
                ("company_id", "=", self.company_id.id),
                ("state", "in", sorted(OPEN)),
                ("date_start", "<", self.company_id._start_of_day(end)),
            ]
        )
        if self.workcenter_ids:
            domain &= Domain(
                "workorder_ids.workcenter_id", "in", self.workcenter_ids.ids
            )
        found = self.env["mrp.production"].search(domain)
        return found.sorted(lambda p: (not p.is_urgent, p.priority != "1"))

    def _find_problems(self):
        """Return in words all that keeps one plan from being issued."""
        self.ensure_one()
        if not self.line_ids:
            return [
                self.env._(
                    "%s names no production order. Fill it or add some first.",
                    self.display_name,
                )
            ]
        return [problem for line in self.line_ids for problem in line._find_problems()]

    # -- paper -------------------------------------------------------------------------

    def _is_form_urgent(self):
        return any(self.line_ids.mapped("is_urgent"))

    def _get_form_copies(self, form):
        # nobody gets a copy of what was not issued
        return [] if self.state == DRAFT else super()._get_form_copies(form)

    def _get_form_watermark(self):
        if self.state == DRAFT:
            return self.env._("Not given out")
        if self.state in {REPLACED, CANCELLED}:
            return self.env._("Void")
        return False
