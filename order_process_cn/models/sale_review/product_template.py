from odoo import models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"name", "default_code"}:
            # what is printed for a product that was reviewed under another name
            orders = self.env["sale.order"]
            orders._find_watched(
                [("order_line.product_id.product_tmpl_id", "in", self.ids)]
            )._mark_for_recheck("review")
            self.env["order.review"]._mark_documents_of(self)
        return result
