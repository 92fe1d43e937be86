"""What was sent to the customer, and what has changed since (CFM)."""

from odoo import fields
from odoo.exceptions import UserError

from .slip import is_slip, look_again_tomorrow


def remember_quotation(orders):
    """Keep the facts of a quotation as it was sent. [INT-3]"""
    known = orders.sudo()  # facts are read in full, whoever sends
    for order, facts in known._collect_review_facts().items():
        order.quoted_facts = facts


def get_quotation_changes(orders):
    """Return ``{order: changes}`` between the quotation sent and the order now."""
    known = orders.sudo()  # compared in full; told as far as the reader may see
    review = orders.env["order.review"]
    ignored = {"document"}
    return {
        order.with_env(orders.env): [
            change
            for change in review._describe_changes(
                order.quoted_facts,
                order._facts_as_known(facts, order.quoted_facts, {}),
            )
            if change["group"] not in ignored and not is_slip(order, change)
        ]
        for order, facts in known._collect_review_facts().items()
    }


def get_unexplained(orders):
    """Return the orders that differ from their quotation without a word."""
    sent = orders.filtered(
        lambda order: order.quoted_facts and not order.difference_explanation
    )
    if not sent:
        return sent
    changes = get_quotation_changes(sent)
    return sent.filtered(lambda order: changes[order])


def check_confirmation_reviewed(orders):
    if orders._find_review_gaps():
        raise UserError(
            orders.env._("The order confirmation goes out after the review.")
        )


def on_confirmation_sent(orders):
    """The order confirmation has left the house: from now on we wait for it."""
    for order in orders.filtered(lambda order: not order.confirmation_sent_on):
        order.confirmation_sent_on = fields.Datetime.now()
        if order.order_type_id.requires_return:
            look_again_tomorrow(order)
    orders._emit("confirmation_sent")
