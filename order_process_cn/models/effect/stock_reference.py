from odoo import api, models


class StockReference(models.Model):
    """[CFM-3] a link to an order can be made from its reference as well: what carries
    the reference is looked at then."""

    _inherit = "stock.reference"

    @api.constrains("sale_ids", "move_ids", "production_ids", "purchase_ids")
    def _check_order_is_served(self):
        for documents in (self.move_ids, self.production_ids, self.purchase_ids):
            documents._check_order_is_served()
        self.move_ids._check_launch_is_signed()
        self.production_ids._check_launch_is_signed()
