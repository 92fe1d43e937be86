from odoo import api, fields, models

from ..mechanism.memory import remembered


class OrderType(models.Model):
    """Whose customers are asked how satisfied they are (AFS-3)."""

    _inherit = "order.type"

    asks_rating = fields.Boolean(
        string="Asks the Customer for a Rating",
        help="Once the customer has confirmed the receipt, the page of his order asks "
        "him how satisfied he is.",
    )

    @api.model
    @remembered
    def _ids_asking_rating(self):
        """Return the ids of the types whose customers are asked."""
        types = self._get_with_archived([("asks_rating", "=", True)])
        return frozenset(types.ids)
