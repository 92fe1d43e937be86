from odoo import api, fields, models

from ..mechanism.memory import remembered

WEEKDAYS = [
    ("0", "Monday"),
    ("1", "Tuesday"),
    ("2", "Wednesday"),
    ("3", "Thursday"),
    ("4", "Friday"),
    ("5", "Saturday"),
    ("6", "Sunday"),
]
# whoever changes one of these makes the entry his own
DECIDED_BY_HAND = {
    "active",
    "company_id",
    "date",
    "kind",
    "name",
    "replaces_date",
    "weekday",
}


class OrderCalendarException(models.Model):
    """A dated exception from the weekly working hours (SLA-1, PLN-1).

    A day off has no working hours. A make-up day (调休上班日) has, instead of its own,
    the hours of another weekday. An entry of a company goes before one for every
    company. Time off that is planned on the working hours themselves still counts, on
    make-up days too.
    """

    _name = "order.calendar.exception"
    _inherit = ["order.working.time.mixin"]
    _description = "Holiday or Make-Up Day"
    _order = "date, id"
    _rec_name = "date"

    date = fields.Date(required=True)
    date_weekday = fields.Selection(
        WEEKDAYS, string="Day of Week", compute="_compute_date_weekday"
    )
    kind = fields.Selection(
        [("day_off", "Day off"), ("make_up", "Make-up working day")],
        required=True,
        default="day_off",
    )
    name = fields.Char(string="Reason", translate=True)
    active = fields.Boolean(
        default=True,
        help="An archived entry has no effect, and filling from public holidays does "
        "not bring it back.",
    )
    company_id = fields.Many2one(
        "res.company",
        index=True,
        help="Leave empty for every company. What is entered for a company goes before "
        "what is entered for every company.",
    )
    replaces_date = fields.Date(
        string="Makes Up for", help="The day off for which this day is worked."
    )
    weekday = fields.Selection(
        WEEKDAYS,
        string="Hours As on",
        compute="_compute_weekday",
        store=True,
        readonly=False,
        help="The weekday whose working hours apply on a make-up day. Left empty, or "
        "if nobody works on that weekday, the hours of the first working day of the "
        "week apply.",
    )
    year_id = fields.Many2one(
        "order.calendar.year",
        string="Filled with",
        readonly=True,
        copy=False,
        index=True,
        ondelete="cascade",
    )
    source = fields.Selection(
        [("hand", "Entered by hand"), ("library", "Public holidays")],
        compute="_compute_source",
        store=True,
    )
    is_provisional = fields.Boolean(
        string="Not Announced Yet",
        compute="_compute_is_provisional",
        help="The arrangement of the holidays of this year had not been announced when "
        "it was filled in: this day may move.",
    )

    _date_company_uniq = models.UniqueIndex(
        "(date, company_id) NULLS NOT DISTINCT",
        "There is an entry for this day already. Change that one.",
    )

    @api.depends("date")
    def _compute_date_weekday(self):
        for exception in self:
            day = exception.date
            exception.date_weekday = str(day.weekday()) if day else False

    @api.depends("replaces_date")
    def _compute_weekday(self):
        for exception in self:
            replaced = exception.replaces_date
            exception.weekday = (
                str(replaced.weekday()) if replaced else exception.weekday
            )

    @api.depends("year_id")
    def _compute_source(self):
        for exception in self:
            exception.source = "library" if exception.year_id else "hand"

    @api.depends("year_id.is_complete")
    def _compute_is_provisional(self):
        for exception in self:
            year = exception.year_id
            exception.is_provisional = bool(year) and not year.is_complete

    def write(self, vals):
        if "year_id" not in vals and vals.keys() & DECIDED_BY_HAND:
            vals = {**vals, "year_id": False}
        return super().write(vals)

    def _is_working_time(self, vals):
        return bool(vals.keys() & (DECIDED_BY_HAND - {"name"}))

    @remembered
    def _ids_by_day(self, company_id):
        """Return ``{day: (id, kind)}`` of all the days that differ from the weekly
        working hours of a company."""
        exceptions = self.search([("company_id", "in", [False, company_id])])
        general_first = exceptions.sorted(lambda exception: bool(exception.company_id))
        return {entry.date: (entry.id, entry.kind) for entry in general_first}
