from odoo import models

from ...tools.peek import peek
from .case_states import SETTLED


class OrderReview(models.Model):
    """Goods that were taken back changed what was signed: the case says why (AFS-1)."""

    _inherit = "order.review"

    def _find_further_tampering(self):
        """Behind each refund without a review of its own stands a case of the same
        order that was settled."""
        amended = self.filtered("is_amended").signature_ids
        refunds = amended.filtered(lambda record: record.act == "refund")
        named = {
            record: (peek(record, "details") or {}).get("case", (None, 0, ""))
            for record in refunds
        }
        cases = self.env["order.service.case"].browse({c[1] for c in named.values()})
        orders = {
            case.id: ("sale.order", case.order_id.id)
            for case in cases.exists()
            if case.state == SETTLED
        }
        found = super()._find_further_tampering()
        for record, case in named.items():
            review = record.review_id
            if orders.get(case[1]) != (review.res_model, review.res_id):
                found[review] = self.env._(
                    "goods were taken back (%s) without a case that was settled",
                    case[2],
                )
        return found
