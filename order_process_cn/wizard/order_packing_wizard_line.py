from odoo import api, fields, models


class OrderPackingWizardLine(models.TransientModel):
    """One product to be counted."""

    _name = "order.packing.wizard.line"
    _inherit = ["order.question.mixin"]
    _description = "Goods to Be Counted"

    wizard_id = fields.Many2one(
        "order.packing.wizard", required=True, ondelete="cascade"
    )
    product_id = fields.Many2one("product.product", required=True)
    product_uom_id = fields.Many2one(related="product_id.uom_id")
    expected_qty = fields.Float(string="On the Transfer", digits="Product Unit")
    packed_qty = fields.Float(string="Packed", digits="Product Unit")
    is_all = fields.Boolean(string="All", help="As many as on the transfer.")

    @api.onchange("is_all")
    def _onchange_is_all(self):
        if self.is_all:
            self.packed_qty = self.expected_qty
