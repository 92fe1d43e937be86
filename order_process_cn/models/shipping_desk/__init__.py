from . import (
    order_shipping_batch,
    order_shipping_batch_line,
    order_shipping_release,
    stock_picking,
)
