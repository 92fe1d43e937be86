from odoo import api, fields, models

from ..prices.res_users import INSIDE_PRICES
from .credit import exceeds_credit, get_own_credit, search_credit_flag


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
                    customer.credit + customer.credit_to_invoice - get_own_credit(order)
                )
                order.credit_overdue = overdue.get(customer, 0.0)
                order.has_overdue = order.credit_overdue > 0
                order.is_over_credit = exceeds_credit(order)

    def _search_is_over_credit(self, operator, value):
        return search_credit_flag(self, "is_over_credit", operator)

    def _search_has_overdue(self, operator, value):
        return search_credit_flag(self, "has_overdue", operator)
