from collections import Counter

from odoo import api, models


class StockRule(models.Model):
    """The conductor of the procurement rule: see sale_order.py."""

    _inherit = "stock.rule"

    def _get_custom_move_fields(self):
        return [*super()._get_custom_move_fields(), "delivery_part_id"]

    @api.model
    def _run_manufacture(self, procurements):
        asked = Counter()
        return super()._run_manufacture(
            [
                (rule._use_surplus(rule._use_supplies(need, asked)), rule)
                for need, rule in procurements
            ]
        )

    @api.model
    def _run_buy(self, procurements):
        needs, asked = [], Counter()
        for need, rule in procurements:
            left = rule._use_supplies(need, asked)
            # core makes a request for nothing too
            if left is need or left.product_qty:
                needs.append((left, rule))
        return super()._run_buy(needs)
