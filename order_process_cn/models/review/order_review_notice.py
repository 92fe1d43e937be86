from datetime import datetime

from odoo import api, fields, models
from odoo.tools import str2bool

from ...tools.review_states import APPROVED, DECLINED
from ..mechanism.engine import clean

# set to "False" to work without any to-dos and notices
PARAMETER = "order_process_cn.notices"


class OrderReview(models.Model):
    """To-dos for those whose turn it is.

    A reflection only: made in batch by the recheck worker, one for each seat, for the
    person it names or the head of its department. Nobody becomes a follower of the
    document, or he would receive the customer's mail; the other members of a
    department find the seat in their list.
    """

    _inherit = "order.review"

    approval_told_at = fields.Datetime(
        string="Submitter Told on",
        readonly=True,
        help="When the submitter was told that everybody has agreed.",
    )

    def _mark_for_notices(self, soon=True):
        """Have the worker bring to-dos and notices up to date.

        :param soon: whether it is somebody's turn, see ``_mark_for_recheck``
        """
        if not self:
            return
        # a switch of the administrator, nothing of a user's
        enabled = self.env["ir.config_parameter"].sudo().get_param(PARAMETER, "True")
        if str2bool(enabled):
            self._mark_for_recheck("notices", soon=soon)

    @api.model
    def _get_recheck_handlers(self):
        return {**super()._get_recheck_handlers(), "notices": "_refresh_notices"}

    @api.model
    def _get_recheck_labels(self):
        labels = super()._get_recheck_labels()
        return {**labels, "notices": self.env._("To-dos and notices")}

    def _refresh_notices(self):
        """Bring the to-dos in line with the seats. Called by the recheck worker."""
        tasks = self._load_tasks()
        due = tasks.filtered(lambda task: task.state == "open")
        # passed on or decided: the to-do is not its bearer's any more
        stale = tasks.filtered(
            lambda task: (
                task.activity_id
                and (task not in due or task.activity_id.user_id != task._addressee())
            )
        )
        stale.activity_id.unlink()
        for model, documents in self._documents().items():
            own = due.filtered(
                lambda task, model=model: (
                    not task.activity_id and task.review_id.res_model == model
                )
            )
            own._schedule_activities(documents)
        self.filtered(lambda review: review.state == DECLINED)._tell_of_refusal()
        self._filtered_approval_to_tell()._tell_of_approval()
        if opened := due.filtered(lambda task: not task.is_announced):
            opened.is_announced = True
            self._after_notices(opened)

    def _after_notices(self, opened_tasks):
        """Called when the to-dos are made, with the seats opened since the last time:
        each of them once, and once more whenever it is opened again."""

    def _on_recheck_refused(self, message):
        user = self.owner_id or self.submitter_id
        summary = self.env._("Cannot go on")
        self._tell_on_document("review.stuck", user, summary, message)

    def _filtered_approval_to_tell(self):
        """Return the approved reviews whose submitter does not know of it yet: once,
        and once more when a seat was asked again in between."""
        return self.filtered(
            lambda review: (
                review.state == APPROVED
                and review.closed_at
                and (review.approval_told_at or datetime.min) < review.closed_at
            )
        )

    def _tell_of_approval(self):
        """Say to whoever submitted it, and to the person in charge, that it went
        through: a notice, for there is nothing to be done."""
        if not self:
            return
        self.approval_told_at = fields.Datetime.now()
        # what a notice asks of whoever reads and writes it and of the document: a
        # hundred columns would be read otherwise
        users = self.submitter_id | self.owner_id | self.env.user
        users.fetch(["partner_id", "active", "share"])
        asked = ["lang", "name", "email", "commercial_partner_id", "is_company"]
        users.partner_id.fetch([*asked, "active", "partner_share", "write_date"])
        for documents in self._documents().values():
            documents.fetch(self._get_noticed_fields(documents))
        self.company_id.fetch(["alias_domain_id"])
        for review in self:
            people = (review.submitter_id | review.owner_id).filtered("active")
            for lang, readers in people.grouped("lang").items():
                env = review.with_context(
                    clean(review).env.context | {"lang": lang}
                ).env
                # a notice of the engine: nobody's rights decide whether it arrives
                document = review._document().with_env(env).sudo()
                document.message_notify(
                    partner_ids=readers.partner_id.ids,
                    subject=env._("Approved: %s", review.document_name),
                    body=env._(
                        "Everybody who was asked has signed “%s”. It can go on.",
                        review.document_name,
                    ),
                )

    @api.model
    def _get_noticed_fields(self, documents):
        """Return what a notice about ``documents`` asks of them."""
        return ["company_id", *filter(None, [documents._rec_name])]

    def _tell_of_refusal(self):
        """Leave one to-do in charge: correct it, tell the customer. [REV-4]"""
        for review in self:
            words = review.task_ids.filtered(lambda task: task.state == "declined")
            review._tell_on_document(
                "review.declined",
                review.owner_id or review.submitter_id,
                self.env._("Declined: correct it and tell the customer"),
                "\n".join(text for text in words.mapped("opinion") if text),
            )

    def _tell_on_document(self, key, user, summary, note=""):
        """Leave ``user`` one to-do about ``key`` on the document."""
        self.ensure_one()
        self._document()._leave_todo(key, summary, note, user=user)
