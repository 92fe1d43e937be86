from odoo import api, models


class SaleOrderLine(models.Model):
    """The conductor of the order line: see sale_order.py."""

    _inherit = "sale.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.order_id._watch_review_facts()
        return lines

    def write(self, vals):
        orders = self.order_id if "order_id" in vals else self.env["sale.order"]
        result = super().write(vals)
        (orders | self.order_id)._watch_review_facts()
        return result

    def unlink(self):
        orders = self.order_id
        result = super().unlink()
        orders._watch_review_facts()
        return result
