from odoo import api, fields, models

from .res_users import PRICE_GROUP


class SaleOrderLine(models.Model):
    """Sale prices are closed to stock and workshop users (SEC-1)."""

    _inherit = "sale.order.line"

    price_unit = fields.Float(groups=PRICE_GROUP)
    technical_price_unit = fields.Float(groups=PRICE_GROUP)
    discount = fields.Float(groups=PRICE_GROUP)
    price_subtotal = fields.Monetary(groups=PRICE_GROUP)
    price_tax = fields.Float(groups=PRICE_GROUP)
    price_total = fields.Monetary(groups=PRICE_GROUP)
    price_reduce_taxexcl = fields.Monetary(groups=PRICE_GROUP)
    price_reduce_taxinc = fields.Monetary(groups=PRICE_GROUP)
    untaxed_amount_invoiced = fields.Monetary(groups=PRICE_GROUP)
    amount_invoiced = fields.Monetary(groups=PRICE_GROUP)
    untaxed_amount_to_invoice = fields.Monetary(groups=PRICE_GROUP)
    amount_to_invoice = fields.Monetary(groups=PRICE_GROUP)
    amount_to_invoice_at_date = fields.Float(groups=PRICE_GROUP)
    visible_price_unit = fields.Float(
        compute="_compute_visible_price_unit",
        help="The unit price, for those who may see it.",
    )

    @api.depends("price_unit")
    @api.depends_context("uid")
    def _compute_visible_price_unit(self):
        visible = self.env.user.has_group(PRICE_GROUP)
        for line in self:
            line.visible_price_unit = visible and line.price_unit
