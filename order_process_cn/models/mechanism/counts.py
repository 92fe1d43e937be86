CANCELLED = "cancel"  # the same in all of them


def count_documents(orders, count, model):
    """Fill in how many documents of ``model`` these orders have, cancelled ones apart.

    Also where the type of an order does not ask for them any more: they are there. The
    form of an order knows it without a query (``COUNTS`` in ``sale_order_reading.py``),
    and no onchange, which works on a copy that is not saved, asks for one.

    :param str count: the field that shows it
    :param str model: documents with an ``order_id`` and a ``state``
    """
    orders[count] = 0
    counts = orders.env[model]._read_group(
        [("order_id", "in", orders.filtered("id").ids), ("state", "!=", CANCELLED)],
        ["order_id"],
        ["__count"],
    )
    for order, number in counts:
        order[count] = number
