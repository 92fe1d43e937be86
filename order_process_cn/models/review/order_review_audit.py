from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

SLICE = 200
# a run that goes on later takes up where the one before had to stop
FRESH = timedelta(days=1)
MANAGER = "order_process_cn.order_group_manager"


class OrderReview(models.Model):
    """Checks the chains of records, on demand and on a schedule (SEC-2).

    What nobody can do through a client, SQL or a server action can: this shows it.
    """

    _inherit = "order.review"

    checked_on = fields.Datetime(string="Records Checked on", readonly=True, index=True)
    record_problem = fields.Char(
        string="Problem of the Records",
        readonly=True,
        help="What the last scheduled check has found.",
    )

    def action_verify(self):
        """Check the chain of records and tell the result."""
        self.check_access("read")
        problems = self.sudo()._find_tampering()  # an auditor sees every record
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "danger" if problems else "success",
                "message": self._spell_tampering(problems)
                or self.env._("The records are complete and unaltered."),
                "sticky": bool(problems),
            },
        }

    @api.model
    def _spell_tampering(self, problems):
        return "\n".join(
            f"{review.display_name}: {reason}" for review, reason in problems.items()
        )

    def _find_tampering(self):
        """Return ``{review: reason}`` where the chain of records does not hold."""
        problems = {}
        for review in self:
            records = review.signature_ids
            broken = records._first_broken()
            last = records.sorted("number")[-1:]
            if broken:
                problems[review] = self.env._("record %s was altered", broken.number)
            elif last.hash != review.head or len(records) != last.number:
                problems[review] = self.env._("records are missing")
        return problems

    # -- the schedule ------------------------------------------------------------------

    @api.model
    def _cron_audit(self):
        """Check every chain, a slice at a time, and tell the administrators what is new
        among the problems."""
        stale = Domain("checked_on", "=", False) | Domain(
            "checked_on", "<", fields.Datetime.now() - FRESH
        )
        progress = self.env["ir.cron"]
        progress._commit_progress(remaining=self.search_count(stale))
        while reviews := self.search(stale, limit=SLICE, order="id"):
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
        self.env["mail.thread"].message_notify(
            partner_ids=managers.partner_id.ids,
            subject=self.env._("Records of reviews were altered"),
            body=self._spell_tampering(problems),
        )
