from odoo import models

from ..review_route.order_review_seat import DEPARTMENT_SOURCES, JUDGED_SOURCES


class OrderReviewSeat(models.Model):
    """Why nobody could sign a seat of a route, said before there is a document."""

    _inherit = "order.review.seat"

    def _explain_nobody(self, companies):
        """Return why nobody of any of ``companies`` can sign this seat, or ``False``.

        Who is named on the document only is not known before there is one.
        """
        if reason := super()._explain_nobody(companies):
            return reason
        Task = self.env["order.review.task"]
        if self.source not in JUDGED_SOURCES:
            return False
        values = {
            "department_id": self.source in DEPARTMENT_SOURCES
            and self.department_id._origin.id,
            "is_head_only": self.source == "head",
            "group_id": self.source == "group" and self.group_id._origin.id,
        }
        named = set(self.user_ids._origin.ids) if self.source == "users" else set()
        for company in companies:
            if Task._active_users(set(named), company):
                return False
            if Task._candidates_of(
                values, Task.review_id.new({"company_id": company.id})
            ):
                return False
        if self.source == "users":
            # archived people are named too
            users = self.with_context(active_test=False).user_ids
            return Task._explain_named(users, companies)
        return Task._explain_nobody(values, companies[:1]).reason
