from odoo import models


class MrpProduction(models.Model):
    """Which sales orders a production order is made for."""

    _inherit = "mrp.production"

    def _get_sale_orders(self):
        self.ensure_one()
        return self.reference_ids.sale_ids | self.sale_line_id.order_id

    def _get_all_sale_orders(self):
        return self.reference_ids.sale_ids | self.sale_line_id.order_id

    def _get_splitting(self):
        """Return the ids of orders that are being split in this transaction, to be
        changed: core divides the quantity first and what goes into it later, and the
        gate looks at all of it when that is done."""
        data = self.env.cr.precommit.data
        return data.setdefault("order_process.splitting", set())
