from odoo import api, fields, models
from odoo.fields import Domain

from ..prices.res_users import INSIDE_PRICES


class SaleOrder(models.Model):
    """The credit of the customer in the company of the order (DEP-6), shown at review.

    ``is_over_credit`` and ``has_overdue`` can be used in the conditions of review
    stages: a stage of its own for orders over the limit.
    """

    _inherit = "sale.order"

    company_currency_id = fields.Many2one(
        "res.currency",
        compute="_compute_company_currency_id",
        groups="base.group_user",
    )
    credit_limit = fields.Monetary(
        compute="_compute_credit",
        compute_sudo=True,
        currency_field="company_currency_id",
        groups=INSIDE_PRICES,
        help="0: no limit.",
    )
    credit_used = fields.Monetary(
        compute="_compute_credit",
        compute_sudo=True,
        currency_field="company_currency_id",
        groups=INSIDE_PRICES,
        help="Invoices that are not paid and confirmed orders that are not invoiced, "
        "without this order.",
    )
    credit_overdue = fields.Monetary(
        string="Overdue",
        compute="_compute_credit",
        compute_sudo=True,
        currency_field="company_currency_id",
        groups=INSIDE_PRICES,
    )
    is_over_credit = fields.Boolean(
        string="Over the Credit Limit",
        compute="_compute_credit",
        search="_search_is_over_credit",
        compute_sudo=True,
        help="With this quotation the customer exceeds his credit limit.",
        groups="base.group_user",
    )
    has_overdue = fields.Boolean(
        string="Customer Is Overdue",
        compute="_compute_credit",
        search="_search_has_overdue",
        compute_sudo=True,
        help="The customer owes something that is past due.",
        groups="base.group_user",
    )

    @api.depends("company_id")
    def _compute_company_currency_id(self):
        for order in self:
            order.company_currency_id = order.company_id.currency_id

    @api.depends("partner_invoice_id", "company_id", "amount_total", "state")
    def _compute_credit(self):
        for company, orders in self.grouped("company_id").items():
            # the limit is the company's, and so is what the customer owes
            here = orders.with_company(company)
            customers = here.partner_invoice_id.commercial_partner_id
            overdue = customers._get_order_overdue(company)
            limited = company.account_use_credit_limit
            for order in here:
                customer = order.partner_invoice_id.commercial_partner_id
                order.credit_limit = limited and customer.credit_limit
                order.credit_used = (
                    customer.credit
                    + customer.credit_to_invoice
                    - order._get_own_credit()
                )
                order.credit_overdue = overdue.get(customer, 0.0)
                order.has_overdue = order.credit_overdue > 0
                order.is_over_credit = order._exceeds_credit()

    def _get_own_credit(self):
        """Return how much of the used credit is this order's own, company currency."""
        if self.state != "sale" or not self.company_id.account_use_credit_limit:
            return 0.0
        return max(self.amount_to_invoice, 0.0) / (self.currency_rate or 1.0)

    def _exceeds_credit(self):
        """Whether a quotation takes the customer over his limit. Asked before it is
        confirmed; afterwards the review has ruled on it."""
        if self.state not in {"draft", "sent"} or self.credit_limit <= 0:
            return False
        wanted = self.credit_used + self._get_review_amount()
        currency = self.company_id.currency_id
        return currency.compare_amounts(wanted, self.credit_limit) > 0

    def _search_is_over_credit(self, operator, value):
        return self._search_credit_flag("is_over_credit", operator)

    def _search_has_overdue(self, operator, value):
        return self._search_credit_flag("has_overdue", operator)

    def _search_credit_flag(self, name, operator):
        if operator != "in":
            return NotImplemented
        # the question is asked about quotations; there are never very many
        quotations = self.search([("state", "in", ("draft", "sent"))])
        return Domain("id", "in", quotations.filtered(name).ids)
