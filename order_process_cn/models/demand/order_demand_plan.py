from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ..document.moving import follow_review
from ..mechanism.engine import take_turns
from .order_demand_cycle import MONTH, WEEK

DRAFT, HANDED, COUNTS = "draft", "handed", "counts"
DAY = "day"
OPEN, MISSING, ON_TIME, LATE = "open", "missing", "on_time", "late"
# which plan another one is a part of
ABOVE = {WEEK: MONTH, DAY: WEEK}
SEES_ALL = "sales_team.group_sale_salesman_all_leads"


class OrderDemandPlan(models.Model):
    """产品需求计划 (F15): what a region needs in a month, a week or on a day (PLN-2).

    It is opened by its cycle (``order_demand_opening.py``), filled in and handed in by
    the region (``order_demand_acts.py``), compared with the stock caps
    (``order_demand_evaluation.py``) and divided into weeks and days
    (``order_demand_breakdown.py``). It counts once what exceeds something is approved:
    by its route, or where none applies by whoever holds the right.
    """

    _name = "order.demand.plan"
    _inherit = ["order.document.mixin"]
    _description = "Demand Plan"
    _order = "date_from desc, kind, team_id, id desc"
    _check_company_auto = True

    _moves = {
        DRAFT: {HANDED},
        HANDED: {COUNTS, DRAFT},
        COUNTS: {HANDED, DRAFT},
    }
    _gates = {"count": ("state", {COUNTS})}
    _entered = frozenset({"note"})
    _given = frozenset({"team_id", "kind", "date_from", "company_id"})
    _facts = {
        "document": ["company_id", "team_id", "kind", "is_over"],
        "dates": ["date_from", "date_to"],
        "quantity": ["total_quantity", "total_limit"],
    }
    _lines = "line_ids"
    _line_facts = {
        "product": ["product_id"],
        "quantity": ["quantity", "expected_week_sales", "limit_qty", "remainder"],
    }

    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.company,
    )
    team_id = fields.Many2one(
        "crm.team",
        string="Region",
        required=True,
        readonly=True,
        index=True,
        check_company=True,
        ondelete="restrict",
        default=lambda self: self._default_team_id(),
    )
    user_id = fields.Many2one(related="team_id.user_id", string="Head of the Region")
    kind = fields.Selection(
        [(MONTH, "Month"), (WEEK, "Week"), (DAY, "Single Day")],
        string="Planned Period",
        required=True,
        readonly=True,
        default=WEEK,
    )
    date_from = fields.Date(string="From", required=True, readonly=True)
    date_to = fields.Date(string="To", required=True, readonly=True)
    due_at = fields.Datetime(
        string="Due at",
        readonly=True,
        copy=False,
        help="When it has to be handed in. Empty: nothing says when.",
    )
    state = fields.Selection(
        [
            (DRAFT, "Being Made"),
            (HANDED, "Waiting for Approval"),
            (COUNTS, "Plan Counts"),
        ],
        required=True,
        readonly=True,
        copy=False,
        default=DRAFT,
        index=True,
        tracking=True,
    )
    timeliness = fields.Selection(
        [
            (OPEN, "Not Due Yet"),
            (MISSING, "Missing"),
            (ON_TIME, "In Time"),
            (LATE, "Handed In Late"),
        ],
        required=True,
        readonly=True,
        copy=False,
        default=OPEN,
        index=True,
    )
    handed_on = fields.Datetime(
        string="Handed In on",
        readonly=True,
        copy=False,
        help="For the first time: what is corrected later was in time all the same.",
    )
    handed_by_id = fields.Many2one(
        "res.users",
        string="Handed In by",
        readonly=True,
        copy=False,
        ondelete="restrict",
    )
    approved_by_id = fields.Many2one(
        "res.users",
        string="Excess Approved by",
        readonly=True,
        copy=False,
        ondelete="restrict",
    )
    approved_on = fields.Datetime(
        string="Excess Approved on", readonly=True, copy=False
    )
    note = fields.Text(string="Remark of the Region")
    line_ids = fields.One2many("order.demand.line", "plan_id", string="Demand")

    # total demand < reasonable stock − on order + one week's sales, when last seen
    total_quantity = fields.Float(
        string="Total Demand", digits="Product Unit", readonly=True, copy=False
    )
    total_cap = fields.Float(
        string="Reasonable Stock", digits="Product Unit", readonly=True, copy=False
    )
    total_on_order = fields.Float(
        string="On Order in Total", digits="Product Unit", readonly=True, copy=False
    )
    total_week_sales = fields.Float(
        string="Expected Sales of a Week in Total",
        digits="Product Unit",
        readonly=True,
        copy=False,
    )
    total_limit = fields.Float(
        string="Limit in Total",
        digits="Product Unit",
        readonly=True,
        copy=False,
        help="Reasonable stock − on order + expected sales of a week: the total demand "
        "has to be smaller.",
    )
    total_verdict = fields.Selection(
        [("none", "No Cap Set"), ("ok", "Within"), ("over", "Over")],
        string="Total",
        required=True,
        readonly=True,
        copy=False,
        default="none",
    )
    is_over = fields.Boolean(
        string="Exceeds Something",
        readonly=True,
        copy=False,
        help="A stock cap, or what is left of the plan of which it is a part.",
    )
    excess_words = fields.Text(
        string="What It Exceeds", compute="_compute_excess_words", compute_sudo=True
    )

    _period_uniq = models.UniqueIndex(
        "(company_id, team_id, kind, date_from)",
        "This region has a plan for this period already.",
    )

    @api.model
    def _default_team_id(self):
        return self.env["crm.team"].search(
            [("user_id", "=", self.env.uid)], limit=1
        ) or (self.env.user.sale_team_id)

    @api.depends("kind", "date_from", "team_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for plan in self:
            day = str(plan.date_from or "")
            period = day[:7] if plan.kind == MONTH else day
            kinds = {
                MONTH: self.env._("Demand of month %s", period),
                WEEK: self.env._("Demand of the week of %s", period),
                DAY: self.env._("Demand of %s", period),
            }
            # what a team is called is no secret
            names = (plan.sudo().team_id.name, day and kinds.get(plan.kind))
            words = " ".join(filter(None, names))
            plan.display_name = words or self.env._("New Demand Plan")

    @api.depends("is_over", "line_ids")
    @api.depends_context("lang")
    def _compute_excess_words(self):
        for plan in self:
            plan.excess_words = (
                "\n".join(plan._spell_excess()) if plan.is_over else False
            )

    # -- making one --------------------------------------------------------------------

    @api.model
    def _complete(self, vals_list):
        """Say of each until when it lasts and when it is due; of a period of a region
        there is one, made by one at a time."""
        rows = [
            {"company_id": self.env.company.id, "kind": WEEK, **vals}
            for vals in super()._complete(vals_list)
        ]
        teams = [vals.get("team_id") or self._default_team_id().id for vals in rows]
        take_turns(self.env["crm.team"].browse(filter(None, teams)))
        return [
            {**self._find_period(vals), **vals} if vals.get("date_from") else vals
            for vals in rows
        ]

    def _find_period(self, vals):
        """Return the last day and the due moment of a new plan."""
        company = self.env["res.company"].browse(vals["company_id"])
        first = fields.Date.to_date(vals["date_from"])
        if vals["kind"] == DAY:
            return {"date_to": first}
        cycles = self.env["order.demand.cycle"]
        cycle = cycles._find_for(company, vals["kind"])
        of_kind = cycle or cycles.new({"kind": vals["kind"]})
        start, end = of_kind._find_period(fields.Date.subtract(first, days=1))
        if start != first:
            raise ValidationError(
                self.env._(
                    "A plan of a month begins on its first day, a plan of a week on "
                    "its Monday; %s is neither.",
                    first,
                )
            )
        return {
            "date_to": end,
            "due_at": cycle._find_due(company, first) if cycle else False,
        }

    @api.model_create_multi
    def create(self, vals_list):
        plans = super().create(vals_list)
        plans._check_region()
        return plans

    def _check_entry(self, names):
        super()._check_entry(names)
        if self._entered & names:
            self._check_region()

    def _check_region(self):
        """Check that the caller plans for these regions.

        :raise AccessError: he belongs to none of them, and is not of the sales office
        """
        if self.env.su or self.env.user.has_group(SEES_ALL):
            return
        user = self.env.user
        # who belongs to a team is no secret
        foreign = self.sudo().filtered(
            lambda plan: user not in plan.team_id.user_id | plan.team_id.member_ids
        )
        if foreign:
            raise AccessError(
                self.env._(
                    "%s: a region is planned by its head and its own people, or by the "
                    "sales office.",
                    ", ".join(foreign.mapped("display_name")),
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._("Demand plans are kept: what was not handed in shows as well.")
        )

    # -- review ------------------------------------------------------------------------

    def _check_may_submit(self):
        self._check_region()
        super()._check_may_submit()

    def _get_submission_problems(self):
        return super()._get_submission_problems() + self._find_problems()

    def _before_submission(self):
        super()._before_submission()
        self.filtered(lambda plan: plan.state == DRAFT)._hand_in()

    def _after_review(self, state):
        super()._after_review(state)
        follow_review(self, state, HANDED, COUNTS, DRAFT)

    def _is_review_used(self):
        return self.state == COUNTS

    def _get_condition_providers(self):
        providers = super()._get_condition_providers()
        return {**providers, "count": [*providers["count"], self._condition_caps]}

    def _get_review_people(self):
        leader = self.team_id.user_id
        return {"salesperson": self.handed_by_id or leader, "team_leader": leader}

    def _get_review_summary(self):
        self.ensure_one()
        return {**super()._get_review_summary(), "owner_id": self.user_id.id}

    def _get_review_head(self):
        self.ensure_one()
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        return [
            (self.env._("Region"), self.team_id.name),
            (self.env._("Planned Period"), kinds[self.kind]),
            (self.env._("From"), str(self.date_from)),
            (self.env._("To"), str(self.date_to)),
        ]

    def _get_review_lines(self):
        self.ensure_one()
        return self._spell_excess() or [line._spell() for line in self.line_ids]

    def _get_limit_owner(self):
        return self.team_id.user_id

    @api.model
    def _get_limit_events(self):
        return {
            **super()._get_limit_events(),
            "demand_opened": self.env._("Demand plan opened"),
            "demand_handed": self.env._("Demand plan handed in"),
            "demand_missed": self.env._("Demand plan not handed in when due"),
        }
