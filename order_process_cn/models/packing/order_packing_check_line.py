from odoo import fields, models


class OrderPackingCheckLine(models.Model):
    """How much of one product was found in the packages."""

    _name = "order.packing.check.line"
    _inherit = ["order.append.only.mixin", "order.engine.mixin"]
    _description = "Counted Goods"
    _order = "check_id desc, id"

    check_id = fields.Many2one(
        "order.packing.check",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    product_id = fields.Many2one(
        "product.product", required=True, readonly=True, ondelete="restrict"
    )
    product_uom_id = fields.Many2one(related="product_id.uom_id")
    expected_qty = fields.Float(
        string="On the Transfer", digits="Product Unit", readonly=True
    )
    packed_qty = fields.Float(string="Packed", digits="Product Unit", readonly=True)

    def _differs(self):
        return bool(self.product_id.uom_id.compare(self.packed_qty, self.expected_qty))

    def _spell(self):
        unit = self.product_id.uom_id
        return self.env._(
            "%(product)s: %(packed)s packed, %(expected)s on the transfer",
            product=self.product_id.display_name,
            packed=unit._spell_with_unit(self.packed_qty),
            expected=unit._spell_with_unit(self.expected_qty),
        )
