from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from ..mechanism.engine import public_act, take_turns
from ..money.deposits import get_deposit_gaps
from ..prices.res_users import INSIDE_PRICES
from .balance import (
    check_may_invoice_deposit,
    collect_balance_figures,
    filtered_paid_before_shipping,
    get_uninvoiced_deposit,
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
    """What is still to be paid, and the papers that ask for it; when goods may leave,
    by payment terms and customer class, and what is asked for before: 余款催收 (DEP-5,
    DEP-7)."""

    _inherit = "sale.order"

    payment_ids = fields.One2many(
        "account.payment",
        "sale_order_id",
        string="Payments before Invoice",
        groups="account.group_account_invoice,account.group_account_readonly",
    )
    balance_due = fields.Monetary(
        compute="_compute_balance_due",
        compute_sudo=True,
        groups=INSIDE_PRICES,
        help="Total and forfeited deposit, less what was received and may be offset.",
    )

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

    # -- figures -----------------------------------------------------------------------

    @api.depends("amount_total", "deposit_required", "state")
    def _compute_balance_due(self):
        figures = collect_balance_figures(self)
        for order in self:
            order.balance_due = figures[order]["balance"]

    # -- when goods leave --------------------------------------------------------------

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

    # -- asking for the deposit --------------------------------------------------------

    @public_act
    def action_deposit_invoice(self):
        """Make core's down-payment invoice for the part of the deposit that was neither
        invoiced nor received."""
        self.ensure_one()
        check_may_invoice_deposit(self)
        take_turns(self)  # two accountants ask once
        missing = get_uninvoiced_deposit(self.sudo())  # may invoice: checked above
        if missing <= 0:
            raise UserError(
                self.env._("The deposit of %s was invoiced or received.", self.name)
            )
        # the wizard belongs to salespeople; accountants ask for deposits too
        wizard = self.env["sale.advance.payment.inv"].sudo()
        invoice = wizard.create(
            {
                "sale_order_ids": [Command.set(self.ids)],
                "advance_payment_method": "fixed",
                "fixed_amount": missing,
            }
        )._create_invoices(self.sudo())  # may invoice: checked above
        return self.action_view_invoice(invoices=invoice.sudo(False))

    @public_act
    def action_register_payment(self):
        """Open a payment of the customer, to be registered on this order."""
        self.ensure_one()
        if not self.env.user.has_group("account.group_account_invoice"):
            raise AccessError(self.env._("Only accountants register payments."))
        gaps = get_deposit_gaps(self)
        missing = gaps.get(self, (0.0, 0.0))[1]
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.payment",
            "view_mode": "form",
            "name": self.env._("Payment for %s", self.name),
            "context": {
                "default_payment_type": "inbound",
                "default_partner_type": "customer",
                "default_company_id": self.company_id.id,
                "default_partner_id": self.partner_invoice_id.commercial_partner_id.id,
                "default_amount": missing or max(self.balance_due, 0.0),
                "default_currency_id": self.currency_id.id,
                "default_sale_order_id": self.id,
                "default_memo": self.name,
            },
        }
