"""What was kept of an order whose contract had ended before it went on."""

from ..money.received_queries import add_receipts

# paid, but no deposit any more
KEPT = """
        SELECT forfeiture.order_id, 'kept', forfeiture.create_date::date,
               so.currency_id, forfeiture.amount, NULL
          FROM order_forfeiture forfeiture
          JOIN sale_order so ON so.id = forfeiture.order_id
         WHERE forfeiture.is_former AND forfeiture.state = 'settled'
           AND forfeiture.broken_by = 'customer'
"""

add_receipts(KEPT, {"order.forfeiture": ["state", "is_former", "amount"]})
