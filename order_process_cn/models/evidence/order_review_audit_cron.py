from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from .order_review_anchor import AUDITOR

SLICE = 100
# How often a chain is looked at: one that is still at work, and one long ended. The
# dates differ from review to review, so that each run has its share of the old ones.
OFTEN = timedelta(days=7)
SELDOM = timedelta(days=90)
# what the last check of the anchors has found
ANCHOR_PROBLEM = "order_process_cn.anchor_problem"


class OrderReview(models.Model):
    """Verifies the records on a schedule, a slice at a time."""

    _inherit = "order.review"

    checked_on = fields.Datetime(string="Records Checked on", readonly=True, index=True)
    record_problem = fields.Char(
        string="Problem of the Records",
        readonly=True,
        help="What the last scheduled check has found.",
    )

    @api.model
    def _get_audit_domain(self):
        """Return which reviews are to be verified now."""
        now = fields.Datetime.now()
        recent = Domain("closed_at", "=", False) | Domain(
            "closed_at", ">", now - SELDOM
        )
        return (
            Domain("checked_on", "=", False)
            | (Domain("checked_on", "<", now - OFTEN) & recent)
            | Domain("checked_on", "<", now - SELDOM)
        )

    @api.model
    def _cron_audit(self):
        """Check the chains that are due and the anchors; tell the auditors what is new
        among the problems: each finding once."""
        due = self._get_audit_domain()
        progress = self.env["ir.cron"]
        progress._commit_progress(remaining=self.search_count(due))
        self._audit_anchors()
        while reviews := self.search(due, limit=SLICE, order="id"):
            reviews._audit()
            if not progress._commit_progress(processed=len(reviews)):
                break
            self.env.invalidate_all()

    @api.model
    def _audit_anchors(self):
        reason = self.env["order.review.anchor"]._find_tampering() or ""
        parameters = self.env["ir.config_parameter"]
        if reason and reason != parameters.get_param(ANCHOR_PROBLEM):
            self._tell_auditors(self.env["res.company"].search([]), reason)
        parameters.set_param(ANCHOR_PROBLEM, reason)

    def _audit(self):
        """Check these chains and keep what was found."""
        problems = self._find_tampering()
        new = {r: why for r, why in problems.items() if why != r.record_problem}
        self.write({"checked_on": fields.Datetime.now(), "record_problem": False})
        for review, reason in problems.items():
            review.record_problem = reason
        for company, reviews in (
            self.browse(r.id for r in new).grouped("company_id").items()
        ):
            reviews._tell_auditors(
                company, reviews._spell_tampering({r: new[r] for r in reviews})
            )

    @api.model
    def _tell_auditors(self, companies, body):
        """Send one notice to whoever audits one of ``companies``; the administrators
        of the process are among them."""
        auditors = self.env["res.users"]._find_holders(AUDITOR, companies)
        self.env["mail.thread"].message_notify(
            partner_ids=auditors.partner_id.ids,
            subject=self.env._("Records of reviews were altered"),
            body=body,
        )
