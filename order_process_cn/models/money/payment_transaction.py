from odoo import models

from .watched_money import is_money_watched, watch_money


class PaymentTransaction(models.Model):
    """Online payments: captured money counts, then its payment does (DEP-2)."""

    _inherit = "payment.transaction"

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"state", "payment_id"}:
            if is_money_watched(self.env, self.company_id):
                own = (self | self.source_transaction_id).sale_order_ids
                watch_money(self.env, self.company_id, orders=own.ids)
        return result

    def _create_payment(self, **extra_create_values):
        """Register the payment on the order it was made for, so that it goes on
        counting before there is an invoice."""
        order = (self | self.source_transaction_id).sale_order_ids
        if len(order) == 1 and order.company_id == self.provider_id.company_id:
            extra_create_values.setdefault("sale_order_id", order.id)
        return super()._create_payment(**extra_create_values)
