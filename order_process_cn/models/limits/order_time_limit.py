from ast import literal_eval

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..calendar.res_company import LIMIT_UNITS, PLANNED_BY_WORK
from ..mechanism.engine import public_act

# before a due time one counts back in hours
HOUR_UNITS = LIMIT_UNITS[:2]
EVENT_FIELDS = ("start_event", "stop_event", "pause_event", "resume_event")


class OrderTimeLimit(models.Model):
    """How long a step may take: from one event to another (SLA-1)."""

    _name = "order.time.limit"
    _inherit = ["order.in.force.mixin", "order.company.mixin"]
    _description = "Time Limit"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(
        help="An archived limit ends: what runs of it becomes void."
    )
    # what it is about
    res_model = fields.Selection(
        selection="_selection_res_model",
        string="Document",
        required=True,
        default="sale.order",
    )
    event_codes = fields.Json(compute="_compute_event_codes")
    start_event = fields.Selection(
        selection="_selection_event", string="From", required=True
    )
    stop_event = fields.Selection(
        selection="_selection_event", string="To", required=True
    )
    pause_event = fields.Selection(
        selection="_selection_event",
        string="Pauses at",
        help="Leave empty if the clock does not stop while somebody else, the customer "
        "for instance, is waited for.",
    )
    resume_event = fields.Selection(selection="_selection_event", string="Goes on at")
    restarts = fields.Boolean(
        string="Starts Anew",
        default=True,
        help="What happens when it starts once more while it runs: it begins anew, as "
        "the next round. Otherwise it goes on.",
    )
    order_type_ids = fields.Many2many(
        "order.type",
        "order_time_limit_type_rel",
        "limit_id",
        "type_id",
        string="Order Types",
        help="Leave empty for every document.",
    )
    domain = fields.Char(
        string="Condition",
        default="[]",
        help="The limit starts only for documents that match.",
    )
    stage_id = fields.Many2one(
        "order.review.stage",
        string="Stage of the Route",
        ondelete="cascade",
        help="For seats to sign: only those of this stage.",
    )
    seat_department_id = fields.Many2one(
        "order.department",
        string="Seats of",
        ondelete="cascade",
        help="For seats to sign: only those of this department.",
    )
    # how long
    length = fields.Float(
        required=True,
        default=1,
        help="No working day at all means by the end of the same working day.",
    )
    unit = fields.Selection(LIMIT_UNITS, required=True, default="working_hours")
    calendar_id = fields.Many2one(
        "resource.calendar",
        string="Working Hours",
        check_company=True,
        ondelete="restrict",
        help="Of those who have to keep the limit: a workshop in two shifts, an office "
        "in one. Leave empty for the working hours of the company.",
    )
    calendar_hint = fields.Char(compute="_compute_calendar_hint")
    span = fields.Char(string="Limit", compute="_compute_span")
    cap_field_id = fields.Many2one(
        "ir.model.fields",
        string="But Not After",
        ondelete="cascade",
        domain="[('model', '=', res_model), ('ttype', 'in', ['date', 'datetime']), "
        "('store', '=', True), ('readonly', '=', False)]",
        help="A date of the document, the customer's for instance: if it comes "
        "earlier, the limit ends with that day.",
    )
    date_replaces = fields.Boolean(
        string="Date Overrides",
        help="The date counts instead of the length of the limit, whether it comes "
        "earlier or later. Without a date the limit takes its length.",
    )
    cutoff = fields.Float(
        string="Cut-Off",
        help="What begins later than this time of day, or on a day off, counts as "
        "begun on the next working day. 00:00: no such time.",
    )
    # who answers, who is told
    responsible = fields.Selection(
        [
            ("addressee", "Whom the seat waits for"),
            ("owner", "The person in charge of the document"),
            ("department", "A department"),
            ("user", "A person"),
        ],
        required=True,
        default="owner",
    )
    department_id = fields.Many2one("order.department", ondelete="restrict")
    user_id = fields.Many2one(
        "res.users", string="Person", domain="[('share', '=', False)]"
    )
    remind_length = fields.Float(
        string="Reminder Before", help="Leave at zero for no reminder."
    )
    remind_unit = fields.Selection(HOUR_UNITS, required=True, default="working_hours")
    escalates = fields.Boolean(
        default=True,
        help="When it is late, the head of the department is told.",
    )
    escalate_length = fields.Float(
        string="Escalation After", help="Zero: as soon as it is late."
    )
    escalate_unit = fields.Selection(
        LIMIT_UNITS, required=True, default="working_hours"
    )
    escalation_department_id = fields.Many2one(
        "order.department",
        string="Escalates to the Head of",
        ondelete="restrict",
        help="Leave empty for the head of the department that answers for it.",
    )
    note = fields.Text(string="Description", translate=True)

    _length_positive = models.Constraint(
        "CHECK (length > 0 OR (length = 0 AND unit = 'working_days'))",
        "A limit takes some time. Only a limit in working days can be zero: until the "
        "end of the same day.",
    )
    _moments_positive = models.Constraint(
        "CHECK (remind_length >= 0 AND escalate_length >= 0)",
        "Reminders come before the limit, escalations after it: no negative figures.",
    )

    _cutoff_in_day = models.Constraint(
        "CHECK (cutoff >= 0 AND cutoff < 24)",
        "The cut-off is a time of day.",
    )

    # -- what can be chosen ------------------------------------------------------------

    @api.model
    def _selection_res_model(self):
        limited = self.env.registry["order.time.limit.mixin"]
        # which kinds of documents there are is no secret
        models_of = self.env["ir.model"].sudo()
        return [
            (name, models_of._get(name).name)
            for name, model in self.env.registry.items()
            if issubclass(model, limited) and not model._abstract
        ]

    @api.model
    def _selection_event(self):
        # one selection for all kinds of documents: a code has one label everywhere
        events = {}
        for name, _label in self._selection_res_model():
            events |= self.env[name]._get_limit_events() | events
        return list(events.items())

    @api.model
    def _get_narrowing_fields(self):
        return ["order_type_ids"]

    @api.depends("res_model")
    def _compute_event_codes(self):
        for limit in self:
            model = limit.res_model
            limit.event_codes = (
                list(self.env[model]._get_limit_events()) if model else []
            )

    @api.depends("company_id", "calendar_id")
    @api.depends_context("lang", "company")
    def _compute_calendar_hint(self):
        for limit in self:
            company = limit.company_id or self.env.company
            limit.calendar_hint = company._find_calendar_hint(limit.calendar_id)

    @api.depends("length", "unit")
    @api.depends_context("lang")
    def _compute_span(self):
        units = dict(self._fields["unit"]._description_selection(self.env))
        spell = self.env["res.lang"]._spell_number
        one = {
            "elapsed_hours": self.env._("1 hour (by the clock)"),
            "working_hours": self.env._("1 working hour"),
            "calendar_days": self.env._("1 calendar day"),
            "working_days": self.env._("1 working day"),
        }
        for limit in self:
            span = f"{spell(limit.length, 2)} {units.get(limit.unit, '')}"
            if not limit.length:
                span = self.env._("The same day")
            elif limit.length == 1:
                span = one.get(limit.unit, span)
            limit.span = span

    # -- checks ------------------------------------------------------------------------

    @api.constrains("res_model", *EVENT_FIELDS)
    def _check_events(self):
        for limit in self:
            known = self.env[limit.res_model]._get_limit_events()
            chosen = {limit[name] for name in EVENT_FIELDS} - {False}
            if not chosen <= known.keys():
                raise ValidationError(
                    self.env._(
                        "“%s” names an event that its document does not have.",
                        limit.name,
                    )
                )
            if limit.start_event == limit.stop_event:
                raise ValidationError(
                    self.env._("“%s” starts and ends with the same event.", limit.name)
                )
            if bool(limit.pause_event) != bool(limit.resume_event):
                raise ValidationError(
                    self.env._(
                        "“%s”: say both when the limit pauses and when it goes on.",
                        limit.name,
                    )
                )

    @api.constrains("res_model", "cap_field_id")
    def _check_cap_field(self):
        """Only what is entered is followed when it changes."""
        for limit in self.filtered("cap_field_id"):
            field = self.env[limit.res_model]._fields.get(limit.cap_field_id.name)
            if (
                field is None
                or limit.cap_field_id.model != limit.res_model
                or field.type not in {"date", "datetime"}
                or not field.store
                or (field.compute and field.readonly)
            ):
                raise ValidationError(
                    self.env._(
                        "“%s”: choose a date of its document that people enter.",
                        limit.name,
                    )
                )

    @api.constrains("length", "unit", "escalate_length", "escalate_unit")
    def _check_lengths(self):
        for limit in self:
            self.env.company._check_limit_length(limit.length, limit.unit)
            self.env.company._check_limit_length(
                limit.escalate_length, limit.escalate_unit
            )

    @api.constrains("responsible", "department_id", "user_id")
    def _check_responsible(self):
        for limit in self:
            kind = limit.responsible
            if (kind == "department" and not limit.department_id) or (
                kind == "user" and not limit.user_id
            ):
                raise ValidationError(
                    self.env._("“%s”: say who answers for it.", limit.name)
                )

    @api.constrains(
        "active",
        "company_id",
        "unit",
        "remind_unit",
        "escalate_unit",
        "calendar_id",
        "cutoff",
    )
    def _check_calendar(self):
        """[SLA-1] a company by whose hours nothing can be reckoned is a mistake in the
        settings: told here, not when an order comes in."""
        for limit in self.filtered(lambda limit: limit.active and limit._needs_hours()):
            # a limit without a company holds in all of them, also in unseen ones
            companies = limit.company_id or self.env["res.company"].sudo().search([])
            if not limit.calendar_id:
                companies._check_order_calendar()
            # the hours of a calendar are no secret to whoever sets limits by it
            elif not limit.calendar_id.sudo()._order_has_fixed_hours():
                raise ValidationError(
                    companies[:1]._order_calendar_refusal(limit.calendar_id.sudo())
                )

    @api.constrains("domain", "res_model")
    def _check_domain(self):
        for limit in self:
            try:
                condition = Domain(literal_eval(limit.domain or "[]"))
                condition.validate(self.env[limit.res_model])
            except (ValueError, SyntaxError, KeyError) as error:
                raise ValidationError(
                    self.env._(
                        "The condition of “%(name)s” cannot be read: %(error)s",
                        name=limit.name,
                        error=error,
                    )
                ) from error
            limit._check_condition(condition, limit.res_model)

    def _needs_hours(self):
        self.ensure_one()
        units = {self.unit, self.remind_unit, self.escalate_unit}
        return bool(units & PLANNED_BY_WORK.keys() or self.cutoff)

    # -- write -------------------------------------------------------------------------

    def write(self, vals):
        result = super().write(vals)
        if vals.get("active") is False:
            # what still runs is made void by the worker
            runs = self.env["order.time.limit.run"].sudo()
            runs._recount_later([("rule_id", "in", self.ids)])
        return result

    @public_act
    def action_open_runs(self):
        """Show what runs and has run of this limit."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "order_process_cn.order_time_limit_run_action"
        )
        return {**action, "domain": [("rule_id", "=", self.id)], "context": {}}

    # -- moments -----------------------------------------------------------------------

    def _plan_moments(self, company, due, after, calendar):
        """Return ``(reminder, escalation)`` for a limit that ends at ``due``; ``False``
        for what does not happen, or would happen before ``after``."""
        self.ensure_one()
        asked = []
        if self.remind_length:
            asked.append((due, -self.remind_length, self.remind_unit))
        if self.escalates and self.escalate_length:
            asked.append((due, self.escalate_length, self.escalate_unit))
        moments = company._plan_deadlines(asked, calendar)
        reminder = moments.pop(0) if self.remind_length else False
        escalation = self.escalates and (moments.pop() if moments else due)
        return (reminder if reminder and reminder > after else False), escalation
