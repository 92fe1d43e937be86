from odoo import api, models
from odoo.exceptions import ValidationError


class OrderDocumentGoodsMixin(models.AbstractModel):
    """A line of a document of the kit that says how much of a product: it has
    ``product_id``, ``product_uom_id`` and ``quantity``."""

    _name = "order.document.goods.mixin"
    _inherit = ["order.document.line.mixin"]
    _description = "Goods on a Document of the Order Process"

    @api.depends("product_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.product_id.display_name

    @api.constrains("quantity")
    def _check_quantity(self):
        for line in self:
            if line.product_uom_id.compare(line.quantity, 0) < 0:
                raise ValidationError(
                    self.env._(
                        "%s: a quantity is not less than nothing.",
                        line.product_id.display_name,
                    )
                )
