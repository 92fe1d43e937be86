from odoo import models
from odoo.exceptions import UserError


class OrderReview(models.Model):
    """Who submitted, and may therefore not sign (REV-6)."""

    _inherit = "order.review"

    def _earlier_submitters(self):
        """Return the ids of whoever else submitted a round of this document: in this
        review, or in one that was withdrawn, ended or outdated before."""
        self.ensure_one()
        if not self.previous_id and self.round <= 1:
            return set()
        records = self.env["order.review.signature"].sudo()  # the engine's own question
        found = records.search_fetch(
            [
                ("review_id.res_model", "=", self.res_model),
                ("review_id.res_id", "=", self.res_id),
                ("act", "=", "submit"),
            ],
            ["user_id"],
        )
        return set(found.user_id.ids) - {self.submitter_id.id}

    def _bar_submitters(self, tasks):
        """Whoever submits a later round is barred like the first one: what he signed
        before is asked again, of somebody else.

        :raise UserError: naming the seats that nobody is left to sign
        """
        self.ensure_one()
        policy = self._get_plan()["submitter_policy"]
        if policy == "allow":
            return
        barred = self._earlier_submitters() | {self.submitter_id.id}
        tasks.write(
            {
                "barred_user_id": self.submitter_id.id,
                "barred_later": sorted(barred - {self.submitter_id.id}) or False,
            }
        )
        # in whose name he has signed makes no difference
        own = tasks.filtered(
            lambda task: task.state == "agreed" and barred & task._get_signed_people()
        )
        if numbers := own._numbers_decided():
            self._note("again", again=numbers)
        own._ask_again()
        orphans = []
        for task in tasks.filtered(lambda task: task.state in {"waiting", "open"}):
            # who has signed another seat is no submitter: see _sync_alarms
            values = task._address_values() | {"barred_signed": False}
            if self.env["order.review.task"]._candidates_of(values, self):
                continue
            head = policy == "head" and task._address_to_head(self, values, barred)
            if head:
                task.write(head)
            else:
                orphans.append((task._stage(), {"name": task.names}, values))
        if orphans:
            document = self._document().sudo()  # named as the caller's screen names it
            raise UserError(
                self._nobody_message([(document, *orphan) for orphan in orphans])
            )
