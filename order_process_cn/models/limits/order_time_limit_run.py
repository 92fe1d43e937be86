from odoo import api, fields, models
from odoo.exceptions import UserError

from ..calendar.res_company import LIMIT_UNITS

# states in which the limit can still be met or missed
OPEN = {"running", "paused"}


class OrderTimeLimitRun(models.Model):
    """A limit that runs, or has run, on one record (SLA-2, SLA-3).

    Written by the engine only: nobody has more than read access. It keeps its own
    length; changing a limit changes what starts from then on.
    """

    _name = "order.time.limit.run"
    _inherit = ["order.engine.mixin", "order.about.mixin"]
    _description = "Running Time Limit"
    _order = "id desc"
    _rec_name = "document_name"

    rule_id = fields.Many2one(
        "order.time.limit",
        string="Step",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    # on what it runs, and where that is shown
    res_model = fields.Char(required=True, readonly=True)
    res_id = fields.Many2oneReference(
        "Record", model_field="res_model", required=True, readonly=True
    )
    document_model = fields.Char(required=True, readonly=True)
    document_id = fields.Many2oneReference(
        model_field="document_model", required=True, readonly=True
    )
    document_name = fields.Char(string="Document Number", readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    order_type_id = fields.Many2one("order.type", readonly=True)
    department_id = fields.Many2one(
        "order.department", readonly=True, ondelete="restrict"
    )
    user_id = fields.Many2one("res.users", string="Responsible", readonly=True)
    round = fields.Integer(default=1, readonly=True, aggregator=None)

    state = fields.Selection(
        [
            ("running", "Running"),
            ("paused", "Paused"),
            ("met", "Met"),
            ("late", "Late"),
            ("void", "Void"),
        ],
        required=True,
        readonly=True,
        default="running",
    )
    is_late = fields.Boolean(string="Past Its Time", readonly=True)
    length = fields.Float(readonly=True, aggregator=None)
    unit = fields.Selection(LIMIT_UNITS, required=True, readonly=True)
    calendar_id = fields.Many2one(
        "resource.calendar",
        string="Working Hours",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
        help="By which it is reckoned; empty: the hours of the company.",
    )
    started_at = fields.Datetime(string="Started on", required=True, readonly=True)
    due_at = fields.Datetime(string="Due on", required=True, readonly=True)
    cap_on = fields.Date(
        string="Not After",
        readonly=True,
        help="The date of the document at which it ends.",
    )
    date_replaces = fields.Boolean(string="Date Overrides", readonly=True)
    cutoff = fields.Float(string="Cut-Off", readonly=True, aggregator=None)
    stopped_at = fields.Datetime(string="Ended on", readonly=True)
    # the last pause: since when, and what is left
    paused_at = fields.Datetime(string="Paused on", readonly=True)
    seconds_left = fields.Float(readonly=True, aggregator=None)
    # since a pause it runs from here, with what was left then
    resumed_at = fields.Datetime(string="Continued on", readonly=True)
    resumed_seconds = fields.Float(readonly=True, aggregator=None)
    # what happens by itself
    remind_at = fields.Datetime(string="Reminder on", readonly=True)
    reminded_at = fields.Datetime(string="Reminded on", readonly=True)
    escalate_at = fields.Datetime(string="Escalation on", readonly=True)
    escalated_at = fields.Datetime(string="Escalated on", readonly=True)
    next_check = fields.Datetime(readonly=True)
    # for the analysis; empty until it has ended
    met_count = fields.Integer(string="On Time", readonly=True)
    late_count = fields.Integer(string="Too Late", readonly=True)
    on_time_rate = fields.Float(
        string="On-Time Rate", readonly=True, aggregator="avg", digits=(3, 2)
    )
    limit_light = fields.Json(
        string="Time Left", compute="_compute_limit_light", compute_sudo=True
    )

    _open_uniq = models.UniqueIndex(
        "(rule_id, res_id) WHERE state IN ('running', 'paused')",
        "This limit runs on the record already.",
    )
    _rule_record_idx = models.Index("(rule_id, res_id)")
    _next_check_idx = models.Index("(next_check) WHERE state = 'running'")
    _due_idx = models.Index("(due_at) WHERE state = 'running'")
    _document_idx = models.Index(
        "(document_model, document_id) WHERE state IN ('running', 'paused')"
    )
    _record_idx = models.Index(
        "(res_model, res_id) WHERE state IN ('running', 'paused')"
    )
    _stopped_idx = models.Index("(stopped_at) WHERE stopped_at IS NOT NULL")
    _company_idx = models.Index("(company_id, id) WHERE state IN ('running', 'paused')")

    @api.depends_context("lang", "tz")
    def _compute_limit_light(self):
        lights = self.filtered(lambda run: run.state in OPEN)._draw()
        for run in self:
            run.limit_light = lights.get(run, False)

    @api.depends("document_name", "rule_id")
    def _compute_display_name(self):
        for run in self:
            run.display_name = f"{run.document_name}: {run.rule_id.name}"

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("What became of a time limit is kept."))

    def _get_document_address(self):
        return self.document_model, self.document_id

    # -- helpers -----------------------------------------------------------------------

    def _record(self):
        """Return the record on which this limit runs."""
        self.ensure_one()
        return self.env[self.res_model].browse(self.res_id)

    def _group_by_hours(self):
        """Return ``[(company, calendar or nothing, runs), …]``: what is reckoned by the
        same hours."""
        groups = self.grouped(lambda run: (run.company_id, run.calendar_id))
        return [(company, hours, runs) for (company, hours), runs in groups.items()]

    def _tell_records(self):
        """Let the records on which these limits run know that something changed."""
        for model, runs in self.grouped("res_model").items():
            records = self.env[model].browse(set(runs.mapped("res_id")))
            records._after_limit_change()

    def _get_next_moment(self):
        """Return when something happens next by itself, or ``False``."""
        self.ensure_one()
        moments = [
            moment
            for moment, is_over in (
                (self.remind_at, self.reminded_at),
                (self.due_at, self.is_late),
                (self.escalate_at, self.escalated_at),
            )
            if moment and not is_over
        ]
        return min(moments, default=False)

    def _schedule(self):
        """Store when something happens next, and have the check wake up for it."""
        moments = set()
        for run in self:
            following = run._get_next_moment() if run.state == "running" else False
            if run.next_check != following:
                run.next_check = following
            moments.add(following)
        if moments := moments - {False}:
            cron = self.env.ref("order_process_cn.order_time_limit_cron")
            cron._trigger(sorted(moments))

    @api.model
    def _recount_later(self, domain):
        """Have the worker look again at the open limits of the companies that have any
        among those that match ``domain``."""
        groups = self._read_group(
            [*domain, ("state", "in", list(OPEN))], ["company_id"]
        )
        recounts = self.env["order.time.limit.recount"].create(
            [{"company_id": company.id} for (company,) in groups]
        )
        recounts._mark_for_recheck("limits")

    def _tell_document(self, code, at):
        """Let the document say that these limits were met, or are late."""
        for model, runs in self.grouped("document_model").items():
            documents = self.env[model].browse(runs.mapped("document_id")).exists()
            by_id = {document.id: document for document in documents}
            for run in runs.filtered(lambda run, ids=by_id: run.document_id in ids):
                by_id[run.document_id]._emit(
                    code, at, detail=run.rule_id.name, run_id=run.id
                )
