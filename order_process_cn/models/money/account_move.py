from odoo import api, models

from .watched_money import is_money_watched, watch_money


class AccountMove(models.Model):
    _inherit = "account.move"

    @api.model_create_multi
    def create(self, vals_list):
        moves = super().create(vals_list)
        moves.filtered(lambda move: move.state == "posted")._watch_order_money()
        return moves

    def write(self, vals):
        result = super().write(vals)
        if "state" in vals:
            self._watch_order_money()
        return result

    def _compute_payment_count(self):
        # core counts the payments with the rights of whoever opens the invoice: a
        # salesperson who has just made one could not look at it
        may = self.env["account.payment"].has_access("read")
        # a number is shown, no payment; the cache does not depend on who asks
        return super(AccountMove, self if may else self.sudo())._compute_payment_count()

    def _watch_order_money(self):
        """[DEP-2] an invoice that is posted, reset, credited or cancelled, and the
        entry of a payment, change what was received."""
        if is_money_watched(self.env, self.company_id):
            watch_money(self.env, self.company_id, moves=self.ids)
