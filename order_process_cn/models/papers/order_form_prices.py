from odoo import api, fields, models


class OrderForm(models.Model):
    """Whether sale prices stand on a form that a factory may want with or without."""

    _inherit = "order.form"

    shows_prices = fields.Boolean(
        string="With Sale Prices",
        help="Only for those who may see them: what the warehouse prints has none.",
    )
    offers_prices = fields.Boolean(compute="_compute_offers_prices")

    @api.depends("code")
    def _compute_offers_prices(self):
        for form in self:
            paper = self.env.get(f"order.paper.{(form.code or '').lower()}")
            form.offers_prices = paper is not None and paper._offers_prices
