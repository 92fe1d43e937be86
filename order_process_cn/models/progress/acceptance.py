"""What the customer has to accept before an order closes. [000 P03 6]"""

from odoo import fields

from ..intake.classification import get_order_type
from ..mechanism.engine import take_turns


def note_acceptance(orders):
    """Keep with orders that are confirmed now whether their customers accept what is
    delivered: what a type asks for later concerns later orders.

    :param orders: superuser records
    """
    asking = orders.env["order.type"]._ids_asking_acceptance()
    if not asking:
        return
    concerned = orders.filtered(lambda order: get_order_type(order).id in asking)
    concerned.filtered(lambda order: not order.needs_acceptance).needs_acceptance = True
    (orders - concerned).filtered("needs_acceptance").needs_acceptance = False


def waits_for_acceptance(order):
    """Whether the customer of one order has still to accept its goods; of services
    alone nothing is delivered that could be accepted."""
    order.ensure_one()
    return bool(
        order.needs_acceptance and not order.accepted_on and order._get_goods_lines()
    )


def accept_order(order, name):
    """Record that the customer has accepted all that was delivered, once."""
    order.ensure_one()
    take_turns(order)
    if not order.accepted_on:
        order.accepted_on = fields.Datetime.now()
        order._message_log(body=order.env._("Accepted by %s", name))
