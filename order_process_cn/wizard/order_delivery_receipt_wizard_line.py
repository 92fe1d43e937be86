from odoo import fields, models

from ..models.delivery.order_delivery_receipt_line import CONDITIONS, GOOD


class OrderDeliveryReceiptWizardLine(models.TransientModel):
    """How much of one product was received."""

    _name = "order.delivery.receipt.wizard.line"
    _inherit = ["order.question.mixin"]
    _description = "Received Goods"

    wizard_id = fields.Many2one(
        "order.delivery.receipt.wizard", required=True, ondelete="cascade"
    )
    # a line of an order that whoever delivers need not see
    line_key = fields.Integer()
    product_id = fields.Many2one("product.product", required=True)
    product_uom_id = fields.Many2one("uom.uom", string="Unit")
    sent_qty = fields.Float(string="Sent Quantity", digits="Product Unit")
    received_qty = fields.Float(string="Received Quantity", digits="Product Unit")
    condition = fields.Selection(
        CONDITIONS, string="State of the Goods", required=True, default=GOOD
    )
    reason = fields.Char()
