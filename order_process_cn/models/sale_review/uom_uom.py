from odoo import models


class UomUom(models.Model):
    _inherit = "uom.uom"

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"name", "relative_factor", "relative_uom_id"}:
            # another dozen is another quantity of what was ordered by the dozen, and of
            # every unit that is reckoned by it
            orders = self.env["sale.order"]
            orders._find_watched(
                [("order_line.product_uom_id", "child_of", self.ids)]
            )._mark_for_recheck("review")
        return result
