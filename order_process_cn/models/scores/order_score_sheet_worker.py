from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Command, Domain
from odoo.tools import date_utils, split_every

from ..accountability.order_ledger_entry import CONFIRMED as FINED
from ..cases.case_states import (
    APPROVED,
    COLLECTED,
    COLLECTING,
    INSPECTED,
    SETTLED,
)
from ..cases.case_states import COMPLAINT as COMPLAINED
from .order_score_finding import COMPLAINT, LEDGER, LIMIT
from .order_score_role import DEPARTMENT, ENTRY, SELLER
from .order_score_sheet import CONFIRMED
from .order_score_standard import CONCERNED, HEAD, PERSON, SATISFACTION

SLICE = 100
CASES = "order.service.case"
# what a customer complained about rightly
UPHELD = {APPROVED, COLLECTING, COLLECTED, INSPECTED, SETTLED}


class OrderScoreSheet(models.Model):
    """What the worker does: a sheet for everybody in a role when a period has ended,
    and what the process has noted about it, each thing once (ACC-2)."""

    _inherit = "order.score.sheet"

    @api.model
    def _cron_make(self):
        """Make the sheets of the periods that have ended, and count anew those that
        nobody has confirmed yet."""
        roles = self.env["order.score.role"].search([])
        self._make(roles)
        open_ids = self.search([("state", "!=", CONFIRMED)]).ids
        left = len(open_ids)
        self.env["ir.cron"]._commit_progress(0, remaining=left)
        for ids in split_every(SLICE, open_ids):
            self.browse(ids)._count()
            left -= len(ids)
            self.env["ir.cron"]._commit_progress(len(ids), remaining=left)

    @api.model
    def _make(self, roles):
        """Make what is missing of the sheets of the last period of these roles.

        :return: the new sheets, counted
        """
        wanted = {}
        for role in roles:
            for user in role.user_ids.filtered(lambda user: not user.share):
                company = role.company_id or user.company_id
                if company not in user.company_ids:
                    continue
                begin, end = self._get_last_period(role, company)
                if company._calendar_day(role.in_force_since) <= end:
                    wanted[role, user, company, begin] = end
        there = self.search([("role_id", "in", roles.ids)])
        for sheet in there:
            key = (sheet.role_id, sheet.user_id, sheet.company_id, sheet.date_from)
            wanted.pop(key, None)
        lines = {role: self._prepare_lines(role) for role in {key[0] for key in wanted}}
        sheets = self.create(
            [
                self._prepare(*key, end, lines[key[0]])
                for key, end in wanted.items()
                if lines[key[0]]
            ]
        )
        sheets._count()
        sheets._emit("score.open")
        for sheet in sheets:
            words = self.env._("Score yourself and hand the score sheet in")
            sheet._leave_todo("score", words, sheet.display_name, user=sheet.user_id)
        return sheets

    @api.model
    def _get_last_period(self, role, company):
        """Return first and last day of the last period that has ended."""
        today = company._calendar_day(fields.Datetime.now())
        end = date_utils.start_of(today, role.period) - timedelta(days=1)
        return date_utils.start_of(end, role.period), end

    @api.model
    def _prepare_lines(self, role):
        lines = self.env["order.score.line"]
        return [lines._prepare(standard) for standard in role.standard_ids]

    @api.model
    def _prepare(self, role, user, company, begin, end, lines):
        rosters = self.env["order.department"]._rosters(company.id)
        own = [number for number, who in rosters.items() if user.id in who[1]]
        # somebody else scores him, where there is one
        own.sort(key=lambda number: rosters[number][0] in {user.id, False})
        return {
            "role_id": role.id,
            "user_id": user.id,
            "company_id": company.id,
            "department_id": own[0] if own else False,
            "date_from": begin,
            "date_to": end,
            "complaints_to_zero": role.complaints_to_zero,
            "max_adjustment": role.max_adjustment,
            "line_ids": [Command.create(values) for values in lines],
        }

    # -- counting ----------------------------------------------------------------------

    def _count(self):
        """Note what the process says about these sheets, and take away what it does
        not say any more. What was struck out stays struck out."""
        # findings are the engine's, counted the same whoever asks
        sheets = self.sudo().filtered(lambda sheet: sheet.state != CONFIRMED)
        if not sheets:
            return
        found = {}
        for line, day, values in sheets._find_all():
            key = (line.sheet_id.user_id.id, values["source"])
            found.setdefault(key, {**values, "line_id": line.id, "happened_on": day})
        # as above
        known = self.env["order.score.finding"].sudo()
        known = known.search(
            [("user_id", "in", sheets.user_id.ids), ("source", "!=", False)]
        )
        gone = known.filtered(
            lambda row: (
                row.sheet_id in sheets
                and (row.user_id.id, row.source) not in found
                and row.is_counted
            )
        )
        taken = {(row.user_id.id, row.source) for row in known - gone}
        gone.unlink()
        # as above
        lines = self.env["order.score.line"].sudo()
        known.create(
            [
                {**values, "sheet_id": lines.browse(values["line_id"]).sheet_id.id}
                for key, values in found.items()
                if key not in taken
            ]
        )

    def _find_all(self):
        """Yield line, day and values of whatever counts against these sheets."""
        by_person = self.grouped("user_id")
        for person, moment, company, values, fits in (
            *self._find_fines(),
            *self._find_late(),
            *self._find_complaints(),
        ):
            day = company._calendar_day(moment)
            for sheet in by_person.get(person, self.browse()):
                if (
                    sheet.company_id == company
                    and sheet.date_from <= day <= sheet.date_to
                    and moment >= (sheet.role_id.in_force_since or moment)
                    and (line := sheet.line_ids.filtered(fits)[:1])
                ):
                    yield line, day, values

    def _get_span(self, name):
        """Return a condition on the moment ``name`` that leaves out what is surely of
        no period of these sheets; zones reach over a day."""
        day = timedelta(days=1)
        begin = fields.Datetime.to_datetime(min(self.mapped("date_from"))) - day
        end = fields.Datetime.to_datetime(max(self.mapped("date_to"))) + 2 * day
        return Domain(name, ">=", begin) & Domain(name, "<", end)

    def _find_fines(self):
        """Return what was confirmed as a fine by the rules that count."""
        rules = self.line_ids.standard_id.with_context(
            active_test=False
        ).ledger_rule_ids
        entries = self.env["order.ledger.entry"].search(
            Domain("rule_id", "in", rules.ids)
            & Domain("user_id", "in", self.user_id.ids)
            & Domain("state", "=", FINED)
            & Domain("kind", "=", "fine")
            & self._get_span("decided_on")
        )
        return [
            (
                entry.user_id,
                entry.decided_on,
                entry.company_id,
                self._prepare_finding(LEDGER, entry, entry, entry.document_name),
                lambda line, rule=entry.rule_id: (
                    rule
                    in line.standard_id.with_context(active_test=False).ledger_rule_ids
                ),
            )
            for entry in entries
        ]

    def _find_late(self):
        """Return the limits that count and were missed, with whom each concerns."""
        standards = self.line_ids.standard_id.with_context(active_test=False)
        runs = self.env["order.time.limit.run"].search(
            Domain("rule_id", "in", standards.limit_ids.ids)
            & Domain("company_id", "in", self.company_id.ids)
            & Domain("is_late", "=", True)
            & Domain("state", "!=", "void")
            & self._get_span("due_at")
        )
        orders = self._get_orders(runs)
        found = []
        for run in runs:
            document = self.env[run.document_model].browse(run.document_id)
            finding = self._prepare_finding(LIMIT, run, document, run.document_name)
            for standard in standards.filtered(
                lambda s, r=run: r.rule_id in s.limit_ids
            ):
                fits = self._get_fitting(standard)
                found += [
                    (person, run.due_at, run.company_id, finding, fits)
                    for person in self._get_missed(standard, run, orders.get(run))
                ]
        return found

    @api.model
    def _get_fitting(self, standard):
        """Return whether a line is made after ``standard``, as a function of lines."""
        return lambda line: line.standard_id == standard

    @api.model
    def _get_orders(self, runs):
        """Return ``{run: its sales order}`` of those that ran on one, or on what has
        one."""
        orders = {}
        for model, own in runs.grouped("document_model").items():
            documents = self.env[model].browse(set(own.mapped("document_id"))).exists()
            name = "id" if model == "sale.order" else "order_id"
            field = documents._fields.get(name)
            if name != "id" and getattr(field, "comodel_name", "") != "sale.order":
                continue
            of = {
                document.id: document if name == "id" else document[name]
                for document in documents
            }
            orders |= {run: of[run.document_id] for run in own if run.document_id in of}
        return orders

    @api.model
    def _get_missed(self, standard, run, order):
        """Return whom one limit that was missed counts against, among those in the
        role of ``standard``.

        :param order: what it is about, if it is about an order
        """
        concern = standard.limits_concern
        if concern == PERSON:
            return run.user_id
        if concern == CONCERNED and standard.role_id.concerns != DEPARTMENT:
            return (
                self._get_concerned(order, standard.role_id.concerns)
                if order
                else run.user_id
            )
        rosters = self.env["order.department"]._rosters(run.company_id.id)
        head, members = rosters.get(run.department_id.id, (False, ()))
        return self.env["res.users"].browse(
            members if concern != HEAD else filter(None, [head])
        )

    def _find_complaints(self):
        """Return whom complaints concern that were approved: each counts from then on,
        once for a person."""
        events = self.env["order.event"].search(
            Domain("res_model", "=", CASES)
            & Domain("code", "=", f"{CASES}.{APPROVED}")
            & Domain("company_id", "in", self.company_id.ids)
            & self._get_span("at"),
            order="at desc, id desc",
        )
        cases = self.env[CASES].browse(events.mapped("res_id")).exists()
        cases = cases.filtered(
            lambda case: case.kind == COMPLAINED and case.state in UPHELD
        )
        # the first time that it was approved
        moments = {event.res_id: event.at for event in events}
        return [
            (
                person,
                moments[case.id],
                case.company_id,
                self._prepare_finding(COMPLAINT, case, case, case.display_name),
                lambda line, kind=kind: (
                    line.section == SATISFACTION
                    and line.per_finding > 0
                    and line.sheet_id.role_id.concerns == kind
                ),
            )
            for case in cases
            for kind in set(self.role_id.mapped("concerns"))
            for person in self._get_complained(case, kind)
        ]

    @api.model
    def _get_complained(self, case, kind):
        """Return whom one complaint concerns, among those in roles of this kind."""
        if kind != DEPARTMENT:
            return self._get_concerned(case.order_id, kind)
        rosters = self.env["order.department"]._rosters(case.company_id.id)
        _head, members = rosters.get(case.department_id.id, (False, ()))
        return self.env["res.users"].browse(members)

    @api.model
    def _get_concerned(self, order, kind):
        """Return who did for one order what those in roles of this kind do."""
        if kind == SELLER:
            return order.user_id
        if kind == ENTRY:
            return order.create_uid
        sent = order.picking_ids.filtered(
            lambda picking: (
                picking.picking_type_code == "outgoing" and picking.state == "done"
            )
        )
        return sent.user_id

    @api.model
    def _prepare_finding(self, kind, source, document, name):
        return {
            "kind": kind,
            "source": f"{source._name},{source.id}",
            "res_model": document._name,
            "res_id": document.id,
            "document_name": name,
        }
