from odoo import fields, models

from .res_users import PRICE_GROUP


class SaleOrder(models.Model):
    """Sale prices are closed to stock and workshop users (SEC-1)."""

    _inherit = "sale.order"

    amount_untaxed = fields.Monetary(groups=PRICE_GROUP)
    amount_tax = fields.Monetary(groups=PRICE_GROUP)
    amount_total = fields.Monetary(groups=PRICE_GROUP)
    amount_to_invoice = fields.Monetary(groups=PRICE_GROUP)
    amount_invoiced = fields.Monetary(groups=PRICE_GROUP)
    amount_paid = fields.Float(groups=PRICE_GROUP)
    amount_undiscounted = fields.Float(groups=PRICE_GROUP)
    tax_totals = fields.Binary(groups=PRICE_GROUP)
