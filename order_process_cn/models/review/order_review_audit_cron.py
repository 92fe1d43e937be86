from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

SLICE = 100
# How often a chain is looked at: one that is still at work, and one long ended. The
# dates differ from review to review, so that each run has its share of the old ones.
OFTEN = timedelta(days=7)
SELDOM = timedelta(days=90)
MANAGER = "order_process_cn.order_group_manager"


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
        """Check the chains that are due and the anchors; tell the administrators what
        is new among the problems."""
        due = self._get_audit_domain()
        progress = self.env["ir.cron"]
        progress._commit_progress(remaining=self.search_count(due))
        if reason := self.env["order.review.anchor"]._find_tampering():
            self._tell_managers(self.env.ref(MANAGER).all_user_ids, reason)
        while reviews := self.search(due, limit=SLICE, order="id"):
            reviews._audit()
            if not progress._commit_progress(processed=len(reviews)):
                break
            self.env.invalidate_all()

    def _audit(self):
        """Check these chains and keep what was found."""
        problems = self._find_tampering()
        new = {r: reason for r, reason in problems.items() if not r.record_problem}
        self.write({"checked_on": fields.Datetime.now(), "record_problem": False})
        for review, reason in problems.items():
            review.record_problem = reason
        for company, reviews in (
            self.browse(r.id for r in new).grouped("company_id").items()
        ):
            reviews._tell_of_tampering(company, {r: new[r] for r in reviews})

    def _tell_of_tampering(self, company, problems):
        managers = self.env.ref(MANAGER).all_user_ids.filtered(
            lambda user: company in user.company_ids
        )
        self._tell_managers(managers, self._spell_tampering(problems))

    @api.model
    def _tell_managers(self, managers, body):
        self.env["mail.thread"].message_notify(
            partner_ids=managers.partner_id.ids,
            subject=self.env._("Records of reviews were altered"),
            body=body,
        )
