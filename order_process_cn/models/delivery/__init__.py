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

from . import order_delivery_portal, order_delivery_receipt_orders  # isort: skip
