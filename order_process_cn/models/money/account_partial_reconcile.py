from odoo import api, models

from .watched_money import is_money_watched, watch_money


class AccountPartialReconcile(models.Model):
    _inherit = "account.partial.reconcile"

    @api.model_create_multi
    def create(self, vals_list):
        partials = super().create(vals_list)
        partials._watch_order_money()
        return partials

    def unlink(self):
        self._watch_order_money()
        return super().unlink()

    def _watch_order_money(self):
        """[DEP-2] matching gives money to an order and takes it away."""
        companies = self.company_id
        if is_money_watched(self.env, companies):
            moves = (self.debit_move_id | self.credit_move_id).move_id
            watch_money(self.env, companies, moves=moves.ids)
