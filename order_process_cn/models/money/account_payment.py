from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .watched_money import is_money_watched, watch_money

# what decides whether, when and for whom a payment counts
WATCHED = {"state", "sale_order_id", "move_id", "amount", "payment_type"}


class AccountPayment(models.Model):
    """Money that comes before any invoice is registered on the order itself (DEP-2)."""

    _inherit = "account.payment"

    sale_order_id = fields.Many2one(
        "sale.order",
        string="Sales Order",
        copy=False,
        check_company=True,
        index="btree_not_null",
        tracking=True,
        domain="[('company_id', '=', company_id), ('state', '!=', 'cancel')]",
        help="The order for which the customer paid before there was an invoice. It "
        "counts as his deposit until it is matched with something else.",
        groups="base.group_user",
    )

    order_allocation_ids = fields.One2many(
        "order.payment.allocation",
        "payment_id",
        string="For Several Orders",
        help="How much of the payment is for which order.",
    )
    order_undivided = fields.Monetary(
        string="Not Divided Yet",
        compute="_compute_order_undivided",
        groups="account.group_account_readonly,account.group_account_invoice",
        help="What is left of the payment counts for no order.",
    )

    @api.depends("amount", "order_allocation_ids.amount")
    def _compute_order_undivided(self):
        for payment in self:
            divided = sum(payment.order_allocation_ids.mapped("amount"))
            payment.order_undivided = payment.amount - divided

    @api.constrains("amount", "sale_order_id", "partner_id", "payment_type")
    def _check_allocations(self):
        problems = [
            problem
            for payment in self.filtered("order_allocation_ids")
            for problem in payment._find_allocation_problems()
        ]
        if problems:
            raise ValidationError("\n".join(problems))

    def _find_allocation_problems(self):
        """Return what is wrong with how this payment is divided, in words."""
        self.ensure_one()
        problems, allocations = [], self.order_allocation_ids
        divided = sum(allocations.mapped("amount"))
        if self.currency_id.compare_amounts(divided, self.amount) > 0:
            problems.append(
                self.env._(
                    "%(divided)s of %(amount)s are divided between orders: no more "
                    "than was received can be.",
                    divided=self.currency_id.format(divided),
                    amount=self.currency_id.format(self.amount),
                )
            )
        if self.sale_order_id or self.payment_type != "inbound":
            problems.append(
                self.env._(
                    "A payment is registered on one order or divided between several, "
                    "and only what was received is divided."
                )
            )
        customer = self.partner_id.commercial_partner_id
        strange = allocations.order_id.filtered(
            lambda order: (
                customer
                not in (
                    order.partner_id | order.partner_invoice_id
                ).commercial_partner_id
            )
        )
        if strange:
            problems.append(
                self.env._(
                    "Orders of somebody else: %s. A payment is divided between orders "
                    "of the customer who paid.",
                    ", ".join(strange.mapped("name")),
                )
            )
        return problems

    @api.constrains("sale_order_id", "partner_id", "partner_type")
    def _check_sale_order(self):
        # a customer may pay online in another name
        for payment in self.filtered(
            lambda payment: payment.sale_order_id and not payment.payment_transaction_id
        ):
            order = payment.sale_order_id
            customers = (order.partner_id | order.partner_invoice_id).mapped(
                "commercial_partner_id"
            )
            if (
                payment.partner_type != "customer"
                or payment.partner_id.commercial_partner_id not in customers
            ):
                raise ValidationError(
                    self.env._(
                        "%(order)s is an order of %(customer)s: a payment of somebody "
                        "else cannot be registered on it.",
                        order=order.name,
                        customer=", ".join(customers.mapped("display_name")),
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        payments = super().create(vals_list)
        payments.filtered(
            lambda payment: payment.sale_order_id or payment.order_allocation_ids
        )._watch_order_money()
        return payments

    def write(self, vals):
        watched = bool(WATCHED & vals.keys())
        if watched and "sale_order_id" in vals:
            self._watch_order_money()
        result = super().write(vals)
        if watched:
            self._watch_order_money()
        return result

    def unlink(self):
        self._watch_order_money()
        return super().unlink()

    def _watch_order_money(self):
        if is_money_watched(self.env, self.company_id):
            watch_money(
                self.env,
                self.company_id,
                orders=(self.sale_order_id | self.order_allocation_ids.order_id).ids,
                moves=self.move_id.ids,
            )
