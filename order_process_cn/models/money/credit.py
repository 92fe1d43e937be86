"""The credit of customers, as far as orders need it."""

from odoo.fields import Domain


def get_own_credit(orders):
    """Return how much of the used credit is this order's own, company currency."""
    if orders.state != "sale" or not orders.company_id.account_use_credit_limit:
        return 0.0
    return max(orders.amount_to_invoice, 0.0) / (orders.currency_rate or 1.0)


def exceeds_credit(orders):
    """Whether a quotation takes the customer over his limit. Asked before it is
    confirmed; afterwards the review has ruled on it."""
    if orders.state not in {"draft", "sent"} or orders.credit_limit <= 0:
        return False
    wanted = orders.credit_used + orders._get_review_amount()
    currency = orders.company_id.currency_id
    return currency.compare_amounts(wanted, orders.credit_limit) > 0


def search_credit_flag(orders, name, operator):
    if operator != "in":
        return NotImplemented
    # the question is asked about quotations; there are never very many
    quotations = orders.search([("state", "in", ("draft", "sent"))])
    return Domain("id", "in", quotations.filtered(name).ids)
