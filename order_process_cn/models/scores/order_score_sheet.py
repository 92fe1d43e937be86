from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ..accountability.order_ledger_entry import DECIDES
from .order_score_standard import SATISFACTION

OPEN, HANDED, CONFIRMED = "open", "handed", "confirmed"
MOVES = {OPEN: {HANDED, CONFIRMED}, HANDED: {CONFIRMED}, CONFIRMED: set()}
# what whoever scores enters on a sheet
SCORED = frozenset({"adjustment", "adjustment_reason"})


class OrderScoreSheet(models.Model):
    """绩效考核表: how one person in one role has worked in one period (ACC-2).

    Made by the worker with what the process has noted. The person scores himself and
    hands it in, the head of his department scores and confirms; nobody scores himself,
    and what is confirmed stays as it is.

    Spread over files: what people do with it (``…_acts``), what the worker does
    (``…_worker``).
    """

    _name = "order.score.sheet"
    _inherit = [
        "order.engine.mixin",
        "order.event.mixin",
        "order.form.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Score Sheet"
    _order = "date_from desc, id desc"
    _mail_post_access = "read"

    role_id = fields.Many2one(
        "order.score.role",
        string="Scored Role",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Person Scored",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="restrict"
    )
    department_id = fields.Many2one(
        "order.department",
        string="Department of the Person",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    date_from = fields.Date(string="Scored From", required=True, readonly=True)
    date_to = fields.Date(string="Scored Until", required=True, readonly=True)
    state = fields.Selection(
        [
            (OPEN, "Self-Assessment"),
            (HANDED, "To Be Scored"),
            (CONFIRMED, "Score Confirmed"),
        ],
        string="State of the Score",
        required=True,
        readonly=True,
        default=OPEN,
        index=True,
        tracking=True,
    )
    line_ids = fields.One2many("order.score.line", "sheet_id", string="Scores")
    finding_ids = fields.One2many(
        "order.score.finding", "sheet_id", string="What Was Noted"
    )
    # of the role when the sheet was made
    complaints_to_zero = fields.Integer(readonly=True, aggregator=None)
    max_adjustment = fields.Integer(readonly=True, aggregator=None)
    adjustment = fields.Integer(
        string="Points Added or Taken Away",
        help="By whoever scores, within the limit of the role, with a reason.",
    )
    adjustment_reason = fields.Text(string="Reason of the Adjustment")
    complaint_count = fields.Integer(
        string="Complaints Counted", compute="_compute_total", store=True
    )
    full_score = fields.Integer(compute="_compute_total", store=True, aggregator="avg")
    self_total = fields.Integer(
        string="Own Score", compute="_compute_total", store=True, aggregator="avg"
    )
    final_score = fields.Integer(
        compute="_compute_total",
        store=True,
        aggregator="avg",
        help="The points of all lines and the adjustment, not less than 0 and not more "
        "than the full score; 0 with too many complaints.",
    )
    handed_on = fields.Datetime(string="Score Handed In on", readonly=True, copy=False)
    confirmed_on = fields.Datetime(string="Score Confirmed on", readonly=True)
    confirmed_by_id = fields.Many2one(
        "res.users", string="Scored by", readonly=True, ondelete="restrict"
    )
    is_mine = fields.Boolean(compute="_compute_is_mine")
    may_score = fields.Boolean(compute="_compute_is_mine")

    _sheet_uniq = models.UniqueIndex(
        "(role_id, user_id, company_id, date_from)",
        "There is a score sheet of this person for this role and period.",
    )

    # -- figures -----------------------------------------------------------------------

    @api.depends(
        "line_ids.points",
        "line_ids.max_points",
        "line_ids.self_points",
        "line_ids.finding_count",
        "line_ids.section",
        "adjustment",
        "complaints_to_zero",
    )
    def _compute_total(self):
        for sheet in self:
            lines = sheet.line_ids
            satisfaction = lines.filtered(lambda line: line.section == SATISFACTION)
            sheet.complaint_count = sum(satisfaction.mapped("finding_count"))
            sheet.full_score = sum(lines.mapped("max_points"))
            sheet.self_total = sum(lines.mapped("self_points"))
            score = sum(lines.mapped("points")) + sheet.adjustment
            limit = sheet.complaints_to_zero
            lost = limit and sheet.complaint_count >= limit
            sheet.final_score = 0 if lost else max(0, min(score, sheet.full_score))

    @api.depends("user_id", "department_id.head_id", "state")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        for sheet in self:
            sheet.is_mine = sheet.user_id == self.env.user
            sheet.may_score = sheet.state != CONFIRMED and sheet._is_scored_by_me()

    @api.depends("user_id", "role_id", "date_from")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for sheet in self:
            # the name of a role and a colleague is no secret to whoever sees the sheet
            told = sheet.sudo()
            sheet.display_name = " ".join(
                filter(
                    None,
                    [
                        told.user_id.name,
                        told.role_id.name,
                        fields.Date.to_string(told.date_from),
                    ],
                )
            )

    # -- who scores whom ---------------------------------------------------------------

    def _is_scored_by_me(self):
        """Whether this person scores one sheet: the head of the department, or whoever
        decides on fines and rewards; never his own."""
        self.ensure_one()
        user = self.env.user
        if user == self.user_id:
            return False
        # who heads a department is no secret
        head = self.sudo().department_id.head_id
        return user == head or user.has_group(DECIDES)

    def _check_may_score(self):
        """Check that this person scores these sheets, and that he still may.

        :raise AccessError: he does not, or it is his own
        :raise UserError: they are confirmed
        """
        if any(not sheet._is_scored_by_me() for sheet in self):
            raise AccessError(
                self.env._(
                    "Score sheets are scored by the head of the person's department or "
                    "by those who decide on fines and rewards; nobody scores himself."
                )
            )
        self._check_not_confirmed()

    def _check_own_score(self):
        """Check that this person scores himself, and that he still may.

        :raise AccessError: it is the sheet of somebody else
        :raise UserError: it was handed in
        """
        if any(sheet.user_id != self.env.user for sheet in self):
            raise AccessError(
                self.env._("Their own score is entered by the person scored.")
            )
        if handed := self.filtered(lambda sheet: sheet.state != OPEN):
            raise UserError(
                self.env._(
                    "Handed in already: %s. Say to whoever scores it what is wrong.",
                    ", ".join(handed.mapped("display_name")),
                )
            )

    def _check_not_confirmed(self):
        if done := self.filtered(lambda sheet: sheet.state == CONFIRMED):
            raise UserError(
                self.env._(
                    "Confirmed already, and stays as it is: %s.",
                    ", ".join(done.mapped("display_name")),
                )
            )

    # -- entering ----------------------------------------------------------------------

    def write(self, vals):
        # rows of a sheet are guarded where they are written
        if not self.env.su:
            self._check_entered(vals.keys() - {"line_ids", "finding_ids"})
        if SCORED & vals.keys():
            self._check_not_confirmed()
        return super().write(vals)

    def _check_entered(self, names):
        if names - SCORED:
            raise AccessError(
                self.env._(
                    "The worker makes score sheets: people enter their scores, and "
                    "whoever scores an adjustment with its reason."
                )
            )
        if names & SCORED:
            self._check_may_score()

    @api.constrains("adjustment", "max_adjustment")
    def _check_adjustment(self):
        for sheet in self:
            if abs(sheet.adjustment) > sheet.max_adjustment:
                raise ValidationError(
                    self.env._(
                        "%(sheet)s: an adjustment is at most %(limit)s points up or "
                        "down.",
                        sheet=sheet.display_name,
                        limit=sheet.max_adjustment,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("Score sheets are kept."))

    @api.model
    def _get_event_labels(self):
        states = self._fields["state"]._description_selection(self.env)
        return {
            **super()._get_event_labels(),
            **{f"score.{state}": label for state, label in states},
        }
