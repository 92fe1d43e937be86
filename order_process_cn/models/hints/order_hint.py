from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..cases.case_states import WITH_GOODS
from ..mechanism.engine import public_act
from .order_hint_queries import QUERY
from .order_hint_rule import KINDS

# what a finding is about, where that is neither a department nor a person
SUBJECTS = {
    "return_reason": "order.service.reason",
    "idle_limit": "order.time.limit",
    "idle_ledger": "order.ledger.rule",
    "idle_seat": "order.review.seat",
    "unkept_limit": "order.time.limit",
}


class OrderHint(models.Model):
    """What the process could do better, from what happened in the last days: each
    finding with its figures, the rows behind it and a proposal. [ANA-3]

    Nothing is stored: a finding is gone as soon as the figures say so. For those who
    manage the process, of their companies.
    """

    _name = "order.hint"
    _description = "What Could Be Better"
    _auto = False
    _order = "kind, figure desc, id"
    _depends = {
        "order.hint.rule": ["kind", "days", "least", "threshold", "active"],
        "order.review": ["submitted_at"],
        "order.review.task": [
            "review_id",
            "seat_id",
            "company_id",
            "department_id",
            "user_id",
            "state",
            "opened_at",
            "decided_at",
        ],
        "order.time.limit": ["active", "company_id", "in_force_since"],
        "order.time.limit.run": [
            "rule_id",
            "company_id",
            "state",
            "started_at",
            "stopped_at",
        ],
        "order.ledger.rule": ["active", "company_id", "in_force_since"],
        "order.ledger.entry": ["rule_id", "company_id", "create_date"],
        "order.service.case": [
            "company_id",
            "reason_id",
            "kind",
            "state",
            "create_date",
        ],
        "order.event": ["company_id", "at"],
        "res.company": ["active"],
    }

    rule_id = fields.Many2one("order.hint.rule", string="Threshold", readonly=True)
    kind = fields.Selection(KINDS, string="Finding", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    department_id = fields.Many2one("order.department", readonly=True)
    user_id = fields.Many2one("res.users", string="Person", readonly=True)
    subject_id = fields.Integer(string="Subject ID", readonly=True, aggregator=None)
    cases = fields.Integer(string="Cases behind It", readonly=True)
    figure = fields.Float(readonly=True, aggregator=None)
    subject = fields.Char(string="Who or What", compute="_compute_words")
    figures = fields.Char(string="What the Figures Say", compute="_compute_words")
    proposal = fields.Text(related="rule_id.proposal", string="Proposal")

    @property
    def _table_query(self):
        return SQL(QUERY)

    @api.depends("kind", "subject_id", "figure", "cases")
    @api.depends_context("lang")
    def _compute_words(self):
        for kind, hints in self.grouped("kind").items():
            # the name of a rule or of a reason is no secret to whoever manages
            names = {}
            if kind in SUBJECTS:
                about = self.env[SUBJECTS[kind]].sudo()
                about = about.browse(hints.mapped("subject_id"))
                names = {record.id: record.display_name for record in about}
            for hint in hints:
                # names only, of what the finding itself is about
                hint.subject = (
                    names.get(hint.subject_id)
                    or hint.department_id.sudo().display_name
                    or hint.user_id.sudo().name
                )
                hint.figures = hint._spell_figures()

    def _spell_figures(self):
        values = {
            "cases": self.cases,
            "hours": f"{self.figure:.1f}",
            "share": f"{self.figure:.0%}",
            "days": int(self.figure),
        }
        match self.kind:
            case "slow_seat":
                return self.env._(
                    "%(hours)s hours on average until %(cases)s seats were signed",
                    **values,
                )
            case "return_reason":
                return self.env._("%(cases)s cases, %(share)s of all", **values)
            case "unkept_limit":
                return self.env._("%(share)s of %(cases)s ended too late", **values)
            case "idle_seat":
                return self.env._(
                    "left out in each of %(cases)s reviews in %(days)s days", **values
                )
            case "overloaded":
                return self.env._("%(cases)s wait to be signed now", **values)
        return self.env._("not once in %(days)s days", **values)

    @public_act
    def action_open_rows(self):
        """Open the rows that one finding was counted from; of what never happened, the
        rule itself.

        :raise UserError: the figures say something else by now
        """
        self.ensure_one()
        self.check_access("read")
        hint = self.exists()
        if not hint:
            raise UserError(
                self.env._("The figures have changed: this is not found any more.")
            )
        action = {
            "type": "ir.actions.act_window",
            "name": hint.subject,
            "target": "current",
        }
        if hint.kind in {"idle_limit", "idle_ledger", "idle_seat"}:
            return {
                **action,
                "res_model": SUBJECTS[hint.kind],
                "res_id": hint.subject_id,
                "views": [(False, "form")],
            }
        model, domain = hint._get_rows()
        views = [(False, "list"), (False, "form")]
        if model == "order.seat.report":
            views = [(False, "list"), (False, "graph")]
        return {**action, "res_model": model, "domain": domain, "views": views}

    def _get_rows(self):
        """Return model and domain of what one finding was counted from."""
        company = [("company_id", "=", self.company_id.id)]
        days = self.rule_id.sudo().days  # a threshold is no secret
        begin = fields.Datetime.to_string(fields.Datetime.now() - timedelta(days=days))
        match self.kind:
            case "return_reason":
                return "order.service.case", [
                    *company,
                    ("reason_id", "=", self.subject_id),
                    ("kind", "in", sorted(WITH_GOODS)),
                    ("state", "not in", ["draft", "cancel"]),
                    ("create_date", ">=", begin),
                ]
            case "unkept_limit":
                return "order.time.limit.run", [
                    *company,
                    ("rule_id", "=", self.subject_id),
                    ("state", "in", ["met", "late"]),
                    ("stopped_at", ">=", begin),
                ]
        who = [("department_id", "=", self.department_id.id)]
        if not self.department_id:
            who += [("asked_id", "=", self.user_id.id)]
        when = [("state", "=", "open")]
        if self.kind == "slow_seat":
            when = [("state", "!=", "open"), ("decided_at", ">=", begin)]
        return "order.seat.report", [*company, *who, *when]
