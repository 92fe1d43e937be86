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

    rating_days = fields.Integer(
        string="Days in Which the Customer Is Asked",
        default=30,
        help="So many days after the receipt the worker still sends the customer the "
        "request for a rating, once. 0: it is only on the page of his order.",
    )

    _rating_days_positive = models.Constraint(
        "CHECK(rating_days >= 0)", "Days are not less than none."
    )

    @api.model
    @remembered
    def _ids_asking_rating(self):
        """Return the ids of the types whose customers are asked."""
        types = self._get_with_archived([("asks_rating", "=", True)])
        return frozenset(types.ids)
