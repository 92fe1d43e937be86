from datetime import datetime, time, timedelta

from dateutil.relativedelta import relativedelta
from pytz import utc

from odoo import api, fields, models
from odoo.exceptions import ValidationError

MONTH, WEEK = "month", "week"
WEEKDAYS = [
    ("0", "Monday"),
    ("1", "Tuesday"),
    ("2", "Wednesday"),
    ("3", "Thursday"),
    ("4", "Friday"),
    ("5", "Saturday"),
    ("6", "Sunday"),
]


class OrderDemandCycle(models.Model):
    """When regions hand in what they need: next month's demand by the 20th 15:00
    [002 P10 6.4], next week's by a day of the week (PLN-2).

    Day and hour are those of the company. What is opened and what is missing by then:
    ``order_demand_opening.py``.
    """

    _name = "order.demand.cycle"
    _inherit = ["order.in.force.mixin", "order.company.mixin"]
    _description = "Demand Cycle"
    _order = "sequence, id"

    name = fields.Char(string="Demand Cycle", required=True, translate=True)
    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        [(MONTH, "Demand of Next Month"), (WEEK, "Demand of Next Week")],
        string="What Is Planned",
        required=True,
        default=MONTH,
    )
    day_of_month = fields.Integer(
        string="Due on Day",
        default=20,
        help="Of the month before the one that is planned. In a shorter month: its "
        "last day.",
    )
    weekday = fields.Selection(
        WEEKDAYS,
        string="Due on Weekday",
        default="4",
        help="Of the week before the one that is planned.",
    )
    due_hour = fields.Float(
        string="Due at",
        default=15.0,
        help="By the clock of the company; 24:00 is the end of the day.",
    )
    holiday = fields.Selection(
        [
            ("stay", "Stays due on that day"),
            ("before", "Is due on the working day before"),
            ("after", "Is due on the next working day"),
        ],
        string="On a Day Off",
        required=True,
        default="stay",
    )
    days_open = fields.Integer(
        string="Opened before (Days)",
        default=10,
        help="How many days before it is due the plan of each region is opened.",
    )
    sales_weeks = fields.Integer(
        string="Sales of the Last (Weeks)",
        default=4,
        help="What a region is expected to sell in a week is proposed as the average "
        "of what left for its customers in so many weeks.",
    )

    _figures = models.Constraint(
        "CHECK (due_hour > 0 AND due_hour <= 24 AND day_of_month BETWEEN 1 AND 31"
        " AND days_open >= 0 AND sales_weeks > 0)",
        "The hour lies within a day, the day within a month; weeks of sales are at "
        "least one, days before it is due are not negative.",
    )

    @api.constrains("kind", "weekday")
    def _check_weekday(self):
        if any(cycle.kind == WEEK and not cycle.weekday for cycle in self):
            raise ValidationError(
                self.env._("Say on which day of the week plans of a week are due.")
            )

    @api.model
    def _find_for(self, company, kind):
        """Return the cycle in force for plans of ``kind`` of ``company``, its own
        before one for every company; none where nothing says when they are due."""
        # what is due when is no secret
        return self.sudo().search(
            [("kind", "=", kind), ("company_id", "in", [company.id, False])],
            order="company_id, sequence, id",
            limit=1,
        )

    # -- reckoning ---------------------------------------------------------------------

    def _find_period(self, day):
        """Return ``(first day, last day)`` of the period that is planned after the one
        in which ``day`` lies."""
        if self.kind == MONTH:
            first = day + relativedelta(months=1, day=1)
            return first, first + relativedelta(day=31)
        first = day + timedelta(days=7 - day.weekday())
        return first, first + timedelta(days=6)

    def _find_due(self, company, first):
        """Return when the plan of the period that begins with ``first`` is due for
        ``company``, as naive UTC."""
        if self.kind == MONTH:
            day = first + relativedelta(months=-1, day=self.day_of_month)
        else:
            day = first + timedelta(days=int(self.weekday) - 7)
        if self.holiday == "after":
            day = company._next_working_day(day)
        elif self.holiday == "before" and not company._is_working_day(day):
            day = company._shift_day(day, -1, "working_days")
        moment = datetime.combine(day, time()) + timedelta(hours=self.due_hour)
        local = company._order_timezone().localize(moment)
        return local.astimezone(utc).replace(tzinfo=None)

    def _find_periods(self, company, since, now):
        """Return ``[(first day, last day, due), …]``: whose plans are due after
        ``since`` and are open by now."""
        today = company._calendar_day(now)
        first, last = self._find_period(company._calendar_day(since))
        end = today + timedelta(days=self.days_open)
        periods = []
        # a period after the last day that may count is opened later
        while first <= self._find_period(end)[0]:
            due = self._find_due(company, first)
            if since < due and company._calendar_day(due) <= end:
                periods.append((first, last, due))
            first, last = self._find_period(first)
        return periods
