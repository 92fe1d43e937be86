from datetime import timedelta, timezone

from odoo import api, fields, models
from odoo.exceptions import ValidationError

WEEKDAYS = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)
# who issues orders
DESK = "order_process_cn.order_group_release"
# how many days ahead the next opening is looked for: usually it is near
HORIZONS = (30, 370)


class OrderIssueWindow(models.Model):
    """The days on which orders go to production (PLN-1).

    A day that is not worked moves the window to the next working day.
    """

    _name = "order.issue.window"
    _inherit = ["order.typed.mixin"]
    _description = "Issue Window"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", index=True)
    monday = fields.Boolean()
    tuesday = fields.Boolean()
    wednesday = fields.Boolean()
    thursday = fields.Boolean()
    friday = fields.Boolean()
    saturday = fields.Boolean()
    sunday = fields.Boolean()
    cut_off = fields.Float(
        default=24.0,
        help="Until what time of the day orders are issued, in the time zone of the "
        "company's working hours. 24:00 is the end of the day.",
    )
    lets_urgent_through = fields.Boolean(
        string="Urgent Orders Any Day",
        help="Urgent orders may be issued outside the window.",
    )

    exception_type_ids = fields.Many2many(
        "order.type",
        string="Types Issued Any Day",
        help="For example approved rush insertions. Leave empty for no exception.",
    )

    type_ids = fields.One2many(
        "order.type",
        "issue_window_id",
        string="Types That Use It",
        help="Orders of these types go to production on these days only, from the "
        "issue desk.",
    )
    desk_warning = fields.Text(compute="_compute_desk_warning")

    _has_a_day = models.Constraint(
        "CHECK (monday OR tuesday OR wednesday OR thursday OR friday OR saturday "
        "OR sunday)",
        "Choose at least one day of the week.",
    )
    _cut_off_in_day = models.Constraint(
        "CHECK (cut_off > 0 AND cut_off <= 24)", "The cut-off lies within the day."
    )

    @api.constrains("active", "company_id")
    def _check_calendar(self):
        # a holiday moves the window to the next working day
        self.filtered("active").company_id._check_order_calendar()

    @api.depends("company_id")
    @api.depends_context("lang", "allowed_company_ids")
    def _compute_desk_warning(self):
        for window in self:
            window.desk_warning = window._warn_of_desk(
                window.company_id._origin or self.env.companies
            )

    @api.constrains("active")
    def _check_not_used(self):
        """Orders go on waiting for the window of their type: it is not called switched
        off while a type names it."""
        for window in self.with_context(active_test=False):
            if not window.active and window.type_ids:
                raise ValidationError(
                    self.env._(
                        "“%(window)s” is used by %(types)s: their orders would go on "
                        "waiting for its days. Take it out of these types first.",
                        window=window.name,
                        types=", ".join(window.type_ids.mapped("name")),
                    )
                )

    def _warn_of_desk(self, companies):
        """Return in words in which of ``companies`` nobody could issue what waits for
        these windows, or ``False``."""
        if not self:
            return False
        users = self.env["res.users"]
        without = companies.filtered(
            lambda company: not users._find_holders(DESK, company)
        )
        if not without:
            return False
        return self.env._(
            "Nobody belongs to the issue desk of %(companies)s, so nobody can issue "
            "orders. The right “Issue Desk” is given under Settings → Users, by "
            "%(people)s.",
            companies=", ".join(without.mapped("name")),
            people=users._spell_holders("base.group_system", without),
        )

    def _spell_days(self):
        """Return the names of the days of one window."""
        return ", ".join(
            self._fields[day]._description_string(self.env)
            for day in WEEKDAYS
            if self[day]
        )

    @api.model
    def _now(self, company):
        """Return the local date and hour of ``company``."""
        now = fields.Datetime.now()
        local = now.replace(tzinfo=timezone.utc).astimezone(company._order_timezone())
        return local.date(), local.hour + local.minute / 60

    def _opens_on(self, company, first, last):
        """Return the set of days from ``first`` to ``last`` on which ``company`` issues
        orders."""
        self.ensure_one()
        # a window of the days before may have been moved into the period
        start = first - timedelta(days=14)
        nominal = [
            day
            for offset in range((last - start).days + 1)
            if self[WEEKDAYS[(day := start + timedelta(days=offset)).weekday()]]
        ]
        moved = company._next_working_days(nominal)
        return {day for day in moved if first <= day <= last}

    def _is_open(self, company):
        """Whether orders of ``company`` are issued right now."""
        today, hour = self._now(company)
        return hour < self.cut_off and today in self._opens_on(company, today, today)

    def _next_opening(self, company):
        """Return the next day on which orders are issued, today included, or ``False``
        when the company is closed for longer than a year."""
        today, hour = self._now(company)
        first = today if hour < self.cut_off else today + timedelta(days=1)
        for horizon in HORIZONS:
            days = self._opens_on(company, first, first + timedelta(days=horizon))
            if days:
                return min(days)
        return False

    def _spell_next_opening(self, company):
        """Return in words when orders are issued next."""
        day = self._next_opening(company)
        if not day:
            return self.env._("the company is closed for more than a year")
        spelled = fields.Date.to_string(day)
        if mark := company._mark_not_announced(self._now(company)[0], day):
            spelled = f"{spelled} ({mark})"
        return self.env._("next on %s", spelled)

    def _lets_through(self, order):
        """Whether ``order`` need not wait for the window."""
        urgent = self.lets_urgent_through and order.is_urgent
        return urgent or order.order_type_id in self.exception_type_ids
