from odoo import api, fields, models

from ..mechanism.engine import take_turns
from ..prices.res_users import INSIDE_PRICES
from .watched_money import watch_money


class OrderPaymentAllocation(models.Model):
    """How much of one receipt is for which order (DEP-2): a customer pays for several
    orders at once before any of them is invoiced."""

    _name = "order.payment.allocation"
    _inherit = ["order.typed.mixin"]
    _description = "Payment Allocation"
    _order = "payment_id, id"
    _check_company_auto = True

    payment_id = fields.Many2one(
        "account.payment", required=True, index=True, ondelete="cascade"
    )
    order_id = fields.Many2one(
        "sale.order",
        required=True,
        index=True,
        check_company=True,
        ondelete="restrict",
        domain="[('company_id', '=', company_id), ('state', '!=', 'cancel'), "
        "'|', ('partner_id', 'child_of', customer_id), "
        "('partner_invoice_id', 'child_of', customer_id)]",
    )
    customer_id = fields.Many2one(related="payment_id.partner_id.commercial_partner_id")
    company_id = fields.Many2one(related="payment_id.company_id", store=True)
    currency_id = fields.Many2one(related="payment_id.currency_id")
    amount = fields.Monetary(required=True, help="In the currency of the payment.")
    order_currency_id = fields.Many2one(
        related="order_id.currency_id", string="Currency of the Order"
    )
    # no related fields: core would let a filter or a group pass by their groups
    order_total = fields.Monetary(
        compute="_compute_order_amounts",
        compute_sudo=True,
        currency_field="order_currency_id",
        groups=INSIDE_PRICES,
    )
    order_balance = fields.Monetary(
        compute="_compute_order_amounts",
        compute_sudo=True,
        string="Still to Pay",
        currency_field="order_currency_id",
        groups=INSIDE_PRICES,
    )

    _order_uniq = models.UniqueIndex(
        "(payment_id, order_id)", "The payment names this order already."
    )
    _amount_positive = models.Constraint(
        "CHECK (amount > 0)", "Say how much of the payment is for the order."
    )

    @api.depends("order_id")
    def _compute_order_amounts(self):
        for allocation in self:
            allocation.order_total = allocation.order_id.amount_total
            allocation.order_balance = allocation.order_id.balance_due

    @api.constrains("payment_id", "order_id", "amount")
    def _check_payment(self):
        self.payment_id._check_allocations()

    # -- noticing ----------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        allocations = super().create(vals_list)
        allocations._watch_order_money()
        take_turns(allocations.payment_id)  # as below
        return allocations

    def write(self, vals):
        self._watch_order_money()
        result = super().write(vals)
        self._watch_order_money()
        # Whoever posts the payment at this moment marks the orders that he sees: he is
        # tried again, and sees this one.
        take_turns(self.payment_id)
        return result

    def unlink(self):
        self._watch_order_money()
        return super().unlink()

    def _watch_order_money(self):
        """[DEP-2] dividing a receipt gives money to an order and takes it away."""
        watch_money(self.env, self.company_id, orders=self.order_id.ids)
