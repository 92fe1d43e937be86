from odoo import api, models
from odoo.exceptions import UserError

# what says how much of which goods lies where
WHERE = {"quantity", "location_id", "product_id", "lot_id"}


class StockQuant(models.Model):
    """What is in stock of inspected goods follows from moves (MFG-7); core lets
    everybody who moves goods write it."""

    _inherit = "stock.quant"

    @api.model
    def _refuse_written(self, products, company):
        inspection = self.env["order.inspection"]
        # that goods are inspected is no secret to whoever writes their stock
        found = products.filtered(lambda p: inspection._may_wait(p.sudo(), company))
        if found:
            raise UserError(
                self.env._(
                    "%s: what is in stock of inspected goods is not written. Receive, "
                    "transfer or count them.",
                    ", ".join(found.mapped("display_name")),
                )
            )

    @api.model
    def _check_not_created(self, vals_list):
        """Refuse stock of inspected goods that somebody creates with a quantity."""
        if self.env.su or not self.env["order.inspection"]._may_any_wait():
            return
        ids = [vals.get("product_id") for vals in vals_list if vals.get("quantity")]
        products = self.env["product.product"].browse(filter(None, ids))
        for company in self.env.companies:
            self._refuse_written(products, company)

    def _check_not_written(self, vals):
        """Refuse that somebody writes where or how many inspected goods are."""
        if self.env.su or not WHERE & vals.keys():
            return
        if self.env["order.inspection"]._may_any_wait():
            product = self.env["product.product"].browse(vals.get("product_id", []))
            for company in self.company_id or self.env.company:
                self._refuse_written(self.product_id | product, company)
