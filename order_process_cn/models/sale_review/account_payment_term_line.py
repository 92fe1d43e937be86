from odoo import models


class AccountPaymentTermLine(models.Model):
    _inherit = "account.payment.term.line"

    def write(self, vals):
        result = super().write(vals)
        # other days are other terms, under the same name
        orders = self.env["sale.order"]
        orders._find_watched(
            [("payment_term_id", "in", self.payment_id.ids)]
        )._mark_for_recheck("review")
        return result
