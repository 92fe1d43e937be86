import logging
from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError

from .order_time_limit_run import OPEN

_logger = logging.getLogger(__name__)

EVERYTHING = None


class OrderTimeLimitRun(models.Model):
    """How limits start, end, pause and go on (SLA-1). Everything works on sets: for a
    batch of records an event costs as many queries as for one."""

    _inherit = "order.time.limit.run"

    @api.model
    def _on_event(self, records, code, at):
        """Do what the rules say about ``code``: it happened to ``records`` at ``at``.

        :param records: superuser recordset of one model
        """
        voided = records._get_limit_voids().get(code, frozenset())
        changed = False
        for company, own in records.grouped("company_id").items():
            compiled = self.env["order.time.limit"]._compiled_for(
                records._name, company.id
            )
            rules = [rule for rule in compiled if self._concerns(rule, code, voided)]
            if rules and self._apply(rules, own, code, voided, at):
                changed = True
        if changed:
            records._after_limit_change()

    @api.model
    def _concerns(self, rule, code, voided):
        named = {rule["start"], rule["stop"], rule["pause"], rule["resume"]}
        return code in named or voided is EVERYTHING or rule["start"] in voided

    def _apply(self, rules, records, code, voided, at):
        """Apply an event in one company; return the limits that changed."""
        by_id = {rule["rule"]: rule for rule in rules}
        # one query for what runs and for how often it ran before
        runs = self.search_fetch(
            [("rule_id", "in", list(by_id)), ("res_id", "in", records.ids)],
            self._engine_fields(),
        )
        acts = defaultdict(self.browse)
        for run in runs.filtered(lambda run: run.state in OPEN):
            act = run._get_reaction(by_id[run.rule_id.id], code, voided)
            acts[act] += run
        acts["stop"]._stop(records, at)
        acts["pause"]._pause(at)
        acts["resume"]._resume(at)
        acts["void"]._void(at)
        changed = acts["stop"] + acts["pause"] + acts["resume"] + acts["void"]
        starting = [rule for rule in rules if rule["start"] == code]
        return changed + self._start(starting, records, runs, at)

    @api.model
    def _engine_fields(self):
        return [
            "rule_id", "res_model", "res_id", "company_id", "state", "round", "length",
            "unit", "cap_on", "date_replaces", "cutoff", "is_late", "started_at",
            "due_at", "paused_at",
            "seconds_left", "resumed_at", "resumed_seconds", "remind_at", "reminded_at",
            "escalate_at", "escalated_at", "next_check", "user_id",
            "calendar_id",
        ]  # fmt: skip

    def _get_reaction(self, rule, code, voided):
        """Return what an event does to one open limit, or ``None``."""
        if self.state == "paused" and code == rule["resume"]:
            return "resume"
        if code == rule["pause"]:
            return "pause" if self.state == "running" else None
        if code == rule["stop"]:
            return "stop"
        if code == rule["start"]:
            return "void" if rule["restarts"] else None
        is_void = voided is EVERYTHING or rule["start"] in voided
        return "void" if is_void else None

    # -- starting ----------------------------------------------------------------------

    @api.model
    def _start(self, rules, records, known, at):
        """Start limits on the records to which the rules apply.

        :param known: what runs and has run of these rules on these records
        :return: what was started
        """
        rounds = defaultdict(int)
        for run in known:
            key = (run.rule_id.id, run.res_id)
            rounds[key] = max(rounds[key], run.round)
        busy = {(run.rule_id.id, run.res_id) for run in known if run.state in OPEN}
        vals_list = []
        for rule in rules:
            free = records.filtered(lambda r, no=rule["rule"]: (no, r.id) not in busy)
            fitting = free._filter_for_limit(rule)
            for day, own in fitting.grouped(
                lambda r, cap=rule["cap"]: cap and r._get_limit_cap(cap)
            ).items():
                clock = self._plan_start(rule, own.company_id, at, day)
                vals_list += [
                    {
                        **self._prepare_start_values(rule, record, at, clock),
                        "round": rounds[rule["rule"], record.id] + 1,
                    }
                    for record in own
                    if clock
                ]
        if not vals_list:
            return self.browse()
        # the limit that is superseded has to be out of the way
        self.flush_model(["state"])
        runs = self.create(vals_list)
        runs._schedule()
        return runs

    @api.model
    def _plan_start(self, rule, company, at, cap_on):
        """Return the moments of a limit that starts at ``at`` and ends on ``cap_on`` at
        the latest; nothing, with a line in the log, where the company's hours do not
        tell: no order fails for that."""
        limit = self.env["order.time.limit"].browse(rule["rule"])
        hours = self.env["resource.calendar"].browse(rule["calendar"])
        try:
            begun = company._begin_limit(at, rule["cutoff"], hours)
            due = company._plan_deadline(begun, rule["length"], rule["unit"], hours)
            due = company._cap_deadline(
                at, due, cap_on, rule["unit"], hours, replaces=rule["replaces"]
            )
            remind_at, escalate_at = limit._plan_moments(company, due, at, hours)
        except UserError as error:
            _logger.error("Time limit %s of %s: %s", limit.name, company.name, error)
            return {}
        return {
            "due_at": due,
            "cap_on": cap_on,
            "date_replaces": rule["replaces"],
            "cutoff": rule["cutoff"],
            "remind_at": remind_at,
            "escalate_at": escalate_at,
        }

    @api.model
    def _prepare_start_values(self, rule, record, at, clock):
        model, number, name = record._get_limit_document()
        return {
            **clock,
            **self._prepare_responsible(rule["rule"], record),
            "rule_id": rule["rule"],
            "res_model": record._name,
            "res_id": record.id,
            "document_model": model,
            "document_id": number,
            "document_name": name,
            "company_id": record.company_id.id,
            "order_type_id": record._get_limit_type().id,
            "length": rule["length"],
            "unit": rule["unit"],
            "calendar_id": rule["calendar"],
            "started_at": at,
        }

    # -- who answers -------------------------------------------------------------------

    @api.model
    def _prepare_responsible(self, rule_id, record):
        """Return who answers for a limit on one record: user and department."""
        limit = self.env["order.time.limit"].browse(rule_id)
        rosters = self.env["order.department"]._rosters(record.company_id.id)
        user, department = limit.user_id, self.env["order.department"]
        if limit.responsible == "addressee":
            user, department = record._get_limit_addressee()
        elif limit.responsible == "owner":
            user = record._get_limit_owner()
        elif limit.responsible == "department":
            department = limit.department_id
            head, members = rosters.get(department.id, (False, ()))
            user = self.env["res.users"].browse(head or members[:1])
        if not department:
            own = [key for key, (_head, ids) in rosters.items() if user.id in ids]
            department = department.browse(own[:1])
        return {"user_id": user.id, "department_id": department.id}

    @api.model
    def _hand_over(self, records):
        """Look again at who answers for the limits that run on ``records``."""
        runs = self.search(
            [
                ("res_model", "=", records._name),
                ("res_id", "in", records.ids),
                ("state", "in", list(OPEN)),
            ]
        )
        for run in runs:
            found = self._prepare_responsible(
                run.rule_id.id, records.browse(run.res_id)
            )
            run.user_id = found["user_id"]
            # somebody of no department acts for the one that was asked
            if found["department_id"]:
                run.department_id = found["department_id"]

    # -- ending ------------------------------------------------------------------------

    def _stop(self, records, at):
        """End these limits: what was waited for was done at ``at``."""
        late = self.browse()
        for run in self:
            is_late = (run.paused_at if run.state == "paused" else at) > run.due_at
            if is_late and not run.is_late:
                late += run  # nobody had noticed yet
            finisher = records.browse(run.res_id)._get_limit_finisher()
            run.write(
                {
                    "state": "late" if is_late else "met",
                    "is_late": is_late,
                    "stopped_at": at,
                    "next_check": False,
                    "user_id": (finisher or run.user_id).id,
                    "met_count": not is_late,
                    "late_count": is_late,
                    "on_time_rate": not is_late,
                }
            )
        late._tell_document("late", at)
        self.filtered(lambda run: run.state == "met")._tell_document("met", at)

    def _void(self, at=None):
        """End these limits: nobody can meet them any more."""
        self.write(
            {
                "state": "void",
                "stopped_at": at or fields.Datetime.now(),
                "next_check": False,
            }
        )

    @api.model
    def _void_all(self, records):
        """End whatever runs on these records."""
        self.search(
            [
                ("res_model", "=", records._name),
                ("res_id", "in", records.ids),
                ("state", "in", list(OPEN)),
            ]
        )._void()

    # -- pausing -----------------------------------------------------------------------

    def _pause(self, at):
        for company, hours, runs in self._group_by_hours():
            left = company._seconds_left(
                [(at, run.due_at, run.unit) for run in runs], hours
            )
            for run, seconds in zip(runs, left, strict=True):
                run.write(
                    {
                        "state": "paused",
                        "paused_at": at,
                        "seconds_left": seconds,
                        "next_check": False,
                    }
                )

    def _resume(self, at):
        for run in self:
            run.write(
                {
                    "state": "running",
                    "resumed_at": at,
                    "resumed_seconds": run.seconds_left,
                    "paused_at": False,
                }
            )
        self._reckon_again(at)

    # -- reckoning ---------------------------------------------------------------------

    def _reckon_again(self, now=None):
        """Reckon open limits anew: after a pause, or because a calendar changed.

        What was told once is not told again. [SLA-1]
        """
        now = now or fields.Datetime.now()
        for company, hours, runs in self._group_by_hours():
            fresh = runs.filtered(lambda run: not run.resumed_at)
            continued = runs - fresh
            dues = company._plan_deadlines(
                [(run._get_begin(company), run.length, run.unit) for run in fresh],
                hours,
            ) + company._resume_deadlines(
                [(r.resumed_at, r.resumed_seconds, r.unit) for r in continued], hours
            )
            for run, due in zip(fresh + continued, dues, strict=True):
                run._set_due(company, due, now)
            paused = runs.filtered(lambda run: run.state == "paused")
            left = company._seconds_left(
                [(run.paused_at, run.due_at, run.unit) for run in paused], hours
            )
            for run, seconds in zip(paused, left, strict=True):
                run.seconds_left = seconds
        self._schedule()

    @api.model
    def _follow_caps(self, records):
        """Look again at the dates of ``records`` by which limits end, and reckon those
        anew that run. [URG-2]"""
        runs = self.search(
            [
                ("res_model", "=", records._name),
                ("res_id", "in", records.ids),
                ("state", "in", list(OPEN)),
                ("rule_id.cap_field_id", "!=", False),
            ]
        )
        for run in runs:
            record = records.browse(run.res_id)
            run.cap_on = record._get_limit_cap(run.rule_id.cap_field_id.name)
        if runs:
            runs._reckon_again()
            records._after_limit_change()

    def _get_begin(self, company):
        """Return from when on one limit counts."""
        return company._begin_limit(self.started_at, self.cutoff, self.calendar_id)

    def _set_due(self, company, due, now):
        start = self.resumed_at or self.started_at
        hours = self.calendar_id
        due = company._cap_deadline(
            start, due, self.cap_on, self.unit, hours, replaces=self.date_replaces
        )
        remind_at, escalate_at = self.rule_id._plan_moments(company, due, start, hours)
        values = {
            "due_at": due,
            "remind_at": remind_at,
            "escalate_at": escalate_at,
            "is_late": (self.paused_at or now) > due,
        }
        changed = {name: value for name, value in values.items() if self[name] != value}
        if changed:
            self.write(changed)
        if changed.get("is_late"):
            self._tell_document("late", now)
