"""Lines that are delivered in parts."""


def get_divided_lines(orders):
    """Return the lines of these orders that a delivery schedule divides."""
    divided = orders.filtered("has_delivery_schedule").order_line
    return divided.filtered("delivery_part_count")
