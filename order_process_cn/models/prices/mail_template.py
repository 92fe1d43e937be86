import re

from odoo import models

from .res_users import INSIDE_PRICES, PRICE_GROUP

CLOSING = {PRICE_GROUP, INSIDE_PRICES}
PRICED = ("sale.order", "sale.order.line")


class MailTemplate(models.Model):
    _inherit = "mail.template"

    def _shows_prices(self):
        """Whether the text of this template asks an order for a price."""
        if self.model != "sale.order":
            return False
        names = {
            name
            for model in PRICED
            for name, field in self.env[model]._fields.items()
            if CLOSING & {*(field.groups or "").split(",")}
        }
        words = re.findall(r"\w+", f"{self.subject} {self.body_html}")
        return not names.isdisjoint(words)
