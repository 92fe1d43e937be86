from odoo import models

from .order_drawing_set import CANCELLED, DRAFT, REPLACED


class OrderDrawingSet(models.Model):
    """What a review and the paper (F10) say about a set of drawings."""

    _inherit = "order.drawing.set"

    def _get_review_summary(self):
        self.ensure_one()
        return {
            **super()._get_review_summary(),
            "owner_id": self.user_id.id,
            "is_urgent": self.is_urgent,
        }

    def _get_review_head(self):
        self.ensure_one()
        return [
            (self.env._("Product"), self.product_id.display_name),
            (self.env._("Origin"), self.origin or ""),
        ]

    def _get_review_lines(self):
        self.ensure_one()
        kinds = dict(self.sheet_ids._fields["kind"]._description_selection(self.env))
        return [
            " · ".join(filter(None, [sheet._spell(), sheet.title, kinds[sheet.kind]]))
            for sheet in self.sheet_ids
        ]

    def _get_submission_problems(self):
        """Nobody checks a set without drawings."""
        problems = super()._get_submission_problems()
        if not self.sheet_ids:
            problems.append(self.env._("Enter the drawings first."))
        return problems

    def _get_owner(self):
        return self.user_id or self.requested_by_id

    def _get_limit_owner(self):
        return self._get_owner()

    def _is_form_urgent(self):
        return self.is_urgent

    def _get_form_document(self):
        return self.name

    def _get_form_watermark(self):
        if self.state in {DRAFT, REPLACED, CANCELLED}:
            return dict(self._fields["state"]._description_selection(self.env))[
                self.state
            ]
        return super()._get_form_watermark()
