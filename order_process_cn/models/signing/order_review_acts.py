from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools import arguments
from ...tools.review_states import APPROVED, DECISIONS, DECLINED, RUNNING
from ..mechanism.engine import public_act


class OrderReview(models.Model):
    """What is done to a whole review: withdraw, terminate, urge, copy to, comment,
    hand over (CSN-3). Checked as the caller, written as superuser."""

    _inherit = "order.review"

    def _stages_before(self, task, tasks):
        """Return the numbers of the stages that were held before this seat."""
        return {
            other.stage_no
            for other in tasks
            if other.review_id == self
            and other.stage_no < task.stage_no
            and other.state not in {"skipped", "removed"}
        }

    def _note(self, act, text="", **details):
        users = self.env["res.users"]
        name = users._names_of([self.env.uid]).get(self.env.uid)
        self._record(
            [
                (
                    review,
                    {
                        "act": act,
                        "signer_name": name,
                        "opinion": text,
                        "details": details,
                    },
                )
                for review in self
            ]
        )

    # -- ending it ---------------------------------------------------------------------

    def _withdrawal_refusal(self, user):
        """Return why ``user`` cannot withdraw this review, or ``False``."""
        self.ensure_one()
        if self.state not in {RUNNING, DECLINED}:
            return self.env._("The review is not running.")
        if user != self.submitter_id:
            return self.env._("Only the submitter can withdraw it.")
        if not self._get_plan()["lets_withdraw"]:
            return self.env._("The route does not let the submitter withdraw.")
        return False

    @public_act
    @arguments.checked(reason=arguments.text)
    def action_withdraw(self, reason=""):
        """Withdraw as the submitter; with a reason once somebody has signed."""
        reviews = self._enter()
        for review in reviews:
            if refusal := review._withdrawal_refusal(self.env.user):
                refused = f"{review.document_name}: {refusal}"
                raise UserError(refused)
            signed = DECISIONS & set(review.signature_ids.mapped("act"))
            if signed and not (reason or "").strip():
                raise UserError(
                    self.env._("Somebody has signed already: give a reason.")
                )
        reviews._end("withdrawn", "withdraw", reason)
        return True

    @public_act
    @arguments.checked(reason=arguments.text)
    def action_terminate(self, reason):
        """End reviews as an administrator, with a reason."""
        reviews = self._enter()
        if not self.env.user.has_group("order_process_cn.order_group_manager"):
            raise AccessError(
                self.env._("Only an administrator of the order process can do this.")
            )
        if not (reason or "").strip():
            raise UserError(self.env._("Give a reason."))
        over = reviews.filtered(lambda review: review.state not in {RUNNING, DECLINED})
        over = over.filtered(
            lambda review: (
                # the group was checked above
                review.state != APPROVED or review._document().sudo()._is_review_used()
            )
        )
        if over:
            raise UserError(
                self.env._(
                    "Not running any more: %s",
                    ", ".join(over.mapped("document_name")),
                )
            )
        reviews._end("terminated", "terminate", reason)
        return True

    # -- words around it ---------------------------------------------------------------

    def _enter_as_reader(self):
        """As :meth:`_enter`, for acts of whoever reads the documents."""
        reviews = self._enter()
        for review in reviews.with_env(self.env):
            review._document().check_access("read")
        return reviews

    @public_act
    @arguments.checked(text=arguments.text)
    def action_urge(self, text=""):
        """Remind those whose move it is; not more often than the company allows."""
        reviews = self._enter_as_reader()
        for review in reviews:
            if review.state != RUNNING:
                raise UserError(self.env._("The review is not running."))
            gap = timedelta(minutes=review.company_id.order_urge_gap)
            last = review.signature_ids.filtered(lambda record: record.act == "urge")
            if last and last[-1].date + gap > fields.Datetime.now():
                raise UserError(
                    self.env._(
                        "%(document)s was urged at %(time)s. Wait %(gap)s minutes "
                        "before you urge again.",
                        document=review.document_name,
                        time=fields.Datetime.context_timestamp(
                            self, last[-1].date
                        ).strftime("%H:%M"),
                        gap=review.company_id.order_urge_gap,
                    )
                )
        reviews._lock()
        reviews._note("urge", text)
        tasks = reviews._load_tasks().filtered(lambda task: task.state == "open")
        for review in reviews:
            waiting = tasks.filtered(lambda task, r=review: task.review_id == r)
            review._notify(
                waiting._candidates(),
                self.env._("%s waits for your signature", review.document_name),
                text,
            )
        return True

    def _notify(self, users, subject, text=""):
        """Send one notice about the document; nobody becomes a follower."""
        self.ensure_one()
        # the act was allowed to the caller; its notice reaches whom it concerns
        self._document().sudo().message_notify(
            partner_ids=users.sudo().partner_id.ids,
            subject=subject,
            body=text or subject,
        )

    @public_act
    @arguments.checked(user_ids=arguments.record_ids, text=arguments.text)
    def action_copy_to(self, user_ids, text=""):
        """Tell other people about the document; they need not decide anything."""
        reviews = self._enter_as_reader()
        users = self.env["res.users"].browse(user_ids).exists()
        reviews._lock()
        # the names of colleagues are no secret
        reviews._note("copy", text, to=users.ids, to_names=users.sudo().mapped("name"))
        for review in reviews:
            review._notify(users, review.display_name, text)
        return True

    @public_act
    @arguments.checked(text=arguments.text)
    def action_comment(self, text):
        """Add a remark to the record without deciding anything."""
        reviews = self._enter_as_reader()
        if not (text or "").strip():
            raise UserError(self.env._("Write the comment."))
        reviews._lock()
        reviews._note("comment", text)
        return True

    @api.model
    @public_act
    @arguments.checked(
        leaver_id=arguments.record_id,
        user_id=arguments.record_id,
        reason=arguments.text,
        only_empty=arguments.flag,
    )
    def action_hand_over(self, leaver_id, user_id, reason="", only_empty=False):
        """Hand everything that waits for one person to another, in one go.

        :param bool only_empty: leave him the seats that he can sign himself
        """
        if not self.env.user.has_group("order_process_cn.order_group_manager"):
            raise AccessError(
                self.env._("Only an administrator of the order process can do this.")
            )
        user = self.env["res.users"].browse(user_id)
        # an administrator reads every seat of the companies he works for
        tasks = self.env["order.review.task"].search(
            [
                "|",
                ("user_id", "=", leaver_id),
                ("signer_list_id.user_ids", "in", [leaver_id]),
                ("state", "in", ["waiting", "open"]),
                ("review_id.state", "in", [RUNNING, DECLINED]),
            ]
        )
        tasks = tasks._enter()
        # of a list the others go on signing, as long as there is one
        listed = tasks.filtered("signer_list_id")
        tasks = tasks - listed + listed._filtered_empty()
        if only_empty:
            tasks = tasks._filtered_empty()
        tasks.review_id._lock()
        tasks._check_signer(user)
        tasks._hand_to(user, "hand_over", reason)
        return len(tasks)
