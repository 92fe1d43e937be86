from odoo import api, models

# states in which nobody is asked any more
ENDED = {"withdrawn", "terminated", "outdated", "cancelled"}


class OrderReviewLimitMixin(models.AbstractModel):
    """A reviewed document with time limits: its review gives the events (SLA-1)."""

    _name = "order.review.limit.mixin"
    _inherit = ["order.time.limit.mixin", "order.review.mixin"]
    _description = "Document under Review with Time Limits"

    @api.model
    def _get_limit_events(self):
        return {
            **super()._get_limit_events(),
            "created": self.env._("Entered"),
            "submitted": self.env._("Submitted to review"),
            "resubmitted": self.env._("Submitted again after a refusal"),
            "running": self.env._("Under review, also once more"),
            "approved": self.env._("Approved"),
            "declined": self.env._("Declined"),
            "withdrawn": self.env._("Review withdrawn"),
            "cancelled": self.env._("Cancelled"),
        }

    @api.model
    def _get_limit_voids(self):
        of_review = {"submitted", "resubmitted", "running", "approved", "declined"}
        return {
            **super()._get_limit_voids(),
            **dict.fromkeys(ENDED, of_review),
            # what was approved has changed: it has to be approved anew
            "running": {"approved"},
            "cancelled": None,
        }

    def _get_limit_type(self):
        return self._get_review_type()

    def _before_submission(self):
        super()._before_submission()
        again = self.filtered(lambda document: document.review_state == "declined")
        again._emit("resubmitted")
        (self - again)._emit("submitted")

    def _after_review(self, state):
        super()._after_review(state)
        self._emit(state)
        if state in ENDED and self.env["order.review.task"]._has_limits():
            self.review_id._load_tasks()._emit("ended")
