from odoo import api, models
from odoo.exceptions import ValidationError

from .case_states import UNINSPECTED, WITH_GOODS
from .guard import filtered_on_case


class AccountMove(models.Model):
    """Nothing is credited for goods that nobody has looked at yet (AFS-1)."""

    _inherit = "account.move"

    @api.constrains("state")
    def _check_credited_goods_inspected(self):
        if not self.env["order.type"]._ids_on_case():
            return
        credited = self.filtered(
            lambda move: move.state == "posted" and move.move_type == "out_refund"
        )
        # whoever keeps accounts need not read orders and cases
        orders = filtered_on_case(credited.sudo().line_ids.sale_line_ids.order_id)
        if not orders:
            return
        waiting = self.env["order.service.case"].sudo()  # as above
        waiting = waiting.search(
            [
                ("order_id", "in", orders.ids),
                ("state", "in", list(UNINSPECTED)),
                ("kind", "in", list(WITH_GOODS)),
            ]
        )
        if waiting:
            raise ValidationError(
                self.env._(
                    "Nothing is credited before the goods are back and inspected. Wait "
                    "for these cases, or have sales give them up: %s",
                    ", ".join(waiting.mapped("display_name")),
                )
            )
