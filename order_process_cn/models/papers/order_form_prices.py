from odoo import api, fields, models


class OrderForm(models.Model):
    """Which forms a factory may want with sale prices or without."""

    _inherit = "order.form"

    offers_prices = fields.Boolean(compute="_compute_offers_prices")

    @api.depends("code")
    def _compute_offers_prices(self):
        for form in self:
            paper = self.env.get(f"order.paper.{(form.code or '').lower()}")
            form.offers_prices = paper is not None and paper._offers_prices
