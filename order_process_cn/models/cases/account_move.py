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
        # whoever keeps accounts need not read orders and cases
        credited = self.sudo().filtered(lambda move: move.state == "posted")
        orders = filtered_on_case(credited._get_credited_orders())
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

    def _get_credited_orders(self):
        """Return the orders of which these moves take goods back: in a credit note,
        whatever was changed of it since it was drawn up, or in an invoice that charges
        more than it takes back."""
        notes = self.filtered(lambda move: move.move_type == "out_refund")
        invoices = self.filtered(lambda move: move.move_type == "out_invoice")
        back = invoices.invoice_line_ids.filtered(lambda line: line.quantity < 0)
        lines = (notes | notes.reversed_entry_id).line_ids | back
        # a deposit is no goods
        sold = lines.sale_line_ids.filtered(lambda line: not line.is_downpayment)
        return sold.order_id
