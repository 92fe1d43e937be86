from odoo import api, models


class StockRule(models.Model):
    """The conductor of the procurement rule: see sale_order.py."""

    _inherit = "stock.rule"

    def _get_custom_move_fields(self):
        return [*super()._get_custom_move_fields(), "delivery_part_id"]

    @api.model
    def _run_manufacture(self, procurements):
        return super()._run_manufacture(
            [(rule._use_surplus(need), rule) for need, rule in procurements]
        )
