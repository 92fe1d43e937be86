from odoo import models


class OrderReview(models.Model):
    """Verifying a review looks at what was said in writing during it as well."""

    _inherit = "order.review"

    def _find_further_tampering(self):
        statements = self.env["order.statement"].search([("review_id", "in", self.ids)])
        return super()._find_further_tampering() | {
            statement.review_id: self.env._(
                "the document of a written confirmation (%s) was altered",
                statement.signed_by,
            )
            for statement in statements._filtered_altered()
        }
