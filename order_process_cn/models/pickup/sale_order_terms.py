from odoo import api, fields, models

from .balance import (
    collect_balance_figures,
    filtered_paid_before_shipping,
    tell_balance,
)

# what a settlement that was agreed means for the goods; it goes before the class
LEAVE_BY_SETTLEMENT = {
    "prepaid": "paid",
    "on_delivery": "handover",
    "monthly": "contract",
}
LEAVE_FIELDS = (
    "payment_term_id.settlement",
    "partner_id.commercial_partner_id.order_class_id.ships_on_contract",
)


class SaleOrder(models.Model):
    """When the goods of an order may leave, by payment terms and customer class
    (DEP-5), and what is asked for before: 余款催收."""

    _inherit = "sale.order"

    goods_leave = fields.Selection(
        [
            ("contract", "On the contract"),
            ("paid", "After the balance is paid"),
            ("handover", "Against payment on handover"),
        ],
        compute="_compute_goods_leave",
        compute_sudo=True,
        help="As the payment terms say; where they say nothing, as the class of the "
        "customer says.",
        groups="base.group_user",
    )

    @api.depends(*LEAVE_FIELDS)
    def _compute_goods_leave(self):
        for order in self:
            settlement = order.payment_term_id.settlement
            grade = order.partner_id.commercial_partner_id.order_class_id
            if settlement:
                order.goods_leave = LEAVE_BY_SETTLEMENT[settlement]
            elif grade:
                order.goods_leave = "contract" if grade.ships_on_contract else "paid"
            else:
                order.goods_leave = False

    def _condition_balance(self):
        """[DEP-5] the balance was paid, where goods leave only then.

        What is handed over against payment is collected by the deliverer, what leaves
        on the contract is invoiced: neither waits.
        """
        concerned = filtered_paid_before_shipping(self)
        figures = collect_balance_figures(concerned)
        return {
            order: tell_balance(order, figures[order]["balance"]) for order in concerned
        }
