from odoo import models

from ...tools.review_states import STATE_OF
from ..review.order_review_signature import DECIDES


class OrderReviewTask(models.Model):
    """A seat repeats what its record says, for lists and the form."""

    _inherit = "order.review.task"

    def _says(self, record):
        """Whether this seat says what ``record``, which decides it, says."""
        self.ensure_one()
        if not record or self.signature_id != record:
            return False
        decision = DECIDES[record.act]
        return (
            (self.state, self.decision) == (STATE_OF[decision], decision)
            and self.stage_no == record.stage_no
            and self.decided_by_id == (record.principal_id or record.user_id)
            and (self.opinion or "") == (record.opinion or "")
            and (self.conditions or "") == (record.conditions or "")
        )
