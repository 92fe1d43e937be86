from odoo import api, fields, models

from ..mechanism.order_condition_mixin import Condition
from ..prices.res_users import PRICE_GROUP

# what a settlement that was agreed means for the goods; it goes before the class
LEAVE_BY_SETTLEMENT = {
    "prepaid": "paid",
    "on_delivery": "handover",
    "monthly": "contract",
}


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

    @api.depends(
        "payment_term_id.settlement",
        "partner_id.commercial_partner_id.order_class_id.ships_on_contract",
    )
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
        concerned = self._filtered_paid_before_shipping()
        figures = concerned._collect_balance_figures()
        return {
            order: order._tell_balance(figures[order]["balance"]) for order in concerned
        }

    def _filtered_paid_before_shipping(self):
        """Return the orders of self whose goods leave only after payment."""
        return self.filtered(lambda order: order.goods_leave == "paid")

    def _tell_balance(self, owed):
        """Return the condition that one order owes nothing of ``owed`` any more."""
        self.ensure_one()
        # the balance is not for everybody's eyes
        tells = self.env.user._has_group(PRICE_GROUP)
        return Condition(
            "balance",
            self.env._("Balance paid"),
            self.currency_id.compare_amounts(owed, 0) <= 0,
            self.env._("Finance"),
            self.env._("still to be paid: %s", self._format_money(owed))
            if tells
            else "",
        )
