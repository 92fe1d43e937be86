"""Whose goods come back on a service case only (AFS-1)."""

from ..effect.held import is_held
from ..intake.classification import freeze_type, get_order_type
from ..progress.acceptance import note_acceptance
from ..shipping.order_goods import ask_for_shipping_release


def note_guards(orders):
    """Keep with orders that take effect now what their type asks for when goods leave,
    when they were received and when they come back: what it asks for later concerns
    later orders."""
    ask_for_shipping_release(orders)
    note_acceptance(orders)
    asking = orders.env["order.type"]._ids_on_case()
    if not asking:
        return
    concerned = orders.filtered(lambda order: get_order_type(order).id in asking)
    # nobody had to review them: a submission would have fixed the type
    freeze_type(concerned.filtered(lambda order: not order.order_type_id))
    concerned.filtered(lambda order: not order.returns_on_case).returns_on_case = True
    (orders - concerned).filtered("returns_on_case").returns_on_case = False


def filtered_on_case(orders):
    """Return the orders whose goods come back on a case only. No type asks: no query.

    :param orders: superuser records: whoever moves goods need not read them
    """
    if not orders.env["order.type"]._ids_on_case():
        return orders.browse()
    return orders.filtered("returns_on_case")


def may_have_case(order):
    """Whether one order is where its customer can have a case at all."""
    return order.state == "sale" and not is_held(order)
