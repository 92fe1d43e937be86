from . import (
    order_delivery_receipt,
    order_delivery_receipt_line,
    stock_move_receipts,
    stock_picking_forms,
    stock_picking_goods,
    stock_picking_notice,
    stock_picking_receipts,
    stock_picking_transport,
)

from . import order_delivery_receipt_orders, order_delivery_acceptance  # isort: skip
from . import order_delivery_portal  # isort: skip
