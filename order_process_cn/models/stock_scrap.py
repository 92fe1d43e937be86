from odoo import api, models


class StockScrap(models.Model):
    """The conductor of the scrap: see sale_order.py."""

    _inherit = "stock.scrap"

    @api.constrains("state", "production_id", "workorder_id")
    def _check_work_may_begin(self):
        """Components are scrapped of an order that may start. [MFG-5]"""
        scrapped = self.filtered(lambda scrap: scrap.state == "done")
        productions = scrapped.production_id | scrapped.workorder_id.production_id
        productions._check_work_may_begin()
