from odoo import api, models


class StockQuant(models.Model):
    """The conductor of what is in stock: see sale_order.py."""

    _inherit = "stock.quant"

    @api.model_create_multi
    def create(self, vals_list):
        self._check_not_created(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        self._check_not_written(vals)
        return super().write(vals)
