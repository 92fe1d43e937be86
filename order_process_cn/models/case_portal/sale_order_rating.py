from datetime import timedelta

from odoo import fields, models


class SaleOrder(models.Model):
    """How satisfied the customer of an order is (AFS-3), by the ratings of Odoo."""

    _inherit = "sale.order"

    satisfaction = fields.Float(
        digits=(3, 1),
        compute=lambda self: read_satisfaction(self),
        compute_sudo=True,
        groups="base.group_user",
        help="Average of what the customer has given, of 5. 0: he was not asked, or "
        "has not answered.",
    )


def filtered_rated(orders):
    """Return the orders whose customers are asked: of a type that does, received. No
    type asks: no query."""
    asking = orders.env["order.type"]._ids_asking_rating()
    if not asking:
        return orders.browse()
    return orders.filtered(
        lambda order: order.order_type_id.id in asking and order.receipt_confirmed_on
    )


def read_satisfaction(orders):
    """Fill in the average rating of these orders."""
    orders.satisfaction = 0.0
    if rated := filtered_rated(orders):
        averages = orders.env["rating.rating"]._read_group(
            [
                ("res_model", "=", orders._name),
                ("res_id", "in", rated.ids),
                ("consumed", "=", True),
            ],
            ["res_id"],
            ["rating:avg"],
        )
        for order_id, average in averages:
            orders.browse(order_id).satisfaction = average


def ask_for_ratings(orders):
    """Ask the customers of these orders by mail how satisfied they are, once, in their
    language. Called by the worker after the receipt. [AFS-3]"""
    now = fields.Datetime.now()
    asked = filtered_rated(orders).filtered(
        lambda order: (
            order.receipt_confirmed_on
            > now - timedelta(days=order.order_type_id.rating_days)
            and order.partner_id.email
            and not order.rating_ids
        )
    )
    template = orders.env.ref("order_process_cn.mail_template_rating_request")
    for order in asked:
        # the rating that is made with it says that he was asked
        order._rating_get_access_token()
        order.with_context(lang=order.partner_id.lang).message_post_with_source(
            template,
            email_layout_xmlid="mail.mail_notification_light",
            subtype_xmlid="mail.mt_comment",
        )


def may_rate(order):
    """Whether the customer of one order is asked for a rating, and gave none yet.

    :param order: superuser record: its page was opened before
    """
    return bool(filtered_rated(order)) and not order.rating_ids.filtered("consumed")
