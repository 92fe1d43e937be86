"""What the customer is told of the entry of his orders."""

from odoo import fields

from .classification import get_order_type


def request_acknowledgement(orders):
    """Have the worker tell the customer the order number, where the type asks for
    it: no mail is written in the transaction that submits. [INT-7]"""
    sending = orders.env["order.type"]._ids_acknowledging()
    waiting = orders.filtered(
        lambda order: not order.acknowledged_on and get_order_type(order).id in sending
    )
    waiting._mark_for_recheck("acknowledge")


def get_confirmation_gaps(orders):
    """Return ``{order: text}``: resubmitted with another price or other terms, the
    order needs the customer's written confirmation. [REV-4]"""
    gaps = {}
    declined = orders.filtered(
        lambda order: (
            order.review_state == "declined" and not order.written_confirmation
        )
    )
    # as stored: what is being typed is compared once it is saved
    facts = declined._origin._collect_review_facts() if declined else {}
    for order in declined:
        stored = order._origin
        # compared only: the facts themselves are shown to nobody
        before = order.sudo().review_id.facts
        now = stored._facts_known_to(order.review_id, facts[stored])
        if any(now.get(g) != before.get(g) for g in ("price", "terms")):
            gaps[order] = orders.env._(
                "the customer's written confirmation of the changed price or terms"
            )
    return gaps


def send_acknowledgements(orders):
    """Tell the customers of submitted orders the order number, once. Called by the
    worker."""
    sending = orders.env["order.type"]._ids_acknowledging()
    template = orders.env.ref("order_process_cn.mail_template_acknowledgement")
    for order in orders.filtered(
        lambda order: (
            order.review_id
            and not order.acknowledged_on
            and order.order_type_id.id in sending
        )
    ):
        order.acknowledged_on = fields.Datetime.now()
        order.message_post_with_source(
            template,
            email_layout_xmlid="mail.mail_notification_light",
            subtype_xmlid="mail.mt_comment",
        )
