from urllib.parse import urlsplit

from odoo import api, fields, models
from odoo.exceptions import ValidationError

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

    rating_questions = fields.Char(
        string="Questionnaire for the Customer",
        help="The address of a questionnaire, such as the link to share of a survey of "
        "Odoo: offered beside the rating, on the page of the order and in the mail. "
        "Empty: he is asked for a rating only.",
    )

    _rating_days_positive = models.Constraint(
        "CHECK(rating_days >= 0)", "Days are not less than none."
    )

    @api.constrains("rating_questions")
    def _check_rating_questions(self):
        """It stands on the customer's page: an address of the web, nothing that is
        run."""
        for kind in self.filtered("rating_questions"):
            address = urlsplit(kind.rating_questions.strip())
            if address.scheme not in {"http", "https"} or not address.netloc:
                raise ValidationError(
                    self.env._(
                        "“%s” is no address of a page: it begins with https://",
                        kind.rating_questions,
                    )
                )

    @api.model
    @remembered
    def _ids_asking_rating(self):
        """Return the ids of the types whose customers are asked."""
        types = self._get_with_archived([("asks_rating", "=", True)])
        return frozenset(types.ids)
