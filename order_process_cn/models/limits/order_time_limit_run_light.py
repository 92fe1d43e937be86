from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..calendar.res_company import PLANNED_BY_WORK
from .order_time_limit_run import OPEN


class OrderTimeLimitRun(models.Model):
    """What people see of a limit: a colour and, for those who do not see colours and on
    paper, the words (SLA-2)."""

    _inherit = "order.time.limit.run"

    @api.model
    def _draw_lights_of(self, records):
        """Return ``{record id: light}`` for the records on which something runs: what
        falls due first, and how much else. One query for the whole list, none where
        no limit is switched on."""
        limits = self.env["order.time.limit"]
        used = {c.id for c in records.company_id if limits._is_used(c.id)}
        if not used:
            return {}
        watched = records._origin.filtered(
            lambda record: record.id and record.company_id.id in used
        )
        model_field, id_field = records._get_limit_anchor()
        runs = self.search_fetch(
            [
                (model_field, "=", records._name),
                (id_field, "in", watched.ids),
                ("state", "in", list(OPEN)),
            ],
            ["rule_id", "company_id", "state", "due_at", "unit", "remind_at",
             "seconds_left", "calendar_id", "started_at", id_field],
            order="due_at, id",
        )  # fmt: skip
        # what is paused waits for somebody else
        runs = runs.sorted(lambda run: run.state == "paused")
        grouped = runs.grouped(id_field)
        lights = self.union(*(own[0] for own in grouped.values()))._draw()
        return {
            record_id: {**lights[own[0]], "more": len(own) - 1}
            for record_id, own in grouped.items()
        }

    def _draw(self):
        """Return ``{run: {"state", "limit", "text", "short", "brief", "mark"}}`` for
        open limits, in the reader's words: for a form, a card, a column among many.
        """
        now = fields.Datetime.now()
        drawn = {}
        for company, hours, runs in self._group_by_hours():
            left = runs._get_seconds_left(company, now, hours)
            for run, seconds in zip(runs, left, strict=True):
                drawn[run] = run._draw_one(now, seconds)
        return drawn

    def _get_seconds_left(self, company, now, calendar):
        """Return how much time each limit has left, in the kind of time it counts."""
        try:
            left = company._seconds_left(
                [(now, run.due_at, run.unit) for run in self], calendar
            )
        except UserError:  # the hours of the company do not tell: by the clock
            left = [(run.due_at - now).total_seconds() for run in self]
        return [
            run.seconds_left if run.state == "paused" else seconds
            for run, seconds in zip(self, left, strict=True)
        ]

    def _draw_one(self, now, seconds):
        due = self._spell_moment(self.due_at, now)
        words = {"span": self._spell_span(seconds), "due": due}
        worked = self.unit in PLANNED_BY_WORK
        if self.state == "paused":
            state, short, brief = "paused", self.env._("paused"), self.env._("paused")
            text = (
                self.env._("paused with %(span)s of working time left", **words)
                if worked
                else self.env._("paused with %(span)s left", **words)
            )
        elif self.due_at < now:
            state, short = "late", self.env._("late since %(due)s", **words)
            text, brief = short, self.env._("late")
        else:
            state = "soon" if self.remind_at and self.remind_at <= now else "running"
            short, brief = self.env._("%(span)s (%(due)s)", **words), words["span"]
            text = (
                self.env._("%(span)s of working time left (%(due)s)", **words)
                if worked
                else self.env._("%(span)s left (%(due)s)", **words)
            )
        return {
            "state": state,
            "limit": self.rule_id._get_name(),
            "text": text,
            "short": short,
            "brief": brief,
            "mark": self._get_mark(),
        }

    def _get_mark(self):
        """Return the mark of an end that may move, see ``_mark_not_announced``."""
        if self.unit not in PLANNED_BY_WORK:
            return ""
        # a year has not begun or ended by the hours between two clocks
        days = self.started_at.date(), self.due_at.date()
        return self.company_id._mark_not_announced(*days)

    @api.model
    def _spell_span(self, seconds):
        minutes = int(abs(seconds)) // 60
        hours, minutes = divmod(minutes, 60)
        words = {"hours": hours, "minutes": minutes}
        if not hours:
            return self.env._("%(minutes)s min", **words)
        if not minutes:
            return self.env._("%(hours)s h", **words)
        return self.env._("%(hours)s h %(minutes)s min", **words)

    @api.model
    def _spell_moment(self, moment, now):
        """Return a moment on the reader's clock; the day is named if it is near."""
        local = fields.Datetime.context_timestamp(self, moment)
        today = fields.Datetime.context_timestamp(self, now).date()
        words = {"time": local.strftime("%H:%M"), "day": local.strftime("%m-%d")}
        if local.date() == today:
            return self.env._("today %(time)s", **words)
        if local.date() == today + timedelta(days=1):
            return self.env._("tomorrow %(time)s", **words)
        return self.env._("%(day)s %(time)s", **words)
