from odoo import models

from ..money.watched_money import is_money_watched


class AccountMove(models.Model):
    _inherit = "account.move"

    def _watch_order_money(self):
        super()._watch_order_money()
        if is_money_watched(self.env, self.company_id):
            # the engine closes what was decided once it is on a posted invoice
            self.line_ids.order_forfeiture_id.sudo()._refresh_settled()
