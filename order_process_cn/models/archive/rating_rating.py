from odoo import api, models

from .retention import refuse_to_lose


class RatingRating(models.Model):
    """What a customer has said of an order is kept as long as the order is (AFS-4)."""

    _inherit = "rating.rating"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_kept(self):
        # whether it is kept does not depend on who touches it
        refuse_to_lose(self.sudo(), "res_model")
