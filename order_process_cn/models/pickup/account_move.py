from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def _watch_order_money(self):
        super()._watch_order_money()
        if self.env["sale.order"]._is_money_watched(self.company_id):
            # the engine closes what was decided once it is on a posted invoice
            self.line_ids.order_forfeiture_id.sudo()._refresh_settled()
