from odoo import api, models
from odoo.exceptions import AccessError

# what the customer has said, and of what
SAID = {
    "access_token",
    "consumed",
    "feedback",
    "message_id",
    "partner_id",
    "rating",
    "res_id",
    "res_model",
    "res_model_id",
}


class RatingRating(models.Model):
    """What a customer says of an order is his own word: nobody else enters or alters it
    (AFS-3)."""

    _inherit = "rating.rating"

    @api.model_create_multi
    def create(self, vals_list):
        ratings = super().create(vals_list)
        # he is asked first: an answer without a question comes from somebody else
        ratings.filtered("consumed")._refuse_of_orders()
        return ratings

    def write(self, vals):
        if self.env.su or not vals.keys() & SAID:
            return super().write(vals)
        self.check_access("write")  # whose it is is told to those who may
        self._refuse_of_orders()
        result = super().write(vals)
        self._refuse_of_orders()  # nor made one of an order
        return result

    def _refuse_of_orders(self):
        if self.filtered(lambda rating: rating.res_model == "sale.order"):
            raise AccessError(
                self.env._(
                    "How satisfied a customer is with an order he says himself, by the "
                    "link he is sent."
                )
            )
