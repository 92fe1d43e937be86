from odoo import fields, models


class OrderDocumentSoldMixin(models.AbstractModel):
    """A line of a document of the kit about what leaves, or comes back, for one line of
    an order: of a kit its components, for they are what moves. People choose how much;
    which goods there are follows from the order."""

    _name = "order.document.sold.mixin"
    _inherit = ["order.document.goods.mixin"]
    _description = "Goods of an Order on a Document"

    sequence = fields.Integer(default=10, readonly=True)
    order_line_id = fields.Many2one(
        "sale.order.line",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    product_id = fields.Many2one(
        "product.product",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    product_uom_id = fields.Many2one(
        "uom.uom", string="Unit", required=True, readonly=True, ondelete="restrict"
    )

    def _is_chosen(self):
        self.ensure_one()
        return self.product_uom_id.compare(self.quantity, 0) > 0

    def _spell_goods(self, quantity):
        """Return product and ``quantity``, in the unit of the line, in words."""
        self.ensure_one()
        return self.env._(
            "%(product)s: %(quantity)s",
            product=self.product_id.display_name,
            quantity=self.product_uom_id._spell_with_unit(quantity),
        )
