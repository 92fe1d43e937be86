"""What is missing on orders before they can be submitted (ENT)."""

from .classification import lacks_reason_for_type


def get_entered_fields(orders):
    """Return the fields of an order and of its lines that a person fills in: any of
    them may be what a rule of completeness asks for."""
    lines = orders.env["sale.order.line"]._fields.values()
    return [
        *get_names_entered(orders._fields.values()),
        *(f"order_line.{name}" for name in get_names_entered(lines)),
    ]


def get_names_entered(model_fields):
    return [
        field.name
        for field in model_fields
        if field.store and field.column_type and not field.readonly
    ]


def get_entry_gaps(orders):
    """Return ``{order: [text, …]}``: everything that keeps it from being complete.

    [INT-2] all of it at once, so that nobody is sent back twice.
    """
    gaps = orders.env["order.entry.rule"]._missing_in(orders)
    for order in orders:
        if lacks_reason_for_type(order):
            gaps[order].append(orders.env._("the reason for the chosen type"))
        if order.is_oral_order and (gap := get_oral_gap(order)):
            gaps[order].append(gap)
    return gaps


def get_oral_gap(order):
    """Return what an order by word of mouth lacks, or ``False``."""
    order.ensure_one()
    customer = order.partner_id.commercial_partner_id
    if not customer.allows_oral_orders:
        return order.env._(
            "an order in writing: oral orders of %(customer)s are not allowed. "
            "Choose the channel by which it came in writing, or have “Oral Orders "
            "Allowed” ticked on the customer",
            customer=customer.name or order.env._("this customer"),
        )
    if not order.written_confirmation:
        return order.env._(
            "the customer's written confirmation of the oral order: tick "
            "“Confirmed in Writing” when you have it"
        )
    return False
