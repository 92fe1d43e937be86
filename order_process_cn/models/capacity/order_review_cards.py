from odoo import models

from ...tools.review_states import APPROVED, RUNNING
from .impact import shows_impact


class OrderReview(models.Model):
    """插单影响 on the panel of those who sign: what the order does to others if it
    comes first, and once it is decided, what they were shown (PLN-7)."""

    _inherit = "order.review"

    def _filtered_with_cards(self, documents):
        found = super()._filtered_with_cards(documents)
        if documents._name != "sale.order":
            return found
        asked = documents.review_id.filtered(lambda r: r.state in {RUNNING, APPROVED})
        showing = documents.filtered(
            lambda order: order.review_id in asked and shows_impact(order)
        )
        return found | showing.review_id

    def _get_cards(self, document):
        cards = super()._get_cards(document)
        if document._name != "sale.order" or not shows_impact(document):
            return cards
        card = self.env["order.capacity.check"]._draw_card(
            document, is_decided=self.state == APPROVED
        )
        return [*cards, card] if card else cards
