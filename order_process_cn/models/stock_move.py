from odoo import models


class StockMove(models.Model):
    """The conductor of the stock move: see sale_order.py."""

    _inherit = "stock.move"

    def _get_upstream_documents_and_responsibles(self, visited):
        # whoever cancels or reduces an order need not see purchases and production:
        # core looks up whom it has to tell, and does not show him what it found
        return super(StockMove, self.sudo())._get_upstream_documents_and_responsibles(
            visited
        )
