from collections import Counter

from odoo import models


class SaleOrderLine(models.Model):
    """The components that a line of a kit stands for."""

    _inherit = "sale.order.line"

    def _get_kit_goods(self, quantity):
        """Return ``{component: quantity}`` of ``quantity`` of a kit, else nothing."""
        product, goods = self.product_id, Counter()
        kits = self.env["mrp.bom"]._bom_find(
            product, bom_type="phantom", company_id=self.company_id.id
        )
        if kit := kits[product]:
            wanted = product.uom_id._compute_quantity(
                quantity, kit.product_uom_id, round=False
            )
            _kits, parts = kit.explode(product, wanted / kit.product_qty)
            for part, data in parts:
                goods[part.product_id] += part.product_uom_id._compute_quantity(
                    data["qty"], part.product_id.uom_id
                )
        return goods
